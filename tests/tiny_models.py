"""Real diffusers pipelines of a few hundred kilobytes: seeded random weights, real tokenizers.

They draw nothing, yet take every path of the large ones, on a processor, in a fraction of a second.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderKLQwenImage,
    DDIMScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxFillPipeline,
    FluxPipeline,
    FluxTransformer2DModel,
    QwenImagePipeline,
    QwenImageTransformer2DModel,
    SD3Transformer2DModel,
    StableDiffusion3Pipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    StableDiffusionXLInpaintPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
    ZImagePipeline,
    ZImageTransformer2DModel,
)
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    T5Config,
    T5EncoderModel,
)

from tests.tiny_flux2 import flux2
from tests.tiny_parts import VAE_BLOCKS, qwen3
from tests.tiny_tokenizers import clip_tokenizer, qwen_tokenizer, t5_tokenizer

SIZE = 64
"""Width and height in pixels that the tiny models like best; 32 works too."""


def build_tiny(family: str, folder: Path) -> Path:
    """Saves a tiny model as a diffusers folder; the same bytes each time.

    `family` is one of `FAMILIES` or of `FOR_INPAINT`.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        pipeline = (FAMILIES | FOR_INPAINT)[family]()
    pipeline.save_pretrained(folder)
    if family.startswith("sd1"):
        _shorten_scheduler_config(folder / "scheduler" / "scheduler_config.json")
    return folder


def build_tiny_vae(folder: Path, seed: int = 1) -> Path:
    """Saves an autoencoder that fits `sd1` and `sdxl` and differs from theirs."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        _vae(latents=4).save_pretrained(folder)
    return folder


def _shorten_scheduler_config(file: Path) -> None:
    """Leaves what the published file of SD 1.5 says: the rest is up to the scheduler's class."""
    published = {"_class_name", "num_train_timesteps", "clip_sample", "set_alpha_to_one", *_BETAS}
    config = json.loads(file.read_text(encoding="utf-8"))
    kept = {key: value for key, value in config.items() if key in published}
    file.write_text(json.dumps(kept, indent=2), encoding="utf-8")


def _sd1(pipeline: Any = StableDiffusionPipeline, channels: int = 4) -> Any:
    return pipeline(
        text_encoder=_clip(CLIPTextModel, clip_tokenizer()),
        tokenizer=clip_tokenizer(),
        unet=UNet2DConditionModel(**_UNET, in_channels=channels, cross_attention_dim=32),
        vae=_vae(latents=4),
        scheduler=DDIMScheduler(**_BETAS, clip_sample=False, set_alpha_to_one=False),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def _sdxl(pipeline: Any = StableDiffusionXLPipeline, channels: int = 4) -> Any:
    second = clip_tokenizer(pad="!")
    return pipeline(
        text_encoder=_clip(CLIPTextModel, clip_tokenizer()),
        text_encoder_2=_clip(CLIPTextModelWithProjection, second, hidden_act="gelu"),
        tokenizer=clip_tokenizer(),
        tokenizer_2=second,
        unet=UNet2DConditionModel(
            **_UNET,
            in_channels=channels,
            cross_attention_dim=64,
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=32 + 6 * 8,
        ),
        vae=_vae(latents=4),
        scheduler=EulerDiscreteScheduler(**_BETAS),
    )


def _sd3() -> Any:
    return StableDiffusion3Pipeline(
        text_encoder=_clip(CLIPTextModelWithProjection, clip_tokenizer()),
        text_encoder_2=_clip(CLIPTextModelWithProjection, clip_tokenizer(pad="!")),
        text_encoder_3=_t5(),
        tokenizer=clip_tokenizer(),
        tokenizer_2=clip_tokenizer(pad="!"),
        tokenizer_3=t5_tokenizer(),
        transformer=SD3Transformer2DModel(
            sample_size=SIZE // 4,
            patch_size=2,
            in_channels=16,
            out_channels=16,
            num_layers=2,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=64,
            caption_projection_dim=32,
            pooled_projection_dim=64,
            pos_embed_max_size=32,
        ),
        vae=_vae(latents=16, shift=0.06),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
    )


def _flux(pipeline: Any = FluxPipeline, channels: int = 64) -> Any:
    return pipeline(
        text_encoder=_clip(CLIPTextModel, clip_tokenizer()),
        text_encoder_2=_t5(),
        tokenizer=clip_tokenizer(),
        tokenizer_2=t5_tokenizer(),
        transformer=FluxTransformer2DModel(
            in_channels=channels,
            out_channels=64,
            num_layers=2,
            num_single_layers=2,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=64,
            pooled_projection_dim=32,
            guidance_embeds=True,
            axes_dims_rope=(4, 6, 6),
        ),
        vae=_vae(latents=16, shift=0.12),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0, use_dynamic_shifting=True),
    )


