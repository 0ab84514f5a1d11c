"""What is done to the whole canvas: crop, canvas size, flip, quarter turns, resize."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QTransform

from studio.canvas.edits import StateEdit
from studio.canvas.layer import CanvasState, Layer
from studio.canvas.plane import Plane
from studio.canvas.resampling import scaled
from studio.document.canvas.canvas_record import LARGEST_SIDE
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas, Work
    from studio.canvas.tiling import Index

_PlaneWork = Generator[None, None, Plane]


def crop(canvas: Canvas, rect: QRect) -> None:
    """Leaves this part of the canvas. Layers keep what lies outside, so it can come back."""
    rect = rect.intersected(canvas.state.rect)
    if not rect.isEmpty():
        canvas.change(QT_TRANSLATE_NOOP("Edits", "Crop"), framed(canvas.state, rect))


def set_canvas_size(canvas: Canvas, rect: QRect) -> None:
    """Makes `rect` (in pixels of the canvas) the new canvas; new parts are transparent."""
    if _is_possible(canvas, rect.size()):
        canvas.change(QT_TRANSLATE_NOOP("Edits", "Canvas size"), framed(canvas.state, rect))


def framed(state: CanvasState, rect: QRect) -> CanvasState:
    """The state seen through another frame; no pixel changes."""

    def shifted(layer: Layer) -> Layer:
        return replace(layer, x=layer.x - rect.x(), y=layer.y - rect.y())

    layers = tuple(shifted(layer) for layer in state.layers)
    return replace(
        state,
        width=rect.width(),
        height=rect.height(),
        layers=layers,
        mask=shifted(state.mask),
    )


def flip(canvas: Canvas, horizontal: bool) -> Work:
    """Mirrors everything: left and right (`horizontal`), or top and bottom. Exact."""
    size = canvas.state.size
    if horizontal:
        name = QT_TRANSLATE_NOOP("Edits", "Flip horizontally")
        side = Qt.Orientation.Horizontal
        return _turned(
            canvas,
            name,
            size,
            lambda index: (-1 - index[0], index[1]),
            lambda tile: tile.flipped(side),
            lambda layer: QPoint(size.width() - layer.x, layer.y),
        )
    return _turned(
        canvas,
        QT_TRANSLATE_NOOP("Edits", "Flip vertically"),
        size,
        lambda index: (index[0], -1 - index[1]),
        lambda tile: tile.flipped(Qt.Orientation.Vertical),
        lambda layer: QPoint(layer.x, size.height() - layer.y),
    )


def rotate(canvas: Canvas, clockwise: bool) -> Work:
    """A quarter turn of everything. Exact."""
    size = canvas.state.size
    if clockwise:
        return _turned(
            canvas,
            QT_TRANSLATE_NOOP("Edits", "Rotate right"),
            size.transposed(),
            lambda index: (-1 - index[1], index[0]),
            lambda tile: tile.transformed(QTransform().rotate(90)),
            lambda layer: QPoint(size.height() - layer.y, layer.x),
        )
    return _turned(
        canvas,
        QT_TRANSLATE_NOOP("Edits", "Rotate left"),
        size.transposed(),
        lambda index: (index[1], -1 - index[0]),
        lambda tile: tile.transformed(QTransform().rotate(-90)),
        lambda layer: QPoint(layer.y, size.width() - layer.x),
    )


def resize(canvas: Canvas, size: QSize) -> Work:
    """Scales everything to another size in pixels; see `resampling.scaled`.

    Does nothing, after saying why, where that size cannot be.
    """
    before = canvas.state
    if not _is_possible(canvas, size):
        return None
    scale_x, scale_y = size.width() / before.width, size.height() / before.height
    if not canvas.has_room(round(canvas.nbytes * (scale_x * scale_y - 1))):
        return None

    def make(layer: Layer) -> _PlaneWork:
        return scaled(layer.plane, scale_x, scale_y, _shown(layer, before))

    def place(layer: Layer) -> QPoint:
        return QPoint(round(layer.x * scale_x), round(layer.y * scale_y))

    name = QT_TRANSLATE_NOOP("Edits", "Resize")
    return (yield from _remade(canvas, name, size, make, place))


def scale_layer(canvas: Canvas, layer: Layer, source: QRect, target: QRect) -> Work:
    """Brings what `layer` has at `source` to `target`, both in pixels of the canvas."""
    if not canvas.has_room(4 * (_pixels(target) - _pixels(source))):
        return None
    scale_x, scale_y = target.width() / source.width(), target.height() / source.height()
    base = replace(layer, x=0, y=0)
    # Scaled about the source's corner, so that its edges meet those of the target.
    shifted = layer.plane.read(source.translated(-layer.offset))
    yield
    plane = yield from scaled(
        Plane.from_image(shifted), scale_x, scale_y, QRect(QPoint(), source.size())
    )
    after = canvas.state.with_layer(replace(base, plane=plane, x=target.x(), y=target.y()))
    edit = StateEdit(QT_TRANSLATE_NOOP("Edits", "Scale layer"), canvas.state, after)
    edit.redo(canvas)
    return edit


def _pixels(rect: QRect) -> int:
    return rect.width() * rect.height()


def _shown(layer: Layer, state: CanvasState) -> QRect:
    """What of a layer is scaled: all of it where its edge is transparent anyway."""
    bounds = layer.plane.bounds
    frame = state.rect.translated(-layer.offset)
    return frame if bounds.isEmpty() or layer.plane.fill else bounds.intersected(frame)


def _turned(
    canvas: Canvas,
    name: str,
    size: QSize,
    index_of: Callable[[Index], Index],
    turn: Callable[[QImage], QImage],
    place: Callable[[Layer], QPoint],
) -> Work:
    def make(layer: Layer) -> _PlaneWork:
        plane = Plane(layer.plane.form, layer.plane.fill)
        for index, tile in layer.plane.tiles.items():
            plane.put(index_of(index), turn(tile))
            yield
        return plane

    return _remade(canvas, name, size, make, place)


def _remade(
    canvas: Canvas,
    name: str,
    size: QSize,
    make: Callable[[Layer], _PlaneWork],
    place: Callable[[Layer], QPoint],
) -> Work:
    """Gives every layer and the mask a new plane and place, then shows all of it at once."""
    before = canvas.state
    layers = []
    for layer in (*before.layers, before.mask):
        plane = yield from make(layer)
        at = place(layer)
        layers.append(replace(layer, plane=plane, x=at.x(), y=at.y()))
    *images, mask = layers
    after = CanvasState(size.width(), size.height(), tuple(images), mask)
    edit = StateEdit(name, before, after)
    edit.redo(canvas)
    return edit


def _is_possible(canvas: Canvas, size: QSize) -> bool:
    if 1 <= size.width() <= LARGEST_SIDE and 1 <= size.height() <= LARGEST_SIDE:
        return True
    words = canvas.tr("A canvas has 1 to {most} pixels a side.")
    canvas.refused.emit(words.format(most=f"{LARGEST_SIDE:,}"))
    return False
