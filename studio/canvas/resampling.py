"""A plane made larger or smaller, tile by tile and without seams."""

from __future__ import annotations

import math
from collections.abc import Generator

from PIL import Image, ImageChops
from PySide6.QtCore import QRect

from studio.canvas.plane import Plane
from studio.canvas.tiling import COLOUR, indices, tile_rect
from studio.images import from_bands, from_grey, to_bands, to_grey

LEAST_SCALE, MOST_SCALE = 1 / 16, 16.0
"""How much smaller or larger at once."""

_LANCZOS_REACH = 3  # pixels of the smaller of the two pictures


def scaled(
    plane: Plane, scale_x: float, scale_y: float, frame: QRect
) -> Generator[None, None, Plane]:
    """What lies in `frame` of the plane, scaled about the plane's origin.

    Lanczos of three lobes on premultiplied pixels, held to what premultiplied pixels can be.
    """
    result = Plane(plane.form, plane.fill)
    reach_x, reach_y = (
        math.ceil(_LANCZOS_REACH * max(1.0, 1 / scale)) + 1 for scale in (scale_x, scale_y)
    )
    left, right = round(frame.left() * scale_x), round((frame.right() + 1) * scale_x)
    top, bottom = round(frame.top() * scale_y), round((frame.bottom() + 1) * scale_y)
    wanted = QRect(left, top, max(1, right - left), max(1, bottom - top))
    for index in indices(wanted):
        place = tile_rect(index).intersected(wanted)
        x1, x2 = place.left() / scale_x, (place.right() + 1) / scale_x
        y1, y2 = place.top() / scale_y, (place.bottom() + 1) / scale_y
        source = QRect(
            math.floor(x1) - reach_x,
            math.floor(y1) - reach_y,
            math.ceil(x2) - math.floor(x1) + 2 * reach_x,
            math.ceil(y2) - math.floor(y1) + 2 * reach_y,
        ).intersected(frame)
        if not any(tile in plane.tiles for tile in indices(source)):
            continue
        # The frame's own edge ends the picture: beyond it there is nothing to mix in.
        box = (
            max(0.0, x1 - source.left()),
            max(0.0, y1 - source.top()),
            min(float(source.width()), x2 - source.left()),
            min(float(source.height()), y2 - source.top()),
        )
        size = (place.width(), place.height())
        pixels = plane.read(source)
        if plane.form == COLOUR:
            image = from_bands(_held(to_bands(pixels).resize(size, _LANCZOS, box)))
        else:
            image = from_grey(to_grey(pixels).resize(size, _LANCZOS, box))
        result.write(place.topLeft(), image)
        yield
    return result


_LANCZOS = Image.Resampling.LANCZOS


def _held(bands: Image.Image) -> Image.Image:
    """No colour above its alpha, which Lanczos's overshoot could bring."""
    blue, green, red, alpha = bands.split()
    colours = (ImageChops.darker(band, alpha) for band in (blue, green, red))
    return Image.merge(bands.mode, (*colours, alpha))
