"""Looks at a candidate in its place on the canvas, and keeps it as a layer."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QImage

from studio.canvas.edits import StateEdit
from studio.canvas.layer import CanvasState, empty_mask, new_layer
from studio.canvas.operations import framed
from studio.canvas.plane import Plane

if TYPE_CHECKING:
    from pipelines.edit_requests import Margins, Patch
    from studio.canvas.canvas import Canvas
    from studio.canvas.view import CanvasView
    from studio.panels.inpaint.batch import Cell
    from studio.panels.inpaint.session import Session
    from studio.widgets.picture_loader import PictureLoader

RECIPE = "recipe"
"""The member of a layer that says how its pixels were made: of Recipe, and `digital_source`."""


class Looking(QObject):
    """A candidate that widens the picture is shown on a wider canvas, which nothing can change
    until it is kept or put back.

    Signals:
        changed: another candidate is looked at, or none.
        held_changed: whether the canvas shows what is not its own.
    """

    changed = Signal()
    held_changed = Signal(bool)

    def __init__(
        self,
        canvas: Canvas,
        view: CanvasView,
        session: Session,
        loader: PictureLoader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas, self._view, self._session = canvas, view, session
        self._loader = loader
        self._cell: Cell | None = None
        self._margins: Margins | None = None
        self._before: CanvasState | None = None
        self._plane: Plane | None = None
        loader.loaded.connect(self._on_loader_loaded)
        canvas.settling.connect(self.end)
        canvas.edited.connect(self._on_canvas_edited)

    @property
    def cell(self) -> Cell | None:
        """What is looked at."""
        return self._cell

    @property
    def is_holding(self) -> bool:
        """Whether the canvas shows what is not its own."""
        return self._before is not None

    def show(self, cell: Cell, margins: Margins) -> None:
        """Shows it as soon as its file is read."""
        if cell is self._cell:
            return
        self._put_back()
        self._cell, self._margins = cell, margins
        self._show_pixels()
        self.changed.emit()

    def end(self) -> None:
        """The canvas as it is."""
        if self._cell is not None:
            self._put_back()
            self._cell = None
            self.changed.emit()

    def keep(self, title: str) -> bool:
        """Makes what is looked at a layer, in one step of this name; False while it is read."""
        cell, plane, margins = self._cell, self._plane, self._margins
        if cell is None or cell.patch is None or plane is None or margins is None:
            return False
        self.end()
        before = self._canvas.state
        after = _with_patch(before, cell.patch, plane, margins, title)
        if not self._canvas.has_room(plane.nbytes):
            return False
        self._canvas.perform(StateEdit(title, before, after))
        self._canvas.choose(after.layers[-1].id)
        return True

    def _show_pixels(self) -> None:
        assert self._cell is not None
        assert self._margins is not None
        patch = self._cell.patch
        image = self._loader.image(patch.path) if patch else None
        if patch is None or image is None:
            return
        self._plane = Plane.from_image(image.convertToFormat(QImage.Format.Format_ARGB32))
        if not self._margins:
            self._view.show_candidate(self._plane, QPoint(patch.x, patch.y))
            return
        self._before = self._canvas.state
        self._session.hold(True)
        self._canvas.replace(_with_patch(self._before, patch, self._plane, self._margins, ""))
        self._view.fit()
        self.held_changed.emit(True)

    def _put_back(self) -> None:
        self._view.hide_candidate()
        self._plane = None
        before, self._before = self._before, None
        if before is not None:
            self._session.hold(False)
            self._canvas.replace(before)
            self.held_changed.emit(False)

    def _on_loader_loaded(self, path: str) -> None:
        patch = self._cell.patch if self._cell else None
        if patch and patch.path == path and self._plane is None:
            self._show_pixels()

    def _on_canvas_edited(self, _edit: object) -> None:
        if self._before is None:
            self.end()


def _with_patch(
    state: CanvasState, patch: Patch, plane: Plane, margins: Margins, title: str
) -> CanvasState:
    """The canvas, widened by `margins`, with the patch on top; what was masked is done."""
    if margins:
        wide = QRect(
            -margins.left,
            -margins.top,
            margins.left + state.width + margins.right,
            margins.top + state.height + margins.bottom,
        )
        state = framed(state, wide)
    # As it will come back from the project, where JSON knows no tuples.
    made = json.loads(json.dumps({**asdict(patch.recipe), "digital_source": patch.digital_source}))
    layer = replace(
        new_layer(title, plane, patch.x + margins.left, patch.y + margins.top),
        extras={RECIPE: made},
    )
    return replace(state, layers=(*state.layers, layer), mask=empty_mask())
