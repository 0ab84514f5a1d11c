"""All visible layers as one picture, tile by tile, at the size it is looked at."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from studio.canvas.tiling import COLOUR, TILE, Index, indices, tile_rect
from studio.document.canvas.canvas_record import Blend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.canvas.canvas import Canvas
    from studio.canvas.layer import Layer

LARGEST_CACHE = 192 * 1024**2
"""Bytes: more than a screen of 3840 × 2160 needs at any zoom."""

_ROUGH = 0.008  # seconds after a deadline

MODES = {
    Blend.NORMAL: QPainter.CompositionMode.CompositionMode_SourceOver,
    Blend.MULTIPLY: QPainter.CompositionMode.CompositionMode_Multiply,
    Blend.SCREEN: QPainter.CompositionMode.CompositionMode_Screen,
}


class Drawn(IntEnum):
    """How something was drawn before its deadline."""

    MISSING = 0
    ROUGHLY = 1
    WELL = 2


@dataclass(slots=True)
class _Tile:
    image: QImage
    stale: QRect  # in its own pixels
    drawn: Drawn = Drawn.MISSING


class Composite:
    """The picture as it is seen, without the mask; level n is 1 / 2**n of a side.

    Smaller views blend the smaller views of the layers, which may differ by a shade from the
    blended picture made smaller; level 0 is exact. `extra` is shown on top of the layers and is no
    part of the canvas: a candidate that is being looked at.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._tiles: OrderedDict[tuple[int, Index], _Tile] = OrderedDict()
        self.extra: Layer | None = None

    @property
    def nbytes(self) -> int:
        return len(self._tiles) * TILE * TILE * 4

    def clear(self) -> None:
        """Layers are others now."""
        self._tiles.clear()

    def invalidate(self, part: QRect) -> None:
        """Pixels of the canvas changed here."""
        for (level, index), tile in self._tiles.items():
            place = tile_rect(index)
            reach = part.adjusted(-2 << level, -2 << level, 2 << level, 2 << level)
            seen = _shrunk(reach, level).intersected(place)
            if not seen.isEmpty():
                tile.stale = tile.stale.united(seen.translated(-place.topLeft()))
                tile.drawn = Drawn.MISSING

    def tile(self, level: int, index: Index, deadline: float) -> tuple[QImage | None, bool]:
        """The tile (None where there is nothing), and whether it is as it should be.

        Past `deadline` (of `time.perf_counter`) what is missing is drawn roughly from level 0.
        """
        layers = self._seen(level, index)
        if not layers:
            return None, True
        if len(layers) == 1 and (shared := self._shared(layers[0], level, index, deadline)):
            return shared, True
        key = (level, index)
        kept = self._tiles.get(key)
        if kept is None:
            image = QImage(TILE, TILE, COLOUR)
            kept = self._tiles[key] = _Tile(image, image.rect())
            while self.nbytes > LARGEST_CACHE:
                self._tiles.popitem(last=False)
        self._tiles.move_to_end(key)
        if kept.drawn == Drawn.MISSING or (
            kept.drawn == Drawn.ROUGHLY and time.perf_counter() < deadline
        ):
            kept.drawn = self._draw(kept, layers, level, index, deadline)
            if kept.drawn == Drawn.WELL:
                kept.stale = QRect()
        return kept.image, kept.drawn == Drawn.WELL

    def read(self, rect: QRect) -> QImage:
        """These pixels of the canvas, exactly."""
        image = QImage(rect.size(), COLOUR)
        image.fill(0)
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for index in indices(rect):
            tile, _ = self.tile(0, index, float("inf"))
            if tile is not None:
                painter.drawImage(tile_rect(index).topLeft() - rect.topLeft(), tile)
        painter.end()
        return image

    def _layers(self) -> Iterator[Layer]:
        yield from (each for each in self._canvas.state.layers if each.visible and each.opacity)
        if self.extra is not None:
            yield self.extra

    def _seen(self, level: int, index: Index) -> list[Layer]:
        place = _grown(tile_rect(index), level)
        return [layer for layer in self._layers() if layer.bounds.intersects(place)]

    def _shared(self, layer: Layer, level: int, index: Index, deadline: float) -> QImage | None:
        """The layer's own tile where it is what is seen: no second copy of a plain photograph."""
        side = TILE << level
        if layer.opacity < 1 or layer.x % side or layer.y % side:
            return None
        own = (index[0] - layer.x // side, index[1] - layer.y // side)
        if not layer.plane.mips.make(level, own, deadline):
            return None
        return layer.plane.mips.tile(level, own)

    def _draw(
        self, tile: _Tile, layers: list[Layer], level: int, index: Index, deadline: float
    ) -> Drawn:
        drawn = Drawn.WELL
        painter = QPainter(tile.image)
        painter.setClipRect(tile.stale)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(tile.stale, 0)
        place = _grown(tile.stale.translated(tile_rect(index).topLeft()), level)
        painter.translate(-QPointF(tile_rect(index).topLeft()))
        for number, layer in enumerate(layers):
            # On nothing every mode is the normal one, also where Qt's formula would round.
            mode = MODES[layer.blend if number else Blend.NORMAL]
            painter.setCompositionMode(mode)
            painter.setOpacity(layer.opacity)
            drawn = min(drawn, draw_layer(painter, layer, level, place, deadline))
        painter.end()
        return drawn


def draw_layer(
    painter: QPainter,
    layer: Layer,
    level: int,
    place: QRect,
    deadline: float,
    look: Callable[[QImage], QImage] = QImage,
) -> Drawn:
    """Draws what `layer` has at `place` (of the canvas) in pixels of the level.

    Each tile is drawn as `look` makes it. Where `deadline` came before a smaller view was made,
    the part is drawn roughly, and not at all where that takes long too.
    """
    drawn = Drawn.WELL
    painter.save()
    scale = 1 / (1 << level)
    painter.translate(layer.x * scale, layer.y * scale)
    if layer.x % (1 << level) or layer.y % (1 << level):
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    plane = layer.plane
    for own in indices(_shrunk(place.translated(-layer.offset), level)):
        if plane.mips.make(level, own, deadline):
            image = plane.mips.tile(level, own)
            if image is None and plane.fill:
                image = plane.blank()
            if image is not None:
                painter.drawImage(QPointF(tile_rect(own).topLeft()), look(image))
            continue
        if time.perf_counter() > deadline + _ROUGH:
            drawn = Drawn.MISSING
            continue
        drawn = min(drawn, Drawn.ROUGHLY)
        for base in indices(_grown(tile_rect(own), level)):
            image = plane.tiles.get(base)
            if image is not None:
                corner = QPointF(tile_rect(base).topLeft()) * scale
                target = QRectF(corner, QSizeF(TILE, TILE) * scale)
                painter.drawImage(target, look(image))
    painter.restore()
    return drawn


def soon(seconds: float) -> float:
    """A deadline from now on."""
    return time.perf_counter() + seconds


def _shrunk(rect: QRect, level: int) -> QRect:
    left, top = rect.left() >> level, rect.top() >> level
    return QRect(left, top, (rect.right() >> level) - left + 1, (rect.bottom() >> level) - top + 1)


def _grown(rect: QRect, level: int) -> QRect:
    side = 1 << level
    return QRect(rect.x() * side, rect.y() * side, rect.width() * side, rect.height() * side)
