"""Tiles of any network meet without a seam, at any final size."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from pipelines.enlarge.network import CONTEXT, side_of
from pipelines.enlarge.tiles import enlarge, spans
from pipelines.model_search import unchecked


class Doubling:
    """Lanczos in place of a network: it depends on its surroundings as one does."""

    device = "CPU"

    def __init__(self, side: int, scale: int = 2) -> None:
        self.side, self.scale = side, scale
        self.sizes: list[tuple[int, int]] = []

    def enlarge(self, pixels: np.ndarray, check: Callable[[], None]) -> np.ndarray:
        check()
        height, width = pixels.shape[:2]
        self.sizes.append((width, height))
        size = (width * self.scale, height * self.scale)
        made: np.ndarray = np.asarray(
            Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS)
        )
        return made


def photo(width: int, height: int) -> Image.Image:
    noise = np.random.default_rng(4).normal(0, 25, (height, width, 3))
    shade = np.linspace(30, 220, width)[None, :, None] + noise
    return Image.fromarray(shade.clip(0, 255).astype(np.uint8))


def both(image: Image.Image, size: tuple[int, int], side: int) -> tuple[np.ndarray, np.ndarray]:
    whole, tiled = (
        enlarge(image, size, Doubling(each), unchecked, lambda *_at: None) for each in (9999, side)
    )
    assert whole.size == tiled.size == size
    return np.asarray(whole).astype(int), np.asarray(tiled).astype(int)


@pytest.mark.parametrize("size", [(400, 300), (333, 251), (150, 100), (601, 450)])
def test_tiled_is_the_whole(size: tuple[int, int]) -> None:
    whole, tiled = both(photo(200, 150), size, 100)
    difference = np.abs(whole - tiled)
    # Pillow resamples rows or columns first, whichever is less work, and rounds in between.
    assert difference.mean() < 0.1
    assert difference.max() <= 8


def test_no_tile_is_larger_than_the_network_takes() -> None:
    network = Doubling(90)
    told: list[tuple[int, int]] = []
    image = photo(301, 77)
    enlarge(image, (602, 154), network, unchecked, lambda *at: told.append(at))
    assert max(max(size) for size in network.sizes) <= 90
    assert told == [(i + 1, len(network.sizes)) for i in range(len(network.sizes))]


@pytest.mark.parametrize(("size", "target"), [((1, 1), (4, 4)), ((2000, 5), (4000, 10))])
def test_dots_and_strips(size: tuple[int, int], target: tuple[int, int]) -> None:
    found = enlarge(photo(*size), target, Doubling(256), unchecked, lambda *_at: None)
    assert found.size == target


@pytest.mark.parametrize("length", [1, 99, 100, 101, 1000])
def test_spans_cover_everything_and_overlap(length: int) -> None:
    found = spans(length, 3 * length, 100)
    assert found[0].write[0] == 0
    assert found[-1].write[1] == 3 * length
    for one, other in pairwise(found):
        assert other.write[0] < one.write[1] == other.write[0] + other.ramp
        assert one.read[1] >= one.write[1] / 3 + CONTEXT or one.read[1] == length


def test_the_side_follows_from_the_memory() -> None:
    assert side_of(64, 1) == 1024
    assert side_of(64, 4) == 256
