"""A tiny real FLUX.2 klein, which diffusers gives parts of its own."""

from __future__ import annotations

from typing import Any

from diffusers import (
    AutoencoderKLFlux2,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    Flux2Transformer2DModel,
)

from tests.tiny_parts import QWEN3_WIDTH, VAE_BLOCKS, qwen3
from tests.tiny_tokenizers import qwen_tokenizer

LAYERS = 28
"""The pipeline hands the 9th, 18th and 27th layer of its text encoder to the transformer."""


def flux2() -> Any:
    tokenizer = qwen_tokenizer()
    return Flux2KleinPipeline(
        text_encoder=qwen3(tokenizer, LAYERS),
        tokenizer=tokenizer,
        transformer=Flux2Transformer2DModel(
            in_channels=32,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=3 * QWEN3_WIDTH,
            timestep_guidance_channels=32,
            axes_dims_rope=(4, 4, 4, 4),
            guidance_embeds=False,
        ),
        vae=AutoencoderKLFlux2(latent_channels=8, **VAE_BLOCKS),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0, use_dynamic_shifting=True),
        is_distilled=True,
    )
