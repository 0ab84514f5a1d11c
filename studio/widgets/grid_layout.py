"""How many columns a batch of pictures takes, and where each cell lies. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

GAP = 12
SMALLEST = 96


@dataclass(frozen=True, slots=True)
class Cells:
    """A grid of equal cells: `columns` of `width` by `height` pixels, `gap` between them."""

    columns: int
    width: float
    height: float
    count: int
    gap: int = GAP

    @property
    def rows(self) -> int:
        return -(-self.count // self.columns)

    @property
    def total_height(self) -> float:
        return self.rows * self.height + max(0, self.rows - 1) * self.gap

    def rectangle(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of a cell, from the grid's own corner."""
        row, column = divmod(index, self.columns)
        left, top = column * (self.width + self.gap), row * (self.height + self.gap)
        return left, top, self.width, self.height


def arrange(count: int, aspect: float, width: float, height: float, gap: int = GAP) -> Cells:
    """The fewest columns, and so the largest cells, with which the batch is seen whole.

    `aspect` is width over height of one picture; `width` and `height` are what can be seen. The
    cells fill the width, so that their edges end flush with what stands above. Where one row is
    still too high its cells end at the foot instead; where cells would fall below 96 pixels the
    batch scrolls.
    """
    most = max(1, min(count, int((width + gap) // (SMALLEST + gap))))
    for columns in range(1, most + 1):
        cell = (width - gap * (columns - 1)) / columns
        cells = Cells(columns, cell, cell / aspect, count, gap)
        if cells.total_height <= height:
            return cells
    if cells.rows > 1:
        return cells
    low = min(cells.height, max(height, SMALLEST))
    return Cells(most, low * aspect, low, count, gap)
