"""The starter's networks in ncnn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipelines.api import JobCancelled
from pipelines.enlarge.ncnn_network import NcnnNetwork
from pipelines.model_search import unchecked
from tests.requirements import real_starter
from tests.scripted_context import ScriptedContext


def network(name: str, scale: int) -> NcnnNetwork:
    return NcnnNetwork(real_starter("real-esrgan") / f"{name}.param", scale, "cpu")


def picture(width: int, height: int) -> np.ndarray:
    image = Image.new("RGB", (width, height), (40, 90, 160))
    image.paste((230, 200, 40), (width // 3, height // 4, 2 * width // 3, height))
    pixels: np.ndarray = np.array(image)
    return pixels


@pytest.mark.parametrize(
    ("name", "scale"),
    [
        ("realesr-animevideov3-x2", 2),
        ("realesr-animevideov3-x3", 3),
        ("realesr-animevideov3-x4", 4),
        ("realesrgan-x4plus-anime", 4),
    ],
)
def test_it_enlarges_what_is_there(name: str, scale: int) -> None:
    small = picture(36, 28)
    made = network(name, scale).enlarge(small, unchecked)
    assert made.shape == (28 * scale, 36 * scale, 3)
    back = np.asarray(Image.fromarray(made).resize((36, 28), Image.Resampling.BOX)).astype(int)
    assert np.abs(back - small).mean() < 6, "with a lost array it is garbage"
    np.testing.assert_array_equal(made, network(name, scale).enlarge(small, unchecked))


def test_cancel_within_a_tile(tmp_path: Path) -> None:
    check = ScriptedContext(tmp_path, cancel_at=5).check
    with pytest.raises(JobCancelled):
        network("realesrgan-x4plus-anime", 4).enlarge(picture(24, 24), check)


def test_tiles_are_as_large_as_memory_allows() -> None:
    assert network("realesr-animevideov3-x2", 2).side == 1024  # all its layers are small
    assert network("realesrgan-x4plus-anime", 4).side == 256
