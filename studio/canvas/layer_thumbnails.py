"""Small pictures of the layers, drawn in slices and only after the person paused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from studio import theme
from studio.canvas.checkerboard import checkerboard
from studio.canvas.composite import draw_layer, soon
from studio.canvas.layer import MASK_ID, Layer
from studio.canvas.mask_overlay import tinted
from studio.canvas.mips import MAX_LEVEL
from studio.canvas.tiling import COLOUR

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

_PAUSE = 120  # milliseconds
_SLICE = 0.008  # seconds


class LayerThumbnails(QObject):
    """Keeps one picture for each layer and the mask, as the whole canvas in `size`.

    Signals:
        drawn: the thumbnail of this layer is another.
    """

    drawn = Signal(str)

    def __init__(self, canvas: Canvas, size: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._size = canvas, size
        self._ratio = 1.0
        self._images: dict[str, tuple[object, QImage]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_due)
        canvas.pixels_changed.connect(self._on_canvas_changed)
        canvas.state_changed.connect(self._on_canvas_changed)
        theme.current().changed.connect(self._on_theme_changed)
        self._timer.start(0)

    def set_ratio(self, ratio: float) -> None:
        """Device pixels to one; thumbnails of another ratio are drawn anew."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._on_theme_changed()

    def image(self, layer_id: str) -> QImage | None:
        """The thumbnail as it was drawn last; None where it was not drawn yet."""
        found = self._images.get(layer_id)
        return None if found is None else found[1]

    def _on_canvas_changed(self) -> None:
        self._timer.start(_PAUSE)

    def _on_theme_changed(self) -> None:
        self._images.clear()
        self._timer.start(0)

    def _on_timer_due(self) -> None:
        state = self._canvas.state
        until = soon(_SLICE)
        for layer in (state.mask, *reversed(state.layers)):
            look = (layer.plane, layer.plane.version, layer.offset, state.size)
            if layer.id in self._images and self._images[layer.id][0] == look:
                continue
            image, finished = self._draw(layer, until)
            if not finished:
                self._timer.start(0)
                return
            self._images[layer.id] = look, image
            self.drawn.emit(layer.id)

    def _draw(self, layer: Layer, until: float) -> tuple[QImage, bool]:
        size, state = self._size * self._ratio, self._canvas.state
        image = QImage(size, COLOUR)
        image.fill(0)
        fitted = state.size.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
        fitted = fitted.expandedTo(QSize(1, 1))
        corner = QPoint(size.width() - fitted.width(), size.height() - fitted.height()) / 2
        scale = fitted.width() / state.width
        level = 0
        while level < MAX_LEVEL and scale * (2 << level) <= 1:
            level += 1
        painter = QPainter(image)
        painter.setClipRect(QRect(corner, fitted))
        if layer.id == MASK_ID:
            painter.fillRect(QRect(corner, fitted), theme.colour("field"))
        else:
            painter.fillRect(QRectF(QPointF(corner), fitted), checkerboard(self._ratio / 2))
        painter.translate(corner)
        painter.scale(scale * (1 << level), scale * (1 << level))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        look = tinted(theme.colour("mask"), 255) if layer.id == MASK_ID else QImage
        finished = draw_layer(painter, layer, level, state.rect, until, look)
        painter.end()
        image.setDevicePixelRatio(self._ratio)
        return image, finished
