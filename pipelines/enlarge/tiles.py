"""Enlarges a picture of any size to any size, in tiles that overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from pipelines.enlarge.network import CONTEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.enlarge.network import EnlargingNetwork

_RAMP = 8
"""Pixels of the input over which a tile fades into the one before it."""


@dataclass(frozen=True, slots=True)
class Span:
    """One tile along one side, in pixels.

    `read` is what the network is given of the input, `write` what it fills of the output; the
    first `ramp` pixels of that fade in.
    """

    read: tuple[int, int]
    write: tuple[int, int]
    ramp: int


def spans(length: int, target: int, side: int) -> list[Span]:
    """Cuts `length` pixels, which become `target`, into tiles of equal size of at most `side`."""
    inner = max(1, side - 2 * (CONTEXT + _RAMP))
    count = 1 if length <= side else -(-length // inner)
    cuts = [round(i * length / count) for i in range(count + 1)]
    factor = target / length
    found = []
    for i in range(count):
        begin = cuts[i] - (_RAMP if i else 0)
        read = max(0, begin - CONTEXT), min(length, cuts[i + 1] + CONTEXT)
        write = round(begin * factor), round(cuts[i + 1] * factor)
        found.append(Span(read, write, round(cuts[i] * factor) - write[0]))
    return found


def enlarge(
    image: Image.Image,
    size: tuple[int, int],
    network: EnlargingNetwork,
    check: Callable[[], None],
    step: Callable[[int, int], None],
) -> Image.Image:
    """`image`, RGB, enlarged to `size` by the network and, where that is not its scale, Lanczos.

    Memory holds both pictures and one tile. `step` is told after each tile how many are done of
    how many.
    """
    pixels = np.asarray(image)
    made = Image.new("RGB", size)
    rows = spans(image.height, size[1], network.side)
    columns = spans(image.width, size[0], network.side)
    done = 0
    for row in rows:
        for column in columns:
            tile = _tile(pixels, row, column, size, network, check)
            made.paste(tile, (column.write[0], row.write[0]), _fade(row, column))
            done += 1
            step(done, len(rows) * len(columns))
    return made


def _tile(
    pixels: np.ndarray,
    row: Span,
    column: Span,
    size: tuple[int, int],
    network: EnlargingNetwork,
    check: Callable[[], None],
) -> Image.Image:
    height, width = pixels.shape[:2]
    part = pixels[row.read[0] : row.read[1], column.read[0] : column.read[1]]
    large = Image.fromarray(network.enlarge(part, check))

    def edges(span: Span, length: int, target: int, limit: int) -> tuple[float, float]:
        """Of what is written, in pixels of `large`."""
        begin, end = (at * length / target - span.read[0] for at in span.write)
        return max(0.0, begin * network.scale), min(float(limit), end * network.scale)

    left, right = edges(column, width, size[0], large.width)
    top, bottom = edges(row, height, size[1], large.height)
    target = (column.write[1] - column.write[0], row.write[1] - row.write[0])
    box = (left, top, right, bottom)
    if box == (round(left), round(top), round(left) + target[0], round(top) + target[1]):
        return large.crop((round(left), round(top), round(right), round(bottom)))
    return large.resize(target, Image.Resampling.LANCZOS, box)


def _fade(row: Span, column: Span) -> Image.Image:
    """How much of the tile counts: it comes in at its left and its top over what is there."""
    across, down = (_ramp(each) for each in (column, row))
    return Image.fromarray(np.minimum.outer(down, across))


def _ramp(span: Span) -> np.ndarray:
    values: np.ndarray = np.full(span.write[1] - span.write[0], 255, np.uint8)
    if span.ramp:
        fade = (np.arange(span.ramp) + 0.5) / span.ramp
        values[: span.ramp] = (fade * 255).round()
    return values
