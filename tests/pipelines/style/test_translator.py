"""A generator takes pictures of any size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from pipelines.api import JobCancelled, PipelineError
from pipelines.devices import Device
from pipelines.model_search import unchecked
from pipelines.networks.weights import open_weights
from pipelines.style.translator import Translator
from tests.requirements import real_starter
from tests.scripted_context import ScriptedContext
from tests.tiny_gans import ResnetGenerator, UnetGenerator, instance, save, seeded

CPU = Device("cpu", "CPU")


def nobody(*_args: Any) -> None: ...


@pytest.fixture
def tiny(tmp_path: Path) -> Translator:
    path = save(seeded(ResnetGenerator(instance(True))), tmp_path / "tiny.safetensors")
    return Translator(open_weights(path, nobody), path, CPU)


@pytest.mark.parametrize("size", [(1, 1), (17, 33), (2000, 5), (3, 300), (64, 64)])
def test_any_size(tiny: Translator, size: tuple[int, int], tmp_path: Path) -> None:
    image = Image.effect_noise(size, 80).convert("RGB")
    whole = tiny.translate(image, tmp_path, unchecked, nobody)
    bands = tiny.translate(image, tmp_path, unchecked, nobody, whole_pixels=0)
    assert whole.size == bands.size == size
    if size != (1, 1):  # of a single colour a norm makes noise
        assert np.abs(np.asarray(whole).astype(int) - np.asarray(bands)).max() <= 2
    assert whole.tobytes() == tiny.translate(image, tmp_path, unchecked, nobody).tobytes()


def test_a_u_net_of_more_than_the_picture(tmp_path: Path) -> None:
    path = save(seeded(UnetGenerator(instance(True), levels=6)), tmp_path / "u.safetensors")
    found = Translator(open_weights(path, nobody), path, CPU).translate(
        Image.new("RGB", (30, 70), "red"), tmp_path, unchecked, nobody
    )
    assert found.size == (30, 70)


def test_cancel_within_the_network(tiny: Translator, tmp_path: Path) -> None:
    check = ScriptedContext(tmp_path, cancel_at=5).check
    with pytest.raises(JobCancelled):
        tiny.translate(Image.new("RGB", (64, 64)), tmp_path, check, nobody)
    assert tiny.translate(Image.new("RGB", (8, 8)), tmp_path, unchecked, nobody).size == (8, 8)


def test_weights_that_do_not_fit_together(tmp_path: Path) -> None:
    state = dict(ResnetGenerator(instance(True)).state_dict())
    state["model.4.weight"] = torch.zeros(8, 5, 3, 3)
    path = tmp_path / "odd.safetensors"
    save_file(state, path)
    with pytest.raises(PipelineError) as caught:
        Translator(open_weights(path, nobody), path, CPU)
    assert caught.value.code == "not_a_model"


@pytest.mark.slow
def test_the_real_network_in_bands_shows_no_seam(tmp_path: Path) -> None:
    """Against the whole: mean ≤ 2 of 255, and at no row more than the picture's own gradients."""
    path = real_starter("vintage") / "vintage.safetensors"
    network = Translator(open_weights(path, nobody), path, CPU)
    noise = np.random.default_rng(5).normal(0, 12, (288, 320, 3))
    shade = np.linspace(20, 230, 288)[:, None, None] + noise
    shade[:140, 100:260] = (60, 90, 200)
    image = Image.fromarray(shade.clip(0, 255).astype(np.uint8))
    whole = np.asarray(network.translate(image, tmp_path, unchecked, nobody)).astype(int)
    found = np.asarray(
        network.translate(image, tmp_path, unchecked, nobody, whole_pixels=0)
    ).astype(int)
    assert np.abs(found - whole).mean() <= 0.2
    rows = [np.abs(np.diff(each, axis=0)).mean((1, 2)) for each in (whole, found)]
    assert (rows[1] - rows[0]).max() < 0.5
    assert np.abs(whole - np.asarray(image)).mean() > 5, "it does change the picture"
