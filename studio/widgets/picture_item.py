"""What a grid shows: pictures in sections, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureItem:
    """One cell.

    `key` is unique in the grid. `width` and `height` are the picture's pixels. `path` is "" until
    there is a file. `caption` is shown while the cell is chosen; `note` always, with `fraction`
    (0 to 1) as the bar below it. `warned` has a sign that the caption explains. `name` is what a
    screen reader says.
    """

    key: str
    width: int
    height: int
    name: str
    path: str = ""
    caption: str = ""
    note: str = ""
    fraction: float | None = None
    starred: bool = False
    warned: bool = False


@dataclass(frozen=True, slots=True)
class PictureSection:
    """Pictures that were made together, with a title and facts about them."""

    key: str
    title: str
    facts: str
    items: tuple[PictureItem, ...]
