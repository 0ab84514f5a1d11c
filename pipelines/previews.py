"""A rough picture of a latent while it is denoised: one matrix, fitted to the VAE in use."""

from __future__ import annotations

import contextlib
import functools
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from pipelines import atomic
from pipelines.api import Preview

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_SIDE = 512  # pixels; a larger frame costs the pipe more than it shows


class Factors:
    """RGB in -1 to 1 as an affine function of a latent's channels: (channels + 1) × 3."""

    def __init__(self, matrix: torch.Tensor) -> None:
        self.matrix = matrix.float().cpu()

    def apply(self, latents: torch.Tensor) -> torch.Tensor:
        """Latents (n, channels, h, w) as RGB (n, 3, h, w) in -1 to 1."""
        values = latents.float().cpu().movedim(1, -1)
        rgb = values @ self.matrix[:-1] + self.matrix[-1]
        return rgb.movedim(-1, 1).clamp(-1, 1)

    @classmethod
    def fit(cls, latents: torch.Tensor, pictures: torch.Tensor) -> Factors:
        """Least squares of `pictures` (n, 3, H, W; -1 to 1) on `latents` (n, channels, h, w)."""
        small = functional.interpolate(pictures.float().cpu(), latents.shape[-2:], mode="area")
        rows = latents.float().cpu().movedim(1, -1).flatten(0, -2)
        rows = torch.cat([rows, torch.ones(len(rows), 1)], dim=1)
        # A little ridge: a VAE that ignores a channel would make the system singular.
        gram = rows.T @ rows + 1e-4 * len(rows) * torch.eye(rows.shape[1])
        return cls(torch.linalg.solve(gram, rows.T @ small.movedim(1, -1).flatten(0, -2)))


def previews(rgb: torch.Tensor, first_part: int) -> list[Preview]:
    """One Preview for each picture of a batch; larger ones are made smaller."""
    longest = max(rgb.shape[-2:])
    if longest > MAX_SIDE:
        rgb = functional.interpolate(rgb, scale_factor=MAX_SIDE / longest, mode="area")
    bytes_ = ((rgb + 1) * 127.5).round().to(torch.uint8).movedim(1, -1).contiguous()
    height, width = bytes_.shape[1:3]
    return [
        Preview(picture.numpy().tobytes(), width, height, first_part + index)
        for index, picture in enumerate(bytes_)
    ]


# ---- factors of a VAE ---------------------------------------------------------------------------


def calibrate(vae: Any, device: str) -> Factors:
    """Fits the factors of an AutoencoderKL on smooth colours and shapes it encodes and decodes.

    `device` is where it works; it lies elsewhere while its model's parts wait in main memory.
    """
    with torch.no_grad():
        pictures = _calibration_pictures().to(device, vae.dtype)
        raw = torch.cat([vae.encode(one).latent_dist.mode() for one in pictures.split(1)])
        decoded = torch.cat([vae.decode(one, return_dict=False)[0] for one in raw.split(1)])
    shift = vae.config.shift_factor or 0.0
    return Factors.fit((raw - shift) * vae.config.scaling_factor, decoded)


def _calibration_pictures(count: int = 8, side: int = 128) -> torch.Tensor:
    """Pictures (count, 3, side, side) in -1 to 1: soft colour fields with hard-edged patches."""
    generator = torch.Generator().manual_seed(0)
    fields = torch.rand(count, 3, 4, 4, generator=generator) * 2 - 1
    pictures = functional.interpolate(fields, (side, side), mode="bicubic").clamp(-1, 1)
    patches = torch.rand(count, 3, 8, 8, generator=generator) * 2 - 1
    hard = functional.interpolate(patches, (side, side), mode="nearest")
    where = torch.rand(count, 1, 8, 8, generator=generator) < 0.4
    mask = functional.interpolate(where.float(), (side, side), mode="nearest")
    return pictures * (1 - mask) + hard * mask


def stored_factors(cache: Path, vae_hash: str) -> Factors | None:
    """What an earlier run fitted for the VAE of this hash; None if there is nothing usable."""
    try:
        return Factors(torch.tensor(json.loads(cache.read_text(encoding="utf-8"))[vae_hash]))
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None


def keep_factors(cache: Path, vae_hash: str, factors: Factors) -> None:
    """Adds the factors to the cache; a cache that cannot be written only costs time."""
    try:
        found = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    known = found if isinstance(found, dict) else {}
    with contextlib.suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_json(cache, {**known, vae_hash: factors.matrix.tolist()})


# ---- what the model believes the picture will be -------------------------------------------


class Estimate:
    """The latest estimate of the finished latents, as the model's own space has them."""

    def __init__(self) -> None:
        self.latents: torch.Tensor | None = None


@contextmanager
def watch(scheduler: Any) -> Iterator[Estimate]:
    """Keeps the clean latents that each step of `scheduler` estimates; the noisy ones show little.

    `scheduler.step` is wrapped on this one object while the context lasts.
    """
    estimate = Estimate()
    original = scheduler.step

    @functools.wraps(original)  # pipelines look at its signature for `generator` and `eta`
    def step(output: Any, timestep: Any, sample: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(output, timestep, sample, *args, **kwargs)
        estimate.latents = _clean(scheduler, output, sample, result)
        return result

    scheduler.step = step
    try:
        yield estimate
    finally:
        del scheduler.step


def _clean(scheduler: Any, output: Any, sample: Any, result: Any) -> Any:
    if isinstance(result, tuple) and len(result) > 1:
        return result[1]  # DDIM, Euler, Heun, LCM … hand it out
    config = scheduler.config
    solver = str(config.get("algorithm_type", "")).endswith("dpmsolver++")
    outputs = getattr(scheduler, "model_outputs", None)
    if outputs and (solver or config.get("predict_x0")):
        return outputs[-1]  # these solvers turn the model's output into it first
    if "FlowMatch" in type(scheduler).__name__:
        sigma = scheduler.sigmas[max((scheduler.step_index or 1) - 1, 0)]
        return sample - sigma.to(sample.device) * output  # x_t = (1 - sigma) x_0 + sigma noise
    return None
