from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.widgets.grid_layout import GAP, SMALLEST, arrange


def test_four_wide_pictures_stand_two_by_two_and_flush() -> None:
    cells = arrange(4, 1344 / 768, 926, 560)
    assert cells.columns == 2
    left, top, width, height = cells.rectangle(3)
    assert left + width == pytest.approx(926)
    assert height == pytest.approx(width * 768 / 1344)
    assert top == pytest.approx(height + GAP)


def test_four_squares_stand_in_the_row_that_fits() -> None:
    assert arrange(4, 1, 926, 560).columns == 4


def test_one_high_picture_ends_at_the_foot() -> None:
    cells = arrange(1, 9 / 16, 926, 560)
    assert cells.height == pytest.approx(560)
    assert cells.width == pytest.approx(315)


def test_many_pictures_scroll_rather_than_vanish() -> None:
    cells = arrange(200, 1, 500, 300)
    assert cells.width >= SMALLEST
    assert cells.total_height > 300


@given(
    st.integers(1, 60),
    st.floats(0.3, 3.5),
    st.floats(100, 2500),
    st.floats(100, 1500),
)
def test_cells_never_overlap_and_stay_inside(
    count: int, aspect: float, width: float, height: float
) -> None:
    cells = arrange(count, aspect, width, height)
    assert cells.width / cells.height == pytest.approx(aspect)
    for index in range(count):
        left, top, wide, high = cells.rectangle(index)
        assert left + wide <= width + 0.01
        assert top + high <= cells.total_height + 0.01
