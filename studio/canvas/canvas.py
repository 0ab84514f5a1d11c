"""The canvas that is open: its state, what is being done to it, and word of every change."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer, Signal

from studio.canvas.edits import StateEdit
from studio.canvas.layer import MASK_ID

if TYPE_CHECKING:
    from studio.canvas.edits import Edit
    from studio.canvas.layer import CanvasState, Layer

LARGEST_BYTES = 1024**3
"""What the tiles of all layers and the mask may take together.

The smaller views of them add a third at most, what the view on the screen keeps is bounded by
`composite.LARGEST_CACHE`, and undo by whoever keeps the edits. A full layer of 8,000 × 8,000 takes
a quarter of it.
"""

Work = Generator[None, None, "Edit | None"]
"""Something long: it yields at least every 10 ms and returns the step that it made."""

_SLICE = 0.010  # seconds


class Canvas(QObject):
    """Holds the state; everything that changes it goes through here.

    Signals:
        pixels_changed: what is seen of this part of the canvas is another now.
        state_changed: size, layers or their properties are others.
        edited: the person did this (an Edit, already done); whoever undoes keeps it.
        busy_changed: something long began (True) or ended; nothing may be edited meanwhile.
        refused: what the person wanted cannot be done, and why.
        current_changed: another layer (or the mask) is the one that tools work on.
        settling: whatever is half done is to be given up now.
    """

    pixels_changed = Signal(QRect)
    state_changed = Signal()
    edited = Signal(object)
    busy_changed = Signal(bool)
    refused = Signal(str)
    current_changed = Signal(str)
    settling = Signal()

    def __init__(self, state: CanvasState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._current = MASK_ID
        self._work: Work | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_due)

    @property
    def state(self) -> CanvasState:
        return self._state

    @property
    def busy(self) -> bool:
        return self._work is not None

    @property
    def current(self) -> Layer:
        """What layer tools work on; the mask when no layer is chosen."""
        return self._state.layer(self._current)

    @property
    def nbytes(self) -> int:
        return sum(plane.nbytes for plane in set(self._state.planes))

    def choose(self, layer_id: str) -> None:
        """Makes a layer the current one. KeyError where there is none."""
        self._state.layer(layer_id)
        if layer_id != self._current:
            self._current = layer_id
            self.current_changed.emit(layer_id)

    def has_room(self, more: int) -> bool:
        """Whether that many bytes of tiles can be added; says so where they cannot."""
        if self.nbytes + more <= LARGEST_BYTES:
            return True
        limit = LARGEST_BYTES // 1024**2
        words = self.tr("The layers would take more than {limit} MB. Merge or delete one first.")
        self.refused.emit(words.format(limit=limit))
        return False

    def paintable(self) -> Layer | None:
        """The layer that colour goes to; None, after the reason was told, if there is none."""
        layer = self.current
        if layer.id == MASK_ID:
            words = self.tr("Choose a layer to paint on, or add one.")
        elif layer.locked:
            words = self.tr("“{name}” is locked. Unlock it, or choose another layer.")
        elif not layer.visible:
            words = self.tr("“{name}” is hidden. Show it, or choose another layer.")
        else:
            return layer
        self.refused.emit(words.format(name=layer.name))
        return None

    # ---- changes -----------------------------------------------------------------------------

    def replace(self, state: CanvasState) -> None:
        """Shows another state; edits call it."""
        self._state = state
        if self._current not in {MASK_ID, *(layer.id for layer in state.layers)}:
            self.choose(state.layers[-1].id if state.layers else MASK_ID)
        self.state_changed.emit()

    def report(self, part: QRect) -> None:
        """Pixels changed here, in pixels of the canvas."""
        part = part.intersected(self._state.rect)
        if not part.isEmpty():
            self.pixels_changed.emit(part)

    def change(self, name: str, state: CanvasState) -> None:
        """Takes over `state` as one step; does nothing where it is the present one."""
        if state == self._state or self.busy:
            return
        self.perform(StateEdit(name, self._state, state))

    def change_layer(self, name: str, layer: Layer, /, **changes: object) -> None:
        """Gives a layer other properties as one step."""
        changed = replace(layer, **changes)  # type: ignore[arg-type]
        self.change(name, self._state.with_layer(changed))

    def perform(self, edit: Edit) -> None:
        """Does a step and tells of it."""
        edit.redo(self)
        self.edited.emit(edit)

    # ---- long work ---------------------------------------------------------------------------

    def work(self, work: Work) -> None:
        """Does something long in slices; the first of them now. Nothing happens while busy."""
        if self.busy:
            work.close()
            return
        self._work = work
        self._advance()
        if self.busy:
            self.busy_changed.emit(True)
            self._timer.start()

    def cancel_work(self) -> None:
        """Gives up what is being done; it takes back what it did."""
        if self._work is not None:
            self._work.close()
            self._end(None)

    def settle(self) -> None:
        """Gives up strokes and work that are under way, so that steps can be undone."""
        self.settling.emit()
        self.cancel_work()

    def finish_work(self) -> None:
        """Does the rest of it now, however long that takes."""
        while self.busy:
            self._advance()

    def _advance(self) -> None:
        assert self._work is not None
        until = time.perf_counter() + _SLICE
        try:
            while time.perf_counter() < until:
                next(self._work)
        except StopIteration as end:
            self._end(end.value)

    def _end(self, edit: Edit | None) -> None:
        self._work = None
        if self._timer.isActive():
            self._timer.stop()
            self.busy_changed.emit(False)
        if edit is not None:
            self.edited.emit(edit)

    def _on_timer_due(self) -> None:
        self._advance()
