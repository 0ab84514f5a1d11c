from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pipelines.inpaint.masks import compositing_mask, denoising_mask

if TYPE_CHECKING:
    from pipelines.inpaint.arrays import Floats, Grey

masks = hnp.arrays(
    np.uint8,
    hnp.array_shapes(min_dims=2, max_dims=2, max_side=24),
    elements=st.sampled_from([0, 0, 90, 255]),
)


def disc(side: int = 61, radius: int = 20) -> np.ndarray:
    line: Floats = np.arange(side) - side // 2
    inside: np.ndarray = line[:, None] ** 2 + line**2 <= radius**2
    return (inside * 255).astype(np.uint8)


@settings(max_examples=60)
@given(masks, st.integers(0, 30))
def test_nothing_shows_where_nothing_was_painted(painted: np.ndarray, feather: int) -> None:
    alpha = compositing_mask(painted, feather, 0)
    assert (alpha <= painted).all()
    if painted.max() == 255 and not feather:
        assert (alpha == painted).all()


@settings(max_examples=60)
@given(masks, st.integers(0, 9), st.integers(0, 9))
def test_the_model_may_work_on_all_that_was_painted(
    painted: np.ndarray, grow: int, blur: int
) -> None:
    free = denoising_mask(painted, grow, blur, graded=False)
    assert (free[painted > 0] == 1).all()
    assert 0 <= free.min() <= free.max() <= 1


def test_a_feather_fades_inward() -> None:
    alpha = compositing_mask(disc(), 8, 0)
    row = alpha[30, 30:].astype(int)
    assert row[0] == 255
    assert 0 < row[20] < 30
    assert row[21:].max() == 0
    assert (np.diff(row) <= 0).all()


def test_what_is_narrow_is_whole_in_its_middle() -> None:
    line: Grey = np.zeros((20, 40), np.uint8)
    line[8:13] = 255
    assert compositing_mask(line, 30, 0)[10].min() == 255
    dot: Grey = np.zeros((9, 9), np.uint8)
    dot[4, 4] = 255
    assert compositing_mask(dot, 8, 0)[4, 4] == 255


def test_the_edge_of_the_picture_is_no_edge() -> None:
    half: Grey = np.zeros((20, 40), np.uint8)
    half[:, :20] = 255
    alpha = compositing_mask(half, 6, 0)
    assert alpha[:, 0].min() == 255
    assert (compositing_mask(np.full((5, 5), 255, np.uint8), 6, 0) == 255).all()


def test_softening_fades_outward() -> None:
    alpha = compositing_mask(disc(), 0, 5)
    assert (alpha[disc() > 0] == 255).all()
    row = alpha[30, 50:].astype(int)
    assert 0 < row[1] < 255
    assert row[6:].max() == 0


def test_the_model_works_beyond_the_mask_and_ends_softly() -> None:
    row = denoising_mask(disc(), 3, 4, graded=False)[30, 50:]
    assert (row[:4] == 1).all()
    assert 0 < row[5] < 1
    assert row[8:].max() == 0


def test_grey_stays_grey_where_it_is_graded() -> None:
    painted: Grey = np.full((4, 4), 51, np.uint8)
    assert np.allclose(denoising_mask(painted, 2, 2, graded=True), 0.2)
    assert (denoising_mask(painted, 2, 2, graded=False) == 1).all()
