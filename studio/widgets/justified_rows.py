"""Pictures of many shapes in rows that all end at the same edge. Pure arithmetic.

Only where each row begins and how high it is gets worked out for all pictures, which for 50,000
takes some milliseconds; the cells are worked out for the rows that are asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING

from studio.widgets.grid_plan import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 12
_HIGHEST = 1.15  # of the height that is wished for
_FLATTEST, _STEEPEST = 5.0, 0.2  # beyond these a picture does not fill its cell's height or width


class JustifiedRows:
    """Rows in `width` pixels, about `wanted` pixels high, with `gap` between cells and rows.

    `aspects` are width over height of the pictures, in order. The last row is as high as wished
    and may end earlier.
    """

    def __init__(
        self, aspects: Sequence[float], width: float, wanted: float, gap: float = GAP
    ) -> None:
        self._aspects, self._width, self._gap = aspects, max(1.0, width), gap
        self._firsts, self._tops, self._heights = array("l"), array("d"), array("d")
        self._break(max(1.0, wanted))

    @property
    def height(self) -> float:
        """Of all rows, in pixels."""
        return self._tops[-1] + self._heights[-1] if self._tops else 0.0

    def __len__(self) -> int:
        return len(self._firsts)

    def row_of(self, index: int) -> int:
        """The row in which a picture is."""
        return bisect_right(self._firsts, index) - 1

    def row_at(self, y: float) -> int:
        """The row at or above `y`; 0 above the first. There has to be a row."""
        return max(0, bisect_right(self._tops, y) - 1)

    def between(self, top: float, bottom: float) -> list[tuple[int, Box]]:
        """The pictures (by index) with their boxes in the rows that touch this stretch."""
        if not self._firsts or bottom <= top:
            return []
        rows = range(self.row_at(top), self.row_at(bottom) + 1)
        return [cell for row in rows for cell in self.row(row)]

    def row(self, row: int) -> list[tuple[int, Box]]:
        """The pictures of one row with their boxes, on whole pixels."""
        first, last = self._span(row)
        top, height = round(self._tops[row]), self._heights[row]
        bottom = round(self._tops[row] + height)
        cells, left = [], 0.0
        for index in range(first, last):
            right = left + _bounded(self._aspects[index]) * height
            # The edge is flush whatever the sums lost.
            ends = index == last - 1 and row < len(self) - 1
            x, x_end = round(left), round(self._width if ends else min(right, self._width))
            box = Box(x, top, max(1, x_end - x), max(1, bottom - top))
            cells.append((index, fitted(box, self._aspects[index])))
            left = right + self._gap
        return cells

    def box(self, index: int) -> Box:
        """Where a picture lies. IndexError where there is none of that number."""
        row = self.row_of(index)
        return self.row(row)[index - self._firsts[row]][1]

    def above_or_below(self, index: int, rows: int) -> int:
        """The picture nearest to `index` that many rows below (above if negative)."""
        here = self.row_of(index)
        row = min(len(self) - 1, max(0, here + rows))
        if row == here:
            return index
        box = self.box(index)
        middle = box.left + box.width / 2
        return min(self.row(row), key=lambda c: abs(c[1].left + c[1].width / 2 - middle))[0]

    def _span(self, row: int) -> tuple[int, int]:
        last = row + 1 == len(self._firsts)
        return self._firsts[row], len(self._aspects) if last else self._firsts[row + 1]

    def _break(self, wanted: float) -> None:
        width, gap, highest = self._width, self._gap, wanted * _HIGHEST
        top, first, total = 0.0, 0, 0.0
        for index, aspect in enumerate(self._aspects):
            total += _FLATTEST if aspect > _FLATTEST else max(aspect, _STEEPEST)
            height = (width - gap * (index - first)) / total
            if height <= highest:
                self._add(first, top, max(1.0, height))
                top += max(1.0, height) + gap
                first, total = index + 1, 0.0
        if first < len(self._aspects):
            height = min(wanted, (width - gap * (len(self._aspects) - 1 - first)) / total)
            self._add(first, top, max(1.0, height))

    def _add(self, first: int, top: float, height: float) -> None:
        self._firsts.append(first)
        self._tops.append(top)
        self._heights.append(height)


def fitted(box: Box, aspect: float) -> Box:
    """The largest box of `aspect` inside `box`; `box` itself where it differs by less than 3 %."""
    if abs(box.width / box.height / aspect - 1) < 0.03 or min(box.width, box.height) < 2:
        return box
    wide = max(1, round(min(box.width, box.height * aspect)))
    high = max(1, round(min(box.height, box.width / aspect)))
    left, top = box.left + (box.width - wide) // 2, box.top + (box.height - high) // 2
    return Box(left, top, wide, high)


def _bounded(aspect: float) -> float:
    return min(_FLATTEST, max(_STEEPEST, aspect))
