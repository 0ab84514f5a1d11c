"""Filling what has one colour: every pixel that is like the one under the cursor."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from PIL import Image, ImageChops
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage

from studio.canvas.tiling import GREY
from studio.images import to_bands

if TYPE_CHECKING:
    from studio.canvas.composite import Composite

_STRIP = 32  # rows that are compared at once: 20 ms of a canvas 8,000 pixels wide
_SLICE = 256  # runs between two yields: some milliseconds


def flood(
    composite: Composite, frame: QRect, seed: QPoint, tolerance: int, contiguous: bool
) -> Generator[None, None, QImage]:
    """The mask, as large as `frame`, of the pixels like that at `seed`: 255 there, 0 elsewhere.

    A pixel is like another when none of its premultiplied channels differs by more than
    `tolerance` (0 to 255). `contiguous` takes only what hangs together with `seed` by its sides
    (Smith, "Tint fill", 1979: by runs, not pixels). It takes two bytes for each pixel of `frame`.
    """
    rows = _AlikeRows(composite, frame, seed, tolerance)
    width, height = frame.width(), frame.height()
    filled = bytearray(width * height)
    if contiguous:
        yield from _spread(rows, filled, width, height, seed - frame.topLeft())
    else:
        for row in range(height):
            filled[row * width : (row + 1) * width] = rows.row(row).replace(b"\x01", b"\xff")
            if row % _STRIP == 0:
                yield
    return QImage(bytes(filled), width, height, width, GREY).copy()


def _spread(
    rows: _AlikeRows, filled: bytearray, width: int, height: int, seed: QPoint
) -> Generator[None, None, None]:
    waiting = [(seed.y(), seed.x(), seed.x() + 1)]
    done = read = 0
    while waiting:
        if rows.read != read:
            read = rows.read
            yield
        y, left, right = waiting.pop()
        alike, base = rows.row(y), y * width
        at = alike.find(1, left, right)
        while at != -1:
            # The run that pixel lies in, as far as it goes.
            begin = alike.rfind(0, 0, at) + 1
            end = alike.find(0, at)
            end = width if end == -1 else end
            if not filled[base + at]:
                filled[base + begin : base + end] = b"\xff" * (end - begin)
                waiting += [(next_, begin, end) for next_ in (y - 1, y + 1) if 0 <= next_ < height]
            at = alike.find(1, end, right)
            done += 1
            if done % _SLICE == 0:
                yield


class _AlikeRows:
    """For each row of the frame, 1 where a pixel is like the seed and 0 elsewhere; made late."""

    def __init__(self, composite: Composite, frame: QRect, seed: QPoint, tolerance: int) -> None:
        self._composite, self._frame = composite, frame
        self._wanted = to_bands(composite.read(QRect(seed, seed))).getpixel((0, 0))
        self._table = [int(difference <= tolerance) for difference in range(256)]
        self._strips: dict[int, bytes] = {}
        self.read = 0
        """How many strips were made: each takes a while."""

    def row(self, y: int) -> bytes:
        width = self._frame.width()
        number, inside = divmod(y, _STRIP)
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._made(number)
            self.read += 1
        return strip[inside * width : (inside + 1) * width]

    def _made(self, number: int) -> bytes:
        top = self._frame.top() + number * _STRIP
        high = min(_STRIP, self._frame.bottom() + 1 - top)
        bands = to_bands(
            self._composite.read(QRect(self._frame.left(), top, self._frame.width(), high))
        )
        plain = Image.new(bands.mode, bands.size, self._wanted)
        blue, green, red, alpha = ImageChops.difference(bands, plain).split()
        worst = ImageChops.lighter(ImageChops.lighter(blue, green), ImageChops.lighter(red, alpha))
        return worst.point(self._table).tobytes()
