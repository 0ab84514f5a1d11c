"""A rectangle that is drawn and changed by its corners and sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from studio.canvas.marks import dashed, grip

if TYPE_CHECKING:
    from studio.canvas.tools.tool import Pointer
    from studio.canvas.viewport import Viewport

_GRIP = 9  # logical pixels a side
_REACH = 10  # device pixels from a grip's middle

# Of each grip: which share of width and height it stands at.
_CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
_SIDES = ((0.5, 0.0), (0.5, 1.0), (0.0, 0.5), (1.0, 0.5))
_WHOLE = (0.5, 0.5)


class Frame:
    """`rect` is in pixels of the canvas. A drag begins with `take` and goes on with `drag`."""

    def __init__(self, rect: QRectF) -> None:
        self.rect = rect
        self._start = QRectF(rect)
        self._from = QPointF()
        self._held: tuple[float, float] = _CORNERS[3]

    @classmethod
    def begun(cls, at: QPointF) -> Frame:
        """An empty one whose opposite corner is being dragged."""
        frame = cls(QRectF(at, at))
        frame._from = at
        return frame

    def take(
        self, at: QPointF, zoom: float, *, corners_only: bool = False, inside: bool = True
    ) -> bool:
        """Whether a drag from here changes it: at a grip, or (with `inside`) anywhere in it."""
        self._start, self._from = QRectF(self.rect), at
        for share in _CORNERS if corners_only else (*_CORNERS, *_SIDES):
            way = (at - self._point(share)) * zoom
            if max(abs(way.x()), abs(way.y())) <= _REACH:
                self._held = share
                return True
        self._held = _WHOLE
        return inside and self.rect.contains(at)

    def drag(self, pointer: Pointer, keep_shape: bool) -> None:
        """To where the pointer is now; `keep_shape` keeps the proportions."""
        way = pointer.at - self._from
        if self._held == _WHOLE:
            self.rect = self._start.translated(way)
            return
        across, down = self._held
        start = self._start
        left, top, right, bottom = start.left(), start.top(), start.right(), start.bottom()
        left, right = left + way.x() * (across == 0), right + way.x() * (across == 1)
        top, bottom = top + way.y() * (down == 0), bottom + way.y() * (down == 1)
        if keep_shape and start.width() and start.height():
            scale = max((right - left) / self._start.width(), (bottom - top) / self._start.height())
            wide, high = self._start.width() * scale, self._start.height() * scale
            left, right = (right - wide, right) if across == 0 else (left, left + wide)
            top, bottom = (bottom - high, bottom) if down == 0 else (top, top + high)
        self.rect = QRectF(QPointF(left, top), QPointF(right, bottom)).normalized()

    def paint(self, painter: QPainter, viewport: Viewport, corners_only: bool = False) -> None:
        """The outline and its grips, in device pixels of the window."""
        path = QPainterPath()
        path.addRect(viewport.rect_to_window(self.rect))
        dashed(painter, path)
        for share in _CORNERS if corners_only else (*_CORNERS, *_SIDES):
            grip(painter, viewport.to_window(self._point(share)), _GRIP)

    def _point(self, share: tuple[float, float]) -> QPointF:
        rect = self.rect
        return rect.topLeft() + QPointF(rect.width() * share[0], rect.height() * share[1])
