"""A stroke of a brush while it is being drawn, on the mask or in colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from studio.canvas import dabs
from studio.canvas.edits import PixelsEdit, Recorder
from studio.canvas.tiling import COLOUR, GREY, TILE, Index, indices, tile_rect

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.canvas.layer import Layer

_SPACING = 0.06
"""Of the diameter, between two dabs: a hard edge then bulges by less than 1/500 of the radius."""

_LEAST_SPACING = 0.75  # pixels
_LIGHTEST = 0.15  # of the size, for a pen that hardly touches

_Mode = QPainter.CompositionMode


@dataclass(frozen=True, slots=True)
class Brush:
    """`size` is the diameter in pixels, `hardness` 0 to 1; `erase` takes away."""

    size: float
    hardness: float
    erase: bool = False
    colour: QColor | None = None


class Surface(Protocol):
    """What dabs are put on: the part of a tile that they changed is up to date afterwards."""

    def put(self, index: Index, marks: list[tuple[QPoint, QImage]], part: QRect) -> None: ...


class Stroke:
    """Draws along the points it is given; the canvas shows every one at once.

    Nothing outside of the canvas is touched.
    """

    def __init__(self, canvas: Canvas, layer: Layer, brush: Brush, name: str) -> None:
        self._canvas, self._layer, self._brush, self._name = canvas, layer, brush, name
        self._recorder = Recorder(layer.plane)
        self._surface: Surface = (
            _ColourSurface(self._recorder, brush)
            if layer.plane.form == COLOUR
            else _MaskSurface(self._recorder, brush.erase)
        )
        self._frame = canvas.state.rect.translated(-layer.offset)
        self._last: QPointF | None = None
        self._travelled = 0.0

    def move_to(self, point: QPointF, pressure: float = 1.0) -> None:
        """Draws on to this point of the canvas; `pressure` (0 to 1) scales the size."""
        size = max(1.0, self._brush.size * (_LIGHTEST + (1 - _LIGHTEST) * pressure))
        places = self._places(point - QPointF(self._layer.offset), size)
        if places:
            self._draw(places, size)

    def finish(self) -> PixelsEdit | None:
        """The stroke as a step that is done; None where it changed nothing."""
        return self._recorder.finish(self._name, self._layer.id)

    def cancel(self) -> None:
        """Everything as it was before the stroke."""
        self._recorder.revert()
        self._canvas.report(self._canvas.state.rect)

    def _places(self, to: QPointF, size: float) -> list[QPointF]:
        """Where dabs stand between the last point and this, evenly along the whole stroke."""
        spacing = max(_LEAST_SPACING, size * _SPACING)
        if self._last is None:
            self._last = to
            return [to]
        way = to - self._last
        length = math.hypot(way.x(), way.y())
        places = []
        at = spacing - self._travelled
        while at <= length:
            places.append(self._last + way * (at / length))
            at += spacing
        self._travelled = length - (at - spacing)
        self._last = to
        return places

    def _draw(self, places: list[QPointF], size: float) -> None:
        marks: dict[Index, list[tuple[QPoint, QImage]]] = {}
        areas: dict[Index, QRect] = {}
        for place in places:
            corner, image = dabs.dab(place, size, self._brush.hardness)
            rect = QRect(corner, image.size()).intersected(self._frame)
            for index in indices(rect):
                tile = tile_rect(index)
                marks.setdefault(index, []).append((corner - tile.topLeft(), image))
                part = rect.intersected(tile).translated(-tile.topLeft())
                areas[index] = areas.get(index, QRect()).united(part)
        if self._brush.erase and self._layer.plane.fill == 0:
            areas = {index: areas[index] for index in areas if index in self._layer.plane.tiles}
        missing = sum(index not in self._layer.plane.tiles for index in areas)
        if missing and not self._canvas.has_room(missing * self._layer.plane.tile_bytes):
            return
        changed = QRect()
        for index, part in areas.items():
            self._surface.put(index, marks[index], part)
            changed = changed.united(self._recorder.touched(index, part))
        self._canvas.report(changed.translated(self._layer.offset))


class _MaskSurface:
    """The mask takes the highest coverage of all dabs, or what the deepest one leaves."""

    def __init__(self, recorder: Recorder, erase: bool) -> None:
        self._recorder, self._erase = recorder, erase
        self._inverted: dict[int, QImage] = {}

    def put(self, index: Index, marks: list[tuple[QPoint, QImage]], part: QRect) -> None:
        self._recorder.before(index)
        painter = QPainter(self._recorder.plane.writable(index))
        painter.setClipRect(part)
        mode = _Mode.CompositionMode_Darken if self._erase else _Mode.CompositionMode_Lighten
        painter.setCompositionMode(mode)
        for corner, image in marks:
            painter.drawImage(corner, self._left_by(image) if self._erase else image)
        painter.end()

    def _left_by(self, image: QImage) -> QImage:
        key = image.cacheKey()
        if key not in self._inverted:
            self._inverted[key] = dabs.inverted(image)
        return self._inverted[key]


class _ColourSurface:
    """One coat of colour, however often the stroke crosses itself.

    The coverage of the stroke is kept apart, and the colour is laid through it on what was there
    before the stroke.
    """

    def __init__(self, recorder: Recorder, brush: Brush) -> None:
        self._recorder, self._brush = recorder, brush
        self._cover: dict[Index, QImage] = {}

    def put(self, index: Index, marks: list[tuple[QPoint, QImage]], part: QRect) -> None:
        cover = self._cover.get(index)
        if cover is None:
            cover = self._cover[index] = QImage(TILE, TILE, GREY)
            cover.fill(0)
        painter = QPainter(cover)
        painter.setClipRect(part)
        painter.setCompositionMode(_Mode.CompositionMode_Lighten)
        for corner, image in marks:
            painter.drawImage(corner, image)
        painter.end()
        before = self._recorder.before(index)
        painter = QPainter(self._recorder.plane.writable(index))
        painter.setCompositionMode(_Mode.CompositionMode_Source)
        if before is not None:
            painter.drawImage(part.topLeft(), before, part)
        else:
            painter.fillRect(part, QColor(0, 0, 0, 0))
        erase = self._brush.erase
        over = _Mode.CompositionMode_DestinationOut if erase else _Mode.CompositionMode_SourceOver
        painter.setCompositionMode(over)
        painter.drawImage(part.topLeft(), self._coat(cover.copy(part)))
        painter.end()

    def _coat(self, cover: QImage) -> QImage:
        coat = QImage(cover.size(), COLOUR)
        coat.fill(self._brush.colour or QColor(0, 0, 0))
        cover.reinterpretAsFormat(QImage.Format.Format_Alpha8)
        painter = QPainter(coat)
        painter.setCompositionMode(_Mode.CompositionMode_DestinationIn)
        painter.drawImage(0, 0, cover)
        painter.end()
        return coat
