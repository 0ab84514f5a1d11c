"""A picture that is too large for one piece comes out as if it had been one."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from torch import nn

from pipelines.api import JobCancelled, PipelineError
from pipelines.networks import bands
from pipelines.networks.bands import run_in_bands, to_pixels, to_tensor
from pipelines.networks.generators import build_generator
from pipelines.networks.recognition import recognise
from tests.pipelines.networks.test_generators import GENERATORS
from tests.tiny_gans import ResnetGenerator, instance, seeded

if TYPE_CHECKING:
    from pipelines.networks.layers import LayeredNetwork


def nobody(done: int, total: int) -> None: ...


def build(made: nn.Module) -> LayeredNetwork:
    state = seeded(made).state_dict()
    spec = recognise({name: tuple(value.shape) for name, value in state.items()})
    assert spec is not None
    return build_generator(spec, state)


def uneven_picture(height: int, width: int) -> np.ndarray:
    """Dark and flat at the top, bright and noisy below: no part is like the whole."""
    noise = np.random.default_rng(3).integers(0, 120, (height, width, 3))
    ramp = np.linspace(0, 1, height)[:, None, None]
    pixels: np.ndarray = (ramp * (135 + noise)).astype(np.uint8)
    return pixels


@pytest.mark.parametrize("name", GENERATORS)
def test_bands_equal_the_whole(name: str, tmp_path: Path) -> None:
    network, pixels = build(GENERATORS[name]()), uneven_picture(96, 80)
    with torch.inference_mode():
        whole = to_pixels(network(to_tensor(pixels, "cpu")))
        found = run_in_bands(network, pixels, tmp_path, "cpu", nobody, band_values=4000)
        halves = [to_pixels(network(to_tensor(half, "cpu"))) for half in np.split(pixels, 2)]
    difference = np.abs(found.astype(int) - whole)
    assert difference.mean() < 0.3
    assert difference.max() <= 6, "no seam"
    if "batch" not in name:
        apart = np.abs(np.concatenate(halves).astype(int) - whole).mean()
        assert apart > 10 * difference.mean(), "plain tiles would show"
    assert list(tmp_path.iterdir()) == []


def test_progress_only_grows_and_ends_at_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    network = build(ResnetGenerator(instance(True)))
    with torch.inference_mode():
        run_in_bands(
            network, uneven_picture(64, 32), tmp_path, "cpu", lambda *at: told.append(at), 1000
        )
    assert len(told) > 3 * len(network.layers)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_cancel_between_bands_leaves_nothing(tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        if 2 * done > total:
            raise JobCancelled

    network = build(ResnetGenerator(instance(True)))
    with torch.inference_mode(), pytest.raises(JobCancelled):
        run_in_bands(network, uneven_picture(64, 32), tmp_path, "cpu", cancel)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(self: object, top: int, rows: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bands._Map, "write", write)
    network = build(ResnetGenerator(instance(True)))
    with torch.inference_mode(), pytest.raises(PipelineError) as caught:
        run_in_bands(network, uneven_picture(32, 32), tmp_path, "cpu", nobody)
    assert caught.value.code == "disk_full"
