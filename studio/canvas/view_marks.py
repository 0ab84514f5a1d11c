"""What lies over the picture on the screen: context frame, the tool's lines, the brush's circle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt

from studio import theme
from studio.canvas.marks import dashed_box, label, ringed

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from studio.canvas.hands import Hands
    from studio.canvas.workbench import Workbench

_SMALL = 3.0  # device pixels: a smaller circle would hide what it stands on
_RING_WIDTH = 6  # device pixels on both sides of the circle that its lines can touch
_LABEL_PX = 12


class ViewMarks:
    """`cursor` is in device pixels of the window, None outside of it; `frame` is of the canvas."""

    def __init__(self, bench: Workbench, hands: Hands) -> None:
        self._bench, self._hands = bench, hands
        self.cursor: QPointF | None = None
        self.frame: tuple[QRect, str] | None = None

    def paint(self, painter: QPainter, ratio: float) -> None:
        """In device pixels, of which `ratio` make a logical one."""
        viewport = self._bench.viewport
        if self.frame is not None:
            rect, text = self.frame
            box = viewport.rect_to_window(QRectF(rect))
            dashed_box(painter, box)
            font = theme.font(round(_LABEL_PX * ratio), 600)
            label(painter, box.topLeft(), text, font, viewport.size.width())
        self._bench.tool.paint(painter, viewport)
        if self.cursor is not None and self._is_ring and not self._hands.panning:
            ringed(painter, self._hands.resting_point or self.cursor, self._radius)

    def cursor_shape(self) -> Qt.CursorShape:
        """What the system draws at the cursor."""
        if self._bench.canvas.busy:
            return Qt.CursorShape.BusyCursor
        if self._hands.panning:
            return Qt.CursorShape.ClosedHandCursor
        if self._hands.space:
            return Qt.CursorShape.OpenHandCursor
        return Qt.CursorShape.BlankCursor if self._is_ring else self._bench.tool.cursor

    def around_cursor(self) -> QRect:
        """What the circle can touch, in device pixels; empty without one."""
        if self.cursor is None or not self._bench.tool.round:
            return QRect()
        side = math.ceil(self._radius) + _RING_WIDTH
        middle = self.cursor.toPoint()
        return QRect(middle - QPoint(side, side), middle + QPoint(side, side))

    def pixel(self) -> QPoint | None:
        """The canvas's pixel under the cursor; None where there is none."""
        if self.cursor is None:
            return None
        exact = self._bench.viewport.to_canvas(self.cursor)
        pixel = QPoint(math.floor(exact.x()), math.floor(exact.y()))
        return pixel if self._bench.canvas.state.rect.contains(pixel) else None

    @property
    def _radius(self) -> float:
        return self._bench.options.size / 2 * self._bench.viewport.zoom

    @property
    def _is_ring(self) -> bool:
        return self._bench.tool.round and self._radius >= _SMALL
