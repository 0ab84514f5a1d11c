"""One step of the history: a change of the project's documents, and the way back."""

from __future__ import annotations

import zlib
from typing import Protocol, cast

from PySide6.QtGui import QUndoCommand

from studio.document.change_sums import joined, size_of
from studio.document.documents import Change


class Applies(Protocol):
    """Who carries a step out."""

    def apply_step(self, change: Change) -> None:
        """Makes the change; it does not raise."""


class EditCommand(QUndoCommand):
    """Made after `redo` was applied; the push itself applies nothing.

    Two steps with the same `merge_key`, one right after the other, become one: typing, dragging.
    """

    def __init__(
        self, applier: Applies, text: str, redo: Change, undo: Change, merge_key: str = ""
    ) -> None:
        super().__init__(text)
        self._applier = applier
        self._redo, self._undo = redo, undo
        self._merge_key = merge_key
        self._is_pushed = False

    @property
    def nbytes(self) -> int:
        """About how much memory it holds."""
        return size_of(self._redo) + size_of(self._undo)

    def forget(self) -> None:
        """Lets go of the change, to save memory; the step can never be undone or done again."""
        self._redo = self._undo = Change()

    def undo(self) -> None:
        self._applier.apply_step(self._undo)

    def redo(self) -> None:
        if self._is_pushed:
            self._applier.apply_step(self._redo)
        self._is_pushed = True

    def id(self) -> int:
        # Qt asks `mergeWith` only where two ids are equal; -1 never merges.
        return zlib.crc32(self._merge_key.encode()) & 0x7FFFFFFF if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        later = cast("EditCommand", other)
        if later._merge_key != self._merge_key:
            return False
        self._redo, self._undo = joined((self._redo, self._undo), (later._redo, later._undo))
        self.setText(later.text())
        self.setObsolete(not self._redo.puts and not self._redo.deletes)
        return True
