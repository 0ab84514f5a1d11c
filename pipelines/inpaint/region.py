"""Which part of a picture the model sees, and how large. Light: panels lay previews there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.edit_requests import Margins

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are the first outside, as in Pillow."""

MIN_CONTEXT = 32
_WIDEST = 2.0  # models were trained on sides up to some 2 : 1


@dataclass(frozen=True, slots=True)
class Region:
    """`box` of the canvas, which the model draws `width` × `height` pixels large."""

    box: Box
    width: int
    height: int


def plan_region(
    painted: Box, canvas: tuple[int, int], side: int, multiple: int, context: int | None = None
) -> Region:
    """The part around `painted` for a model of square pictures of `side` pixels.

    It has `context` pixels around the mask (None: half of its longer side) where the canvas, of
    width and height, is large enough. What is a little smaller than the model's size is taken that
    much larger, so that nothing has to be resized. The sides that are drawn are multiples of
    `multiple`, of about `side`² pixels. The effort does not depend on the canvas.
    """
    width, height = painted[2] - painted[0], painted[3] - painted[1]
    if context is None:
        context = max(MIN_CONTEXT, max(width, height) // 2)
    wanted_width, wanted_height = width + 2 * context, height + 2 * context
    least = max(side // 2, math.ceil(max(wanted_width, wanted_height) / _WIDEST))
    wanted_width, wanted_height = max(wanted_width, least), max(wanted_height, least)
    if side * 2 // 3 <= max(wanted_width, wanted_height) <= side:
        wanted_width = wanted_height = side
    box = _around(painted, wanted_width, wanted_height, canvas)
    drawn = drawn_size(box[2] - box[0], box[3] - box[1], side, multiple)
    return Region(_as_wide_as(box, drawn, canvas), *drawn)


def around_margins(margins: Margins, width: int, height: int) -> Box:
    """The smallest box around the margins of a canvas of `width` × `height` pixels, which includes
    them: with one side it is that strip."""
    across, along = margins.left or margins.right, margins.top or margins.bottom
    left = 0 if margins.left or along else width - margins.right
    right = width if margins.right or along else margins.left
    top = 0 if margins.top or across else height - margins.bottom
    bottom = height if margins.bottom or across else margins.top
    return left, top, right, bottom


def whole_region(canvas: tuple[int, int], side: int, multiple: int) -> Region:
    """All of the canvas."""
    return Region((0, 0, *canvas), *drawn_size(*canvas, side, multiple))


def drawn_size(width: int, height: int, side: int, multiple: int) -> tuple[int, int]:
    """A size of this shape with about `side`² pixels; narrower than 1 : 4 it is squeezed."""
    scale = side / math.sqrt(width * height)
    least = max(multiple, side // 2)

    def snap(length: float) -> int:
        return max(least, round(length * scale / multiple) * multiple)

    drawn_width, drawn_height = snap(width), snap(height)
    most = max(multiple, side * 2 // multiple * multiple)
    return min(drawn_width, most), min(drawn_height, most)


def _around(painted: Box, width: int, height: int, canvas: tuple[int, int]) -> Box:
    """A box of this size around the middle of `painted`, pushed into the canvas and cut there."""
    left, right = _span(painted[0], painted[2], width, canvas[0])
    top, bottom = _span(painted[1], painted[3], height, canvas[1])
    return left, top, right, bottom


def _span(start: int, end: int, length: int, limit: int) -> tuple[int, int]:
    length = min(max(length, end - start), limit)
    first = min(max((start + end - length) // 2, 0), limit - length)
    return first, first + length


def _as_wide_as(box: Box, drawn: tuple[int, int], canvas: tuple[int, int]) -> Box:
    """The box grown to the shape that is drawn, as far as the canvas goes: no pixel is squeezed."""
    width, height = box[2] - box[0], box[3] - box[1]
    ratio = drawn[0] / drawn[1]
    if width < height * ratio:
        width = round(height * ratio)
    else:
        height = round(width / ratio)
    return _around(box, width, height, canvas)
