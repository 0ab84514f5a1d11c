"""What changes the mask in one go, in slices: shapes, grow, shrink, feather and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from studio.canvas.edits import InvertEdit, Recorder
from studio.canvas.extent import extent
from studio.canvas.layer import MASK_ID
from studio.canvas.morphology import eroded, feathered, grown
from studio.canvas.plane import Plane
from studio.canvas.tiling import GREY, Index, indices, tile_rect
from studio.images import from_grey, to_grey
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas, Work
    from studio.canvas.composite import Composite

MOST_PIXELS = 256
"""How far a mask can be grown or shrunk at once."""

MOST_FEATHER = 64
"""Pixels over which an edge can be softened at once."""

_Mode = QPainter.CompositionMode

_STRIDE = 16  # a wide disc is many small ones after each other: a tile then takes some 5 ms


def fill_path(canvas: Canvas, path: QPainterPath, subtract: bool) -> Work:
    """Adds a shape (in pixels of the canvas) to the mask, or takes it away; edges are smooth."""
    with _recording(canvas) as recorder:
        frame = _frame(canvas)
        path = path.translated(-canvas.state.mask.x, -canvas.state.mask.y)
        colour = QColor(0, 0, 0) if subtract else QColor(255, 255, 255)
        for index in indices(path.boundingRect().toAlignedRect().intersected(frame)):
            if subtract and index not in recorder.plane.tiles and not recorder.plane.fill:
                continue
            place = tile_rect(index)
            part = place.intersected(frame).translated(-place.topLeft())
            recorder.before(index)
            painter = QPainter(recorder.plane.writable(index))
            painter.setClipRect(part)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-place.topLeft())
            painter.fillPath(path, colour)
            painter.end()
            _report(canvas, recorder.touched(index, part))
            yield
        return (yield from recorder.finishing(QT_TRANSLATE_NOOP("Edits", "Change mask"), MASK_ID))


def paste(canvas: Canvas, mask: Plane, at: QPoint) -> Work:
    """Another mask, from `at` on, in place of what is there."""
    return _combined(canvas, QT_TRANSLATE_NOOP("Edits", "Paste mask"), mask, at, None)


def combine(canvas: Canvas, mask: Plane, subtract: bool) -> Work:
    """Adds another mask of the canvas to what is there, or takes it away."""
    mode = _Mode.CompositionMode_Darken if subtract else _Mode.CompositionMode_Lighten
    name = QT_TRANSLATE_NOOP("Edits", "Change mask")
    return _combined(canvas, name, mask, QPoint(), mode)


def clear(canvas: Canvas) -> Work:
    """Nothing is masked."""
    with _recording(canvas) as recorder:
        blank = Plane(GREY).blank()
        for index in list(indices(_frame(canvas))):
            if index in recorder.plane.tiles or recorder.plane.fill:
                _put(canvas, recorder, index, blank)
                yield
        return (yield from recorder.finishing(QT_TRANSLATE_NOOP("Edits", "Clear mask"), MASK_ID))


def invert(canvas: Canvas) -> None:
    """What was masked is not, and the other way round."""
    if not canvas.busy:
        canvas.perform(InvertEdit())


def grow(canvas: Canvas, px: int) -> Work:
    """Masks everything within `px` pixels of the mask."""
    name = QT_TRANSLATE_NOOP("Edits", "Grow mask")
    return _filtered(canvas, name, [(partial(grown, px=step), step) for step in _strides(px)], 0)


def shrink(canvas: Canvas, px: int) -> Work:
    """Takes away everything within `px` pixels of the mask's edge; the canvas's is none."""
    name = QT_TRANSLATE_NOOP("Edits", "Shrink mask")
    return _filtered(canvas, name, [(partial(eroded, px=step), step) for step in _strides(px)], 255)


def feather(canvas: Canvas, px: int) -> Work:
    """Softens the edge inward, over `px` pixels: nothing new is masked; see `feathered`."""
    name = QT_TRANSLATE_NOOP("Edits", "Feather mask")
    return _filtered(canvas, name, [(partial(feathered, px=px), px + 2)], 255)


def fill_from_transparency(canvas: Canvas, composite: Composite) -> Work:
    """Adds what is transparent in the picture to the mask, as far as it is transparent."""
    with _recording(canvas) as recorder:
        shift = canvas.state.mask.offset
        for index in list(indices(_frame(canvas))):
            seen = composite.read(tile_rect(index).translated(shift))
            alpha = seen.convertToFormat(QImage.Format.Format_Alpha8)
            alpha.reinterpretAsFormat(GREY)
            alpha.invertPixels()
            old = recorder.plane.tiles.get(index, recorder.plane.blank())
            new = _blended(old, alpha, _Mode.CompositionMode_Lighten)
            _put(canvas, recorder, index, new)
            yield
        name = QT_TRANSLATE_NOOP("Edits", "Mask what is transparent")
        return (yield from recorder.finishing(name, MASK_ID))


def mask_image(canvas: Canvas) -> QImage:
    """The whole mask in Grayscale8, as large as the canvas."""
    state = canvas.state
    return state.mask.plane.read(state.rect.translated(-state.mask.offset))


def area(canvas: Canvas) -> QRect:
    """The smallest rectangle of the canvas that holds all that is masked; see `extent`."""
    mask = canvas.state.mask
    return extent(mask.plane, _frame(canvas)).translated(mask.offset)


_Pass = tuple[Callable[[Image.Image], Image.Image], int]


def _strides(px: int) -> list[int]:
    whole, rest = divmod(px, _STRIDE)
    return [_STRIDE] * whole + [rest] * bool(rest)


def _filtered(canvas: Canvas, name: str, passes: list[_Pass], outside: int) -> Work:
    """Changes each tile by what lies around it: in each pass a function and how far it looks.

    Beyond the canvas everything counts as `outside`, so that its edge acts like no edge.
    """
    with _recording(canvas) as recorder:
        frame = _frame(canvas)
        for change, reach in passes:
            old = recorder.plane.copy()
            near = {
                index
                for tile in old.tiles
                for index in indices(tile_rect(tile).adjusted(-reach, -reach, reach, reach))
            }
            for index in sorted(near):
                place = tile_rect(index).intersected(frame)
                if not place.isEmpty():
                    around = _around(old, place, frame, reach, outside)
                    _draw_grey(canvas, recorder, index, place, change(around), reach)
                    yield
        return (yield from recorder.finishing(name, MASK_ID))


def _around(plane: Plane, place: QRect, frame: QRect, reach: int, outside: int) -> Image.Image:
    """The pixels at `place` and `reach` pixels on each side."""
    whole = place.adjusted(-reach, -reach, reach, reach)
    inner = whole.intersected(frame)
    image = Image.new("L", (whole.width(), whole.height()), outside)
    corner = inner.topLeft() - whole.topLeft()
    image.paste(to_grey(plane.read(inner)), (corner.x(), corner.y()))
    return image


def _draw_grey(
    canvas: Canvas, recorder: Recorder, index: Index, place: QRect, image: Image.Image, reach: int
) -> None:
    """Puts the middle of `image`, without its margin, into the tile."""
    tile = QImage(recorder.plane.tiles.get(index, recorder.plane.blank()))
    size = place.size()
    middle = image.crop((reach, reach, reach + size.width(), reach + size.height()))
    painter = QPainter(tile)
    painter.drawImage(place.topLeft() - tile_rect(index).topLeft(), from_grey(middle))
    painter.end()
    _put(canvas, recorder, index, tile)


def _put(canvas: Canvas, recorder: Recorder, index: Index, image: QImage) -> None:
    """Replaces a tile, as far as it lies on the canvas; one of nothing is taken away."""
    blank = recorder.plane.blank()
    old = recorder.plane.tiles.get(index, blank)
    place = tile_rect(index)
    part = place.intersected(_frame(canvas)).translated(-place.topLeft())
    new = image
    if part.size() != image.size():
        new = QImage(old)
        painter = QPainter(new)
        painter.drawImage(part.topLeft(), image, part)
        painter.end()
    if new != old:
        recorder.put(index, None if new == blank else new)
        _report(canvas, place)


def _combined(
    canvas: Canvas, name: str, mask: Plane, at: QPoint, mode: QPainter.CompositionMode | None
) -> Work:
    """Lays `mask` over what is there; a mask that darkens is inverted first."""
    with _recording(canvas) as recorder:
        shift = at - canvas.state.mask.offset
        for index in list(indices(_frame(canvas))):
            new = mask.read(tile_rect(index).translated(-shift))
            if mode == _Mode.CompositionMode_Darken:
                new.invertPixels()
            if mode is not None:
                old = recorder.plane.tiles.get(index, recorder.plane.blank())
                new = _blended(old, new, mode)
            _put(canvas, recorder, index, new)
            yield
        return (yield from recorder.finishing(name, MASK_ID))


def _blended(below: QImage, above: QImage, mode: QPainter.CompositionMode) -> QImage:
    result = QImage(below)
    painter = QPainter(result)
    painter.setCompositionMode(mode)
    painter.drawImage(0, 0, above)
    painter.end()
    return result


def _frame(canvas: Canvas) -> QRect:
    """The canvas, on the mask's plane."""
    return canvas.state.rect.translated(-canvas.state.mask.offset)


def _report(canvas: Canvas, part: QRect) -> None:
    canvas.report(part.translated(canvas.state.mask.offset))


@contextmanager
def _recording(canvas: Canvas) -> Iterator[Recorder]:
    """Records changes of the mask; what breaks off half-way is taken back."""
    recorder = Recorder(canvas.state.mask.plane)
    try:
        yield recorder
    except BaseException:
        recorder.revert()
        canvas.report(canvas.state.rect)
        raise
