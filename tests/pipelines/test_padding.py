from __future__ import annotations

import numpy as np
import pytest

from pipelines.padding import mirrored


@pytest.mark.parametrize(
    ("size", "grown"), [((1, 1), (16, 16)), ((16, 20), (16, 20)), ((50, 3), (52, 16))]
)
def test_sides_become_multiples(size: tuple[int, int], grown: tuple[int, int]) -> None:
    pixels: np.ndarray = np.arange(size[0] * size[1] * 3, dtype=np.uint8).reshape(*size, 3)
    found = mirrored(pixels, 4, 16)
    assert found.shape == (*grown, 3)
    np.testing.assert_array_equal(found[: size[0], : size[1]], pixels)


def test_what_is_added_mirrors_the_edge() -> None:
    pixels: np.ndarray = np.arange(3, dtype=np.uint8)[:, None, None].repeat(4, 1).repeat(3, 2)
    assert mirrored(pixels, 4)[:, 0, 0].tolist() == [0, 1, 2, 1]
