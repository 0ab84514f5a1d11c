"""How far the pixels of a plane reach, to the pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from studio.canvas.tiling import COLOUR, indices, tile_rect
from studio.images import to_bands, to_grey

if TYPE_CHECKING:
    from studio.canvas.plane import Plane


def extent(plane: Plane, frame: QRect) -> QRect:
    """The smallest rectangle inside `frame` that holds all pixels that are not 0 (transparent).

    It reads tiles, some 0.2 ms each: call it when a step is done, not while one draws.
    """
    found = QRect()
    tiles = list(indices(frame)) if plane.fill else list(plane.tiles)
    whole = plane.bounds.intersected(frame)
    # From outside inward: a plain photograph is known by its four corners.
    for index in sorted(tiles, key=lambda index: _distance(tile_rect(index), whole)):
        place = tile_rect(index).intersected(frame)
        if place.isEmpty() or found.contains(place):
            continue
        pixels = plane.read(place)
        grey = to_bands(pixels).getchannel(3) if plane.form == COLOUR else to_grey(pixels)
        box = grey.getbbox()
        if box is not None:
            left, top, right, bottom = box
            inner = QRect(left, top, right - left, bottom - top)
            found = found.united(inner.translated(place.topLeft()))
    return found


def _distance(tile: QRect, whole: QRect) -> int:
    """Pixels to the nearest upright edge and to the nearest level one, together."""
    across = min(tile.left() - whole.left(), whole.right() - tile.right())
    down = min(tile.top() - whole.top(), whole.bottom() - tile.bottom())
    return max(0, across) + max(0, down)
