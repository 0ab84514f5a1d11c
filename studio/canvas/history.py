"""The steps that were done, to be undone again, bounded by bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.canvas.edits import StateEdit

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.canvas.edits import Edit

HISTORY_BYTES = 512 * 1024**2
"""What the steps may hold together; the oldest are forgotten first, the newest never."""


class CanvasHistory:
    """Goes from one step of the canvas to another; `step` counts those that are done.

    The project keeps the number of the step in the canvas's document, so that whoever undoes the
    document's change brings the pixels along with `go_to`.
    """

    def __init__(self, canvas: Canvas, limit: int = HISTORY_BYTES, step: int = 0) -> None:
        """`step` is how many steps had been done before the canvas was read."""
        self._canvas, self._limit = canvas, limit
        self._edits: list[Edit] = []
        self._first = step  # the step before the oldest edit that is kept
        self.step = step

    @property
    def nbytes(self) -> int:
        return sum(edit.nbytes for edit in self._edits)

    @property
    def oldest(self) -> int:
        """The earliest step that `go_to` reaches."""
        return self._first

    @property
    def newest(self) -> int:
        return self._first + len(self._edits)

    def add(self, edit: Edit) -> None:
        """Notes a step that was done just now; what was undone before is gone."""
        del self._edits[self.step - self._first :]
        self._edits.append(edit)
        self.step += 1
        while len(self._edits) > 1 and self.nbytes > self._limit:
            self._edits.pop(0)
            self._first += 1

    def merge(self, edit: Edit) -> bool:
        """Makes an edit that was done just now one with the last step; False if it is another."""
        last = self._edits[-1] if self._edits and self.step == self.newest else None
        both = last.merged(edit) if isinstance(last, StateEdit) else None
        if both is not None:
            self._edits[-1] = both
        return both is not None

    def go_to(self, step: int) -> bool:
        """Undoes or does again until `step`; False, and nothing done, where that is out of reach.

        A stroke or work that is under way is given up first.
        """
        if not self._first <= step <= self.newest:
            return False
        self._canvas.settle()
        while self.step > step:
            self.step -= 1
            self._edits[self.step - self._first].undo(self._canvas)
        while self.step < step:
            self._edits[self.step - self._first].redo(self._canvas)
            self.step += 1
        return True
