"""Rows of pictures that end at the same edge."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.widgets.grid_plan import Box
from studio.widgets.justified_rows import GAP, JustifiedRows, fitted

ASPECTS = st.lists(st.floats(0.05, 20), max_size=60)


@given(ASPECTS, st.integers(200, 2000), st.integers(80, 320))
def test_every_picture_is_in_one_row_in_order_and_no_two_touch(
    aspects: list[float], width: int, wanted: int
) -> None:
    rows = JustifiedRows(aspects, width, wanted)
    cells = rows.between(-1, rows.height + 1)
    assert [index for index, _ in cells] == list(range(len(aspects)))
    for index, box in cells:
        assert box == rows.box(index)
        assert box.left >= 0
        assert box.left + box.width <= width
    below = 0.0
    for row in range(len(rows)):
        boxes = [box for _, box in rows.row(row)]
        assert min(box.top for box in boxes) >= below
        below = max(box.top + box.height for box in boxes)
        for left, right in itertools.pairwise(boxes):
            assert left.left + left.width < right.left


def test_full_rows_are_flush_and_keep_the_shapes() -> None:
    aspects = [1.5, 0.7, 1.0, 1.75, 1.5, 0.7, 1.0, 1.3, 0.8]
    rows = JustifiedRows(aspects, 900, 150)
    assert len(rows) > 1
    for row in range(len(rows) - 1):
        cells = rows.row(row)
        assert cells[0][1].left == 0
        assert cells[-1][1].left + cells[-1][1].width == 900
        for index, box in cells:
            assert box.width / box.height == pytest.approx(aspects[index], rel=0.03)
            assert 150 * 0.5 < box.height <= 150 * 1.15 + 1
    assert rows.row(len(rows) - 1)[0][1].height <= 151


def test_a_panorama_is_whole_in_its_cell() -> None:
    rows = JustifiedRows([20.0, 1.0], 800, 100)
    box = rows.box(0)
    assert box.width / box.height == pytest.approx(20, rel=0.05)


def test_the_row_at_a_height() -> None:
    rows = JustifiedRows([1.0] * 12, 4 * 100 + 3 * GAP, 100)
    assert [rows.row_of(index) for index in (0, 3, 4, 11)] == [0, 0, 1, 2]
    assert [rows.row_at(y) for y in (-5, 0, 111, 112, 9999)] == [0, 0, 0, 1, 2]
    assert rows.between(0, 0) == []
    assert JustifiedRows([], 100, 100).between(0, 50) == []
    assert JustifiedRows([], 100, 100).height == 0


def test_up_and_down_lead_to_the_nearest() -> None:
    rows = JustifiedRows([1.0] * 10, 4 * 100 + 3 * GAP, 100)
    assert rows.above_or_below(1, 1) == 5
    assert rows.above_or_below(5, -1) == 1
    assert rows.above_or_below(7, 1) == 9  # the last row is short
    assert rows.above_or_below(1, -1) == 1
    assert rows.above_or_below(1, 99) == 9


def test_fitted() -> None:
    assert fitted(Box(0, 0, 100, 100), 1.01) == Box(0, 0, 100, 100)
    assert fitted(Box(0, 0, 100, 100), 2.0) == Box(0, 25, 100, 50)
    assert fitted(Box(0, 0, 100, 100), 0.5) == Box(25, 0, 50, 100)
