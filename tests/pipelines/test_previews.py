"""Fitting, keeping and using the matrix that makes previews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import diffusers
import pytest
import torch

from pipelines.previews import (
    MAX_SIDE,
    Factors,
    calibrate,
    keep_factors,
    previews,
    stored_factors,
    watch,
)
from pipelines.schedulers import make_scheduler


def noise(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def test_fit_finds_the_matrix_that_made_the_pictures() -> None:
    matrix = torch.tensor([[0.2, 0.0, 0.1], [0.0, -0.1, 0.1], [0.05, 0.1, 0.0], [0.1, 0.2, -0.3]])
    latents = noise(4, 3, 8, 8).clamp(-2, 2)
    small = Factors(matrix).apply(latents)
    pictures = small.repeat_interleave(8, -1).repeat_interleave(8, -2)
    assert torch.allclose(Factors.fit(latents, pictures).matrix, matrix, atol=1e-3)


def test_a_channel_that_is_never_used_does_no_harm() -> None:
    latents = noise(2, 4, 8, 8)
    latents[:, 3] = 0
    factors = Factors.fit(latents, noise(2, 3, 64, 64, seed=1))
    assert torch.isfinite(factors.matrix).all()


def test_colours_stay_within_a_byte() -> None:
    (preview,) = previews(Factors(torch.full((2, 3), 9.0)).apply(torch.ones(1, 1, 2, 3)), 5)
    assert (preview.width, preview.height, preview.part) == (3, 2, 5)
    assert preview.rgb == b"\xff" * 18
    dark = previews(torch.full((2, 3, 2, 2), -1.0), 0)
    assert [p.part for p in dark] == [0, 1]
    assert dark[0].rgb == bytes(12)


def test_large_ones_are_made_smaller() -> None:
    (preview,) = previews(torch.zeros(1, 3, 300, 1200), 0)
    assert (preview.width, preview.height) == (MAX_SIDE, MAX_SIDE // 4)
    assert len(preview.rgb) == preview.width * preview.height * 3


def test_factors_are_found_again_by_their_vae(tmp_path: Path) -> None:
    cache = tmp_path / "new" / "previews.json"
    one, other = Factors(noise(5, 3)), Factors(noise(17, 3, seed=1))
    keep_factors(cache, "one", one)
    keep_factors(cache, "other", other)
    for name, factors in (("one", one), ("other", other)):
        found = stored_factors(cache, name)
        assert found is not None
        assert torch.allclose(found.matrix, factors.matrix)
    assert stored_factors(cache, "third") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"one": "x"}', '{"one": [[1], [2, 3]]}'])
def test_a_damaged_cache_is_no_cache(tmp_path: Path, text: str) -> None:
    cache = tmp_path / "previews.json"
    cache.write_text(text, encoding="utf-8")
    assert stored_factors(cache, "one") is None
    keep_factors(cache, "one", Factors(noise(5, 3)))
    assert stored_factors(cache, "one") is not None


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keep_factors(tmp_path / "file" / "previews.json", "one", Factors(noise(5, 3)))
    assert json.loads((tmp_path / "file").read_text() or "{}") == {}


def first_estimate(scheduler: Any, clean: torch.Tensor, epsilon: torch.Tensor) -> torch.Tensor:
    """What `watch` sees when the model knows the noise exactly."""
    scheduler.set_timesteps(10)
    timestep = scheduler.timesteps[0]
    if "FlowMatch" in type(scheduler).__name__:
        sigma = scheduler.sigmas[0]
        sample, output = (1 - sigma) * clean + sigma * epsilon, epsilon - clean
    else:
        sample, output = scheduler.add_noise(clean, epsilon, timestep[None]), epsilon
        if hasattr(scheduler, "scale_model_input"):
            scheduler.scale_model_input(sample, timestep)
    with watch(scheduler) as estimate:
        scheduler.step(output, timestep, sample, return_dict=False)
    assert estimate.latents is not None
    return estimate.latents


@pytest.mark.parametrize("name", ["DDIM", "Euler", "Euler a", "DPM++ 2M", "DPM++ SDE", "UniPC"])
def test_the_estimate_is_the_finished_picture(name: str) -> None:
    model = diffusers.DDIMScheduler.from_config(
        {"beta_schedule": "scaled_linear", "clip_sample": False}
    )
    scheduler = make_scheduler(name, model.config, flow=False)
    clean, epsilon = noise(1, 4, 8, 8), noise(1, 4, 8, 8, seed=1)
    assert torch.allclose(first_estimate(scheduler, clean, epsilon), clean, atol=1e-3)


def test_so_it_is_for_flow_matching() -> None:
    scheduler = diffusers.FlowMatchEulerDiscreteScheduler()
    clean, epsilon = noise(1, 4, 8, 8), noise(1, 4, 8, 8, seed=1)
    assert torch.allclose(first_estimate(scheduler, clean, epsilon), clean, atol=1e-4)


def test_the_scheduler_is_as_before_even_after_an_error() -> None:
    scheduler = diffusers.DDIMScheduler()
    scheduler.set_timesteps(2)
    own = scheduler.step
    with pytest.raises(TypeError), watch(scheduler):
        scheduler.step(None, scheduler.timesteps[0], None)
    assert scheduler.step == own


class Elsewhere:
    """A VAE that lies on another device than it works on, as an offloaded one does."""

    device = torch.device("meta")

    def __init__(self, vae: Any) -> None:
        self.encode, self.decode, self.config, self.dtype = (
            vae.encode, vae.decode, vae.config, vae.dtype,
        )  # fmt: skip


def test_a_vae_is_calibrated_where_it_works() -> None:
    vae = diffusers.AutoencoderKL(block_out_channels=(32,), norm_num_groups=8)
    assert torch.isfinite(calibrate(Elsewhere(vae), "cpu").matrix).all()
