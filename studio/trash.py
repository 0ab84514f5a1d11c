"""Deleting pictures of the library: the system's trash, and the way back."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.library_files import move_back
from studio.system_trash import to_trash

if TYPE_CHECKING:
    from pathlib import Path

    from studio.library import Entry, Library

STEPS = 50


@dataclass(frozen=True, slots=True)
class _Deleted:
    entry: Entry
    in_trash: Path


class Trash(QObject):
    """Remembers the last fifty deletions. Signals: `changed` when there is one more or less."""

    changed = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._steps: deque[tuple[_Deleted, ...]] = deque(maxlen=STEPS)

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    def delete(self, *paths: Path) -> None:
        """Moves pictures to the trash, as one step.

        Raises OSError when the system does not take one, LookupError when the library has no such
        picture; those before it are then in the trash and can be brought back.
        """
        gone: list[_Deleted] = []
        try:
            for path in paths:
                entry = self._library.get(path)
                gone.append(_Deleted(entry, to_trash(path)))
                self._library.forget(path)
        finally:
            if gone:
                self._steps.append(tuple(gone))
                self.changed.emit()

    def undo(self) -> tuple[Entry, ...]:
        """Brings back what was deleted last; returns its entries, none if there is nothing.

        Never over another picture: where one has the name now, the old one lies beside it.
        Raises OSError when the trash has one no more, the others are back then, or when the disk
        does not take one; the step is then forgotten, and what is not back lies in the trash.
        """
        if not self._steps:
            return ()
        step = self._steps.pop()
        self.changed.emit()
        back: list[Entry] = []
        gone: list[str] = []
        for deleted in step:
            if deleted.in_trash.exists():
                back.append(self._brought_back(deleted))
            else:
                gone.append(f"“{deleted.entry.path.name}”")
        if gone:
            raise FileNotFoundError(f"the trash no longer holds {', '.join(gone)}")
        return tuple(back)

    def _brought_back(self, deleted: _Deleted) -> Entry:
        entry = replace(deleted.entry, path=move_back(deleted.in_trash, deleted.entry.path))
        # The trash of most desktops keeps a note beside each file.
        folder, name = deleted.in_trash.parent.parent, deleted.in_trash.name
        (folder / "info" / f"{name}.trashinfo").unlink(missing_ok=True)
        self._library.put_back(entry)
        return entry