def _z_image() -> Any:
    tokenizer = qwen_tokenizer()
    return ZImagePipeline(
        text_encoder=qwen3(tokenizer, layers=3),
        tokenizer=tokenizer,
        transformer=ZImageTransformer2DModel(
            in_channels=16,
            dim=32,
            n_layers=2,
            n_refiner_layers=1,
            n_heads=2,
            n_kv_heads=2,
            cap_feat_dim=32,
            axes_dims=[4, 6, 6],
            axes_lens=[1024, 64, 64],
        ),
        vae=_vae(latents=16, shift=0.12),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
    )


def _qwen_image() -> Any:
    tokenizer = qwen_tokenizer()
    text = {
        "vocab_size": len(tokenizer),
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "max_position_embeddings": 2048,
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "bos_token_id": None,
        "rope_parameters": {
            "rope_type": "default",
            "rope_theta": 10000.0,
            "mrope_section": [2, 3, 3],
        },
    }
    eyes = {"depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2}
    return QwenImagePipeline(
        text_encoder=Qwen2_5_VLForConditionalGeneration(
            Qwen2_5_VLConfig(
                text_config=text, vision_config={**eyes, "out_hidden_size": 32}, **text
            )
        ),
        tokenizer=tokenizer,
        transformer=QwenImageTransformer2DModel(
            in_channels=64,
            out_channels=16,
            num_layers=2,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=32,
            axes_dims_rope=(4, 6, 6),
        ),
        vae=AutoencoderKLQwenImage(base_dim=4, num_res_blocks=1),
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
    )


FAMILIES: dict[str, Callable[[], Any]] = {
    "sd1": _sd1,
    "sdxl": _sdxl,
    "sd3": _sd3,
    "flux": _flux,
    "z-image": _z_image,
    "qwen-image": _qwen_image,
}

FOR_INPAINT: dict[str, Callable[[], Any]] = {
    "sd1-inpaint": lambda: _sd1(StableDiffusionInpaintPipeline, 4 + 1 + 4),
    "sdxl-inpaint": lambda: _sdxl(StableDiffusionXLInpaintPipeline, 4 + 1 + 4),
    "flux-fill": lambda: _flux(FluxFillPipeline, 64 + 64 + _FLUX_MASK),
    "flux2": flux2,
}
"""For inpainting only: models that expect a mask and the latents of what lies around it; FLUX.2."""

_FLUX_MASK = 64
"""Channels: a latent covers 4 × 4 pixels of the tiny VAE and is packed two by two."""

_BETAS: dict[str, Any] = {
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "steps_offset": 1,
}

_UNET: dict[str, Any] = {
    "sample_size": SIZE // 4,
    "block_out_channels": (16, 32),
    "layers_per_block": 1,
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
    "attention_head_dim": 8,
    "norm_num_groups": 8,
}


def _vae(latents: int, shift: float | None = None) -> Any:
    return AutoencoderKL(
        latent_channels=latents,
        **VAE_BLOCKS,
        sample_size=SIZE,
        scaling_factor=0.18,
        shift_factor=shift,
        use_quant_conv=shift is None,
        use_post_quant_conv=shift is None,
    )


def _clip(kind: Callable[[Any], Any], tokenizer: Any, hidden_act: str = "quick_gelu") -> Any:
    return kind(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=4,
            num_attention_heads=2,
            projection_dim=32,
            hidden_act=hidden_act,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def _t5() -> Any:
    return T5EncoderModel(
        T5Config(
            vocab_size=len(t5_tokenizer()),
            d_model=64,
            d_kv=16,
            d_ff=64,
            num_layers=2,
            num_heads=2,
            is_encoder_decoder=False,
        )
    )
