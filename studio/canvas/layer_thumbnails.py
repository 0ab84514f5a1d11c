"""Small pictures of the layers, drawn in slices and only after the person paused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QImage, QPainter

from studio import theme
from studio.canvas.checkerboard import checkerboard
from studio.canvas.composite import draw_layer, soon
from studio.canvas.layer import MASK_ID, Layer
from studio.canvas.mask_overlay import tinted
from studio.canvas.mips import MAX_LEVEL
from studio.canvas.tiling import COLOUR, TILE

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
            if not self._is_ready(layer, until):
                self._timer.start(0)
                return
            self._images[layer.id] = look, self._draw(layer)
            self.drawn.emit(layer.id)

    def _level(self) -> int:
        """Which of the smaller views the thumbnails are drawn from."""
        scale = self._fitted().width() / self._canvas.state.width
        return next((level for level in range(MAX_LEVEL) if scale * (2 << level) > 1), MAX_LEVEL)

    def _fitted(self) -> QSize:
        room = self._size * self._ratio
        fitted = self._canvas.state.size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return fitted.expandedTo(QSize(1, 1))

    def _is_ready(self, layer: Layer, until: float) -> bool:
        """Makes the smaller views that are needed, as far as `until` allows."""
        side = TILE << self._level()
        rect = self._canvas.state.rect.translated(-layer.offset)
        corners = (rect.topLeft(), rect.bottomRight())
        first, last = (QPoint(at.x() // side, at.y() // side) for at in corners)
        return all(
            layer.plane.mips.make(self._level(), (column, row), until)
            for row in range(first.y(), last.y() + 1)
            for column in range(first.x(), last.x() + 1)
        )

    def _draw(self, layer: Layer) -> QImage:
        size, fitted, level = self._size * self._ratio, self._fitted(), self._level()
        image = QImage(size, COLOUR)
        image.fill(0)
        corner = QPoint(size.width() - fitted.width(), size.height() - fitted.height()) / 2
        box = QRect(corner, fitted)
        scale = fitted.width() / self._canvas.state.width * (1 << level)
        is_mask = layer.id == MASK_ID
        painter = QPainter(image)
        painter.setClipRect(box)
        ground = QBrush(theme.colour("field")) if is_mask else checkerboard(self._ratio / 2)
        painter.fillRect(box, ground)
        painter.translate(corner)
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        look = tinted(theme.colour("mask"), 255) if is_mask else QImage
        draw_layer(painter, layer, level, self._canvas.state.rect, soon(_SLICE), look)
        painter.end()
        image.setDevicePixelRatio(self._ratio)
        return image
