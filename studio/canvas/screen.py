"""The picture on the screen, kept in device pixels and redrawn only where it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from studio import theme
from studio.canvas.checkerboard import checkerboard
from studio.canvas.composite import soon
from studio.canvas.mask_overlay import MaskLook, paint_mask
from studio.canvas.tiling import indices, tile_rect
from studio.tokens import PICTURE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.canvas.workbench import Workbench

_BUDGET = 0.008  # seconds of one paint for views that have yet to be made
_GRID_ALPHA = 32
_GRID_FROM = 8.0  # device pixels to a pixel of the canvas


class Screen(QObject):
    """Composes layers, mask and pixel grid for the widget `target`.

    Signals:
        refined: what was drawn roughly can be drawn better now.
    """

    refined = Signal()

    def __init__(self, bench: Workbench, target: QWidget) -> None:
        super().__init__(target)
        self._bench, self._target = bench, target
        self._image = QImage()
        self._stale = QRegion()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refined)

    def invalidate_all(self) -> None:
        """Everything is to be drawn again."""
        self._stale = QRegion(QRect(QPoint(), self._bench.viewport.size))

    def invalidate(self, part: QRect) -> QRect:
        """This part of the canvas is another now; returns where it is seen, in device pixels."""
        exact = self._bench.viewport.rect_to_window(QRectF(part))
        # The outline of the mask and the smoothing of small views reach farther than the change.
        reach = 2 + self._outline_px() + round((1 << self._bench.viewport.level) * 2 * self._zoom())
        seen = exact.toAlignedRect().adjusted(-reach, -reach, reach, reach)
        seen = seen.intersected(QRect(QPoint(), self._bench.viewport.size))
        self._stale = self._stale.united(seen)
        return seen

    def picture(self) -> QImage:
        """What is to be seen now, with the device's pixel ratio."""
        size = self._bench.viewport.size
        if self._image.size() != size:
            self._image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
            self.invalidate_all()
        self._image.setDevicePixelRatio(1.0)
        part = self._stale.boundingRect()
        if not part.isEmpty():
            self._stale = QRegion()
            if not self._draw(part, soon(_BUDGET)):
                self._stale = QRegion(part)
                self._timer.start(0)
        self._image.setDevicePixelRatio(self._target.devicePixelRatioF())
        return self._image

    def _draw(self, part: QRect, deadline: float) -> bool:
        viewport, state = self._bench.viewport, self._bench.canvas.state
        painter = QPainter(self._image)
        painter.setClipRect(part)
        painter.fillRect(part, theme.colour("bg"))
        seen = viewport.rect_to_window(QRectF(state.rect)).intersected(QRectF(part))
        if seen.isEmpty():
            painter.end()
            return True
        painter.setClipRect(seen)
        finished = self._draw_layers(painter, seen, deadline)
        if state.mask.visible and self._bench.composite.extra is None:
            look = MaskLook(theme.colour("mask"), self._outline_px())
            finished &= paint_mask(
                painter, state.mask, viewport, seen.toAlignedRect(), look, deadline
            )
        if self._zoom() >= _GRID_FROM:
            painter.setClipRect(seen)
            self._draw_grid(painter, viewport.rect_to_canvas(seen.toAlignedRect()))
        painter.end()
        return finished

    def _draw_layers(self, painter: QPainter, seen: QRectF, deadline: float) -> bool:
        viewport = self._bench.viewport
        level = viewport.level
        painter.save()
        painter.fillRect(seen, checkerboard(self._target.devicePixelRatioF()))
        painter.translate(viewport.origin)
        painter.scale(self._zoom() * (1 << level), self._zoom() * (1 << level))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._zoom() < 1)
        part = viewport.rect_to_canvas(seen.toAlignedRect())
        corners = (part.topLeft(), part.bottomRight())
        first, last = (QPoint(point.x() >> level, point.y() >> level) for point in corners)
        finished = True
        for index in indices(QRect(first, last)):
            tile, done = self._bench.composite.tile(level, index, deadline)
            finished &= done
            if tile is not None:
                painter.drawImage(QPointF(tile_rect(index).topLeft()), tile)
        painter.restore()
        return finished

    def _draw_grid(self, painter: QPainter, part: QRect) -> None:
        viewport = self._bench.viewport
        for token in ("scrim", "on_scrim"):
            colour = QColor(PICTURE[token])
            colour.setAlpha(_GRID_ALPHA)
            painter.setPen(colour)
            shift = int(token == "on_scrim")
            for x in range(part.left(), part.right() + 2):
                at = viewport.to_window(QPointF(x, part.top())).toPoint().x() + shift
                painter.drawLine(at, 0, at, viewport.size.height())
            for y in range(part.top(), part.bottom() + 2):
                at = viewport.to_window(QPointF(part.left(), y)).toPoint().y() + shift
                painter.drawLine(0, at, viewport.size.width(), at)

    def _zoom(self) -> float:
        return self._bench.viewport.zoom

    def _outline_px(self) -> int:
        return max(1, round(self._target.devicePixelRatioF()))
