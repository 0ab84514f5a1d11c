"""The open canvas with the tool in hand and its settings: what view, bar and column share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal

from studio.canvas.composite import Composite
from studio.canvas.layer import MASK_ID
from studio.canvas.options import LEAST_SIZE, MOST_SIZE, ToolOptions
from studio.canvas.tool_table import ToolSpec, tool_spec
from studio.canvas.viewport import Viewport

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.canvas.tools.tool import Tool

_SIZE_STEP = 1.15


class Workbench(QObject):
    """Fulfils `tools.tool.Bench`.

    Signals:
        tool_changed: another tool is in hand.
        options_changed: the settings are others.
        tool_repainted: what the tool draws over the picture is another.
        view_moved: zoom or position are others.
        paste_mask_asked, load_mask_asked, save_mask_asked: the person wants that; files and the
            clipboard are the panel's.
    """

    tool_changed = Signal(str)
    options_changed = Signal()
    tool_repainted = Signal()
    view_moved = Signal()
    paste_mask_asked = Signal()
    load_mask_asked = Signal()
    save_mask_asked = Signal()

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._composite = Composite(canvas)
        self._viewport = Viewport()
        self._options = ToolOptions()
        self._spec = tool_spec("mask_brush")
        self._tool = self._spec.factory(self)
        canvas.pixels_changed.connect(self._composite.invalidate)
        canvas.state_changed.connect(self._composite.clear)

    @property
    def canvas(self) -> Canvas:
        return self._canvas

    @property
    def composite(self) -> Composite:
        return self._composite

    @property
    def viewport(self) -> Viewport:
        return self._viewport

    @property
    def options(self) -> ToolOptions:
        return self._options

    @property
    def tool(self) -> Tool:
        return self._tool

    @property
    def spec(self) -> ToolSpec:
        """Of the tool in hand."""
        return self._spec

    def take(self, tool_id: str) -> None:
        """Takes another tool in hand; what the old one had begun is given up. KeyError if none."""
        spec = tool_spec(tool_id)
        if spec is self._spec:
            return
        self._tool.cancel()
        self._spec, self._tool = spec, spec.factory(self)
        state = self._canvas.state
        if spec.group == "mask":
            self._canvas.choose(MASK_ID)
        elif self._canvas.current.id == MASK_ID and state.layers:
            free = [layer for layer in state.layers if not layer.locked]
            self._canvas.choose((free or state.layers)[-1].id)
        self.tool_changed.emit(tool_id)

    def swap(self) -> None:
        """Brush and eraser change places; shapes and the bucket turn to taking away, and back."""
        if self._spec.twin:
            self.take(self._spec.twin)
        elif "subtract" in self._spec.options:
            self.set_options(subtract=not self._options.subtract)

    def step_size(self, direction: int) -> None:
        """A little larger (1) or smaller (-1)."""
        size = self._options.size
        wanted = size * _SIZE_STEP if direction > 0 else size / _SIZE_STEP
        # At least a pixel at a time, else a small brush stays as it is.
        wanted = max(size + 1, wanted) if direction > 0 else min(size - 1, wanted)
        self.set_options(size=round(wanted))

    def set_options(self, **changes: object) -> None:
        options = replace(self._options, **changes)  # type: ignore[arg-type]
        options = replace(
            options,
            size=min(MOST_SIZE, max(LEAST_SIZE, options.size)),
            hardness=min(1.0, max(0.0, options.hardness)),
        )
        if options != self._options:
            self._options = options
            self.options_changed.emit()

    def repaint_tool(self) -> None:
        self.tool_repainted.emit()

    def pan(self, way: QPointF) -> None:
        self._viewport.move(way * self._viewport.zoom)
        self.view_moved.emit()
