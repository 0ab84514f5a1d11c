"""The frame around the canvas that Expand widens it to, and the numbers that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer, Signal

from pipelines.edit_requests import Margins
from studio.canvas.tools.arranging import ExpandTool

if TYPE_CHECKING:
    from studio.canvas.view import CanvasView
    from studio.canvas.workbench import Workbench

TOOL = "expand"
_ROOM = 0.8  # of the canvas's fitting size, so that the frame is seen


class Expanding(QObject):
    """Signals:
    dragged: the frame's edges stand elsewhere: the Margins.
    """

    dragged = Signal(object)

    def __init__(self, bench: Workbench, view: CanvasView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._view = bench, view
        self._before = "mask_brush"
        # Another tool that is taken in hand clears the frame first: that is nobody's wish.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._on_later_timeout)
        bench.tool_repainted.connect(self._later.start)

    def set_on(self, on: bool, margins: Margins) -> None:
        """Takes the frame in hand, or the tool that was there before it."""
        if on and self._bench.spec.id != TOOL:
            self._before = self._bench.spec.id
            self._bench.take(TOOL)
            if self._bench.viewport.fits:
                self._view.set_zoom(self._view.zoom * _ROOM)
        elif not on and self._bench.spec.id == TOOL:
            self._bench.take(self._before)
            self._view.fit()
        self.show(margins)

    def show(self, margins: Margins) -> None:
        """Where the frame stands."""
        tool = self._bench.tool
        if isinstance(tool, ExpandTool):
            area = self._bench.canvas.state.rect.adjusted(
                -margins.left, -margins.top, margins.right, margins.bottom
            )
            if tool.area() != area:
                tool.set_area(area)

    def _on_later_timeout(self) -> None:
        tool = self._bench.tool
        if isinstance(tool, ExpandTool):
            self.dragged.emit(_margins(tool.area(), self._bench.canvas.state.rect))


def _margins(area: QRect, canvas: QRect) -> Margins:
    return Margins(
        canvas.left() - area.left(),
        canvas.top() - area.top(),
        area.right() - canvas.right(),
        area.bottom() - canvas.bottom(),
    )
