from __future__ import annotations

from studio.widgets.grid_plan import HEADING, SPACE, moved, plan
from studio.widgets.picture_item import PictureItem, PictureSection


def section(key: str, *sizes: tuple[int, int]) -> PictureSection:
    items = tuple(
        PictureItem(f"{key}/{index}", width, height, "a picture")
        for index, (width, height) in enumerate(sizes)
    )
    return PictureSection(key, key, "", items)


def test_the_first_section_has_its_heading_elsewhere() -> None:
    laid = plan([section("a", (2, 1), (2, 1)), section("b", (1, 1))], 800, 400)
    assert list(laid.headings) == ["b"]
    assert laid.tops == {"a": 0, "b": laid.cells["a/0"].height + SPACE}
    assert laid.cells["b/0"].top == laid.tops["b"] + HEADING


def test_a_picture_of_another_shape_keeps_its_aspect() -> None:
    box = plan([section("a", (2, 1), (1, 2))], 800, 400).cells["a/1"]
    assert box.height / box.width == 2


def test_movements_go_by_rows_and_stop_at_the_ends() -> None:
    cells = plan([section("a", (1, 1), (1, 1)), section("b", (1, 1))], 400, 900).cells
    keys = list(cells)
    assert moved(cells, keys, "a/1", "down") == "b/0"
    assert moved(cells, keys, "b/0", "down") == "b/0"
    assert moved(cells, keys, "b/0", "up") == "a/1"
    assert moved(cells, keys, "a/0", "left") == "a/0"
    assert moved(cells, keys, "", "right") == "a/0"
    assert moved(cells, [], "", "end") == ""
