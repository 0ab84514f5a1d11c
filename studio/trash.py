"""Deleting pictures of the library: the system's trash, and the way back."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QObject, Signal

if TYPE_CHECKING:
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
                self._library.get(path)
                done, place = QFile.moveToTrash(str(path))
                if not done:
                    raise OSError(f"“{path.name}” could not be moved to the trash")
                gone.append(_Deleted(self._library.forget(path), Path(place)))
        finally:
            if gone:
                self._steps.append(tuple(gone))
                self.changed.emit()

    def undo(self) -> tuple[Entry, ...]:
        """Brings back what was deleted last; returns its entries, none if there is nothing.

        Raises OSError when the trash was emptied meanwhile; that step is then forgotten.
        """
        if not self._steps:
            return ()
        step = self._steps.pop()
        self.changed.emit()
        for deleted in step:
            path = deleted.entry.path
            path.parent.mkdir(parents=True, exist_ok=True)
            os.replace(deleted.in_trash, path)
            # The trash of most desktops keeps a note beside each file.
            folder, name = deleted.in_trash.parent.parent, deleted.in_trash.name
            (folder / "info" / f"{name}.trashinfo").unlink(missing_ok=True)
            self._library.put_back(deleted.entry)
        return tuple(deleted.entry for deleted in step)
