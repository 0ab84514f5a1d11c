"""The painting styles of the starter set."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pipelines.api import JobCancelled, PipelineError
from pipelines.enhance_requests import StyleShare
from pipelines.model_search import unchecked
from pipelines.style.painting import PaintingStyles, mixture
from tests.requirements import real_starter


def nobody(*_args: Any) -> None: ...


@pytest.fixture(scope="module")
def styles() -> PaintingStyles:
    return PaintingStyles(real_starter("painting-styles"))


@pytest.fixture
def picture() -> Image.Image:
    shade = np.linspace(0, 255, 96)[None, :, None].repeat(64, 0).repeat(3, 2)
    shade[20:44, 30:60] = (220, 60, 40)
    return Image.fromarray(shade.astype(np.uint8))


def distance(one: Image.Image, other: Image.Image) -> float:
    return float(np.abs(np.asarray(one).astype(int) - np.asarray(other)).mean())


def test_a_mixture_lies_between_its_styles(styles: PaintingStyles, picture: Image.Image) -> None:
    def made(*shares: StyleShare) -> Image.Image:
        return styles.built_in(picture, shares, unchecked, nobody)

    one, other = made(StyleShare(3)), made(StyleShare(9))
    mixed = made(StyleShare(3, 3), StyleShare(9, 1))
    assert distance(one, other) > 10
    assert 1 < distance(mixed, one) < distance(mixed, other)
    assert made(StyleShare(3)).tobytes() == one.tobytes()


def test_the_style_of_a_picture_and_how_much_of_it(
    styles: PaintingStyles, picture: Image.Image
) -> None:
    painting = Image.effect_noise((90, 120), 100).convert("RGB")
    painting.paste((250, 180, 20), (0, 0, 90, 60))
    full, half, none = (
        styles.like(picture, painting, strength, unchecked, nobody) for strength in (1, 0.5, 0)
    )
    assert full.size == picture.size
    assert distance(full, half) < distance(full, none)
    assert distance(none, picture) < distance(full, picture)


@pytest.mark.parametrize("size", [(1, 1), (700, 3), (1030, 1031)])
def test_any_size(styles: PaintingStyles, size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, (90, 120, 30))
    assert styles.like(image, image, 1, unchecked, nobody).size == size
    if max(size) < 1000:
        assert styles.built_in(image, [StyleShare(1)], unchecked, nobody).size == size


def test_cancel_ends_a_run_in_the_middle(styles: PaintingStyles) -> None:
    image = Image.effect_noise((800, 800), 80).convert("RGB")
    asked: list[float] = []

    def check() -> None:
        asked.append(time.monotonic())
        if len(asked) == 2:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        styles.built_in(image, [StyleShare(1)], check, nobody)
    assert time.monotonic() - asked[-1] < 2
    assert not any(thread.name == "onnxruntime" for thread in threading.enumerate())


@pytest.mark.parametrize(
    "share", [StyleShare(0), StyleShare(27), StyleShare(3, 0), StyleShare(3, -1)]
)
def test_styles_that_do_not_exist(share: StyleShare) -> None:
    with pytest.raises(PipelineError) as caught:
        mixture([share])
    assert caught.value.code == "bad_style"


def test_a_folder_without_the_networks(tmp_path: Path, picture: Image.Image) -> None:
    with pytest.raises(PipelineError, match=r"Install painting-styles|no network") as caught:
        PaintingStyles(tmp_path).built_in(picture, [StyleShare(1)], unchecked, nobody)
    assert caught.value.code == "not_found"
