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
        self._steps: deque[_Deleted] = deque(maxlen=STEPS)

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    def delete(self, path: Path) -> None:
        """Moves a picture to the trash.

        Raises OSError when the system does not take it, LookupError when the library has no such
        picture; nothing has changed then.
        """
        self._library.get(path)
        done, place = QFile.moveToTrash(str(path))
        if not done:
            raise OSError(f"“{path.name}” could not be moved to the trash")
        self._steps.append(_Deleted(self._library.forget(path), Path(place)))
        self.changed.emit()

    def undo(self) -> Path | None:
        """Brings back what was deleted last and returns where it lies; None if there is nothing.

        Raises OSError when the trash was emptied meanwhile; that step is then forgotten.
        """
        if not self._steps:
            return None
        step = self._steps.pop()
        self.changed.emit()
        path = step.entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(step.in_trash, path)
        # The trash of most desktops keeps a note beside each file.
        note = step.in_trash.parent.parent / "info" / f"{step.in_trash.name}.trashinfo"
        note.unlink(missing_ok=True)
        self._library.put_back(step.entry)
        return path
