from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch
from diffusers.image_processor import VaeImageProcessor

from pipelines.inpaint.latent_mask import LatentMask


def a_pipe(result: object) -> SimpleNamespace:
    return SimpleNamespace(
        mask_processor=VaeImageProcessor(do_binarize=True), prepare_mask_latents=lambda: result
    )


@pytest.mark.parametrize("with_latents", [True, False])
def test_a_pixel_joins_in_at_the_share_of_steps_that_its_mask_lacks(with_latents: bool) -> None:
    mask = torch.tensor([[0.0, 0.25, 0.5, 0.9995]])
    pipe = a_pipe((mask, torch.zeros(1)) if with_latents else mask)
    latent_mask = LatentMask(pipe, differential=True)
    pipe.prepare_mask_latents()
    seen = [mask.tolist()[0]]  # the loop's own tensor is changed
    for step in range(1, 4):
        latent_mask.after_step(step, 4)
        seen.append(mask.tolist()[0])
    assert seen == [[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 1, 1]]


def test_without_it_the_mask_stays_soft() -> None:
    mask = torch.tensor([[0.0, 0.25, 1.0]])
    pipe = a_pipe(mask)
    latent_mask = LatentMask(pipe, differential=False)
    pipe.prepare_mask_latents()
    latent_mask.after_step(1, 4)
    assert mask.tolist() == [[0.0, 0.25, 1.0]]
    assert not pipe.mask_processor.config.do_binarize
