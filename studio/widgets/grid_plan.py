"""Where every section and cell of a picture grid lies, top to bottom. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.widgets.grid_layout import GAP, arrange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.widgets.picture_item import PictureSection

Move = Literal["left", "right", "up", "down", "home", "end"]

HEADING = 36  # title and facts above every section but the first
SPACE = 20  # before a heading


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, from the content's top left corner."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


@dataclass(frozen=True, slots=True)
class Plan:
    """`cells` by item key, `headings` and `tops` (where it begins) by section key."""

    cells: dict[str, Box]
    headings: dict[str, Box]
    tops: dict[str, float]
    height: float


def plan(sections: Sequence[PictureSection], width: float, height: float) -> Plan:
    """Stacks the sections in `width` pixels; `height` is what can be seen of them at once."""
    cells: dict[str, Box] = {}
    headings: dict[str, Box] = {}
    tops: dict[str, float] = {}
    y = 0.0
    for index, section in enumerate(sections):
        if index:
            y += SPACE
        tops[section.key] = y
        if index:
            headings[section.key] = Box(0, y, width, HEADING)
            y += HEADING
        first = section.items[0]
        grid = arrange(len(section.items), first.width / first.height, width, height, GAP)
        for place, item in enumerate(section.items):
            left, top, wide, high = grid.rectangle(place)
            cells[item.key] = _fitted(Box(left, y + top, wide, high), item.width / item.height)
        y += grid.total_height
    return Plan(cells, headings, tops, y)


def moved(cells: Mapping[str, Box], keys: Sequence[str], here: str, move: Move) -> str:
    """Where a movement leads from `here` among `keys`, which are in reading order; "" nowhere.

    Beyond an end one stays; from nowhere every movement but "end" leads to the first.
    """
    if not keys:
        return ""
    if move == "end":
        return keys[-1]
    if move == "home" or here not in keys:
        return keys[0]
    if move in ("left", "right"):
        at = keys.index(here) + (1 if move == "right" else -1)
        return keys[min(len(keys) - 1, max(0, at))]
    sign, start = (1 if move == "down" else -1), cells[here]
    beyond = [key for key in keys if (cells[key].top - start.top) * sign > 1]

    def distance(key: str) -> tuple[float, float]:
        return abs(cells[key].top - start.top), abs(cells[key].left - start.left)

    return min(beyond, key=distance, default=here)


def _fitted(cell: Box, aspect: float) -> Box:
    """The largest box of `aspect` inside the cell: pictures are never cut."""
    wide, high = min(cell.width, cell.height * aspect), min(cell.height, cell.width / aspect)
    return Box(cell.left + (cell.width - wide) / 2, cell.top + (cell.height - high) / 2, wide, high)
