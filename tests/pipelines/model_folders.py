"""Writes folders in diffusers' layout: real configurations over weights of zero."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.pipelines.header_files import write_safetensors

UNET: dict[str, Any] = {"in_channels": 4, "sample_size": 64, "cross_attention_dim": 768}
VAE: dict[str, Any] = {"block_out_channels": [128, 256, 512, 512]}


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


def write_model(
    folder: Path,
    class_name: str = "StableDiffusionPipeline",
    *,
    unet: dict[str, Any] | None = None,
    transformer: dict[str, Any] | None = None,
    index: dict[str, Any] | None = None,
) -> Path:
    """A complete model with a U-Net, or with a transformer where its configuration is given."""
    denoiser = "unet" if transformer is None else "transformer"
    config = {**UNET, **(unet or {})} if transformer is None else transformer
    write_json(
        folder / "model_index.json",
        {
            "_class_name": class_name,
            "_diffusers_version": "0.42.1",
            "requires_safety_checker": False,
            "safety_checker": ["stable_diffusion", "StableDiffusionSafetyChecker"],
            "feature_extractor": [None, None],
            "scheduler": ["diffusers", "DDIMScheduler"],
            "text_encoder": ["transformers", "CLIPTextModel"],
            "tokenizer": ["transformers", "CLIPTokenizer"],
            denoiser: ["diffusers", "Denoiser"],
            "vae": ["diffusers", "AutoencoderKL"],
            **(index or {}),
        },
    )
    write_json(folder / "scheduler" / "scheduler_config.json", {})
    write_json(folder / "tokenizer" / "tokenizer_config.json", {"model_max_length": 77})
    write_json(folder / "tokenizer" / "vocab.json", {})
    write_json(folder / denoiser / "config.json", config)
    write_json(folder / "vae" / "config.json", VAE)
    write_json(folder / "text_encoder" / "config.json", {})
    write_safetensors(folder / denoiser / "diffusion_pytorch_model.safetensors", {"w": (500,)})
    write_safetensors(folder / "vae" / "diffusion_pytorch_model.safetensors", {"w": (300,)})
    write_safetensors(folder / "text_encoder" / "model.safetensors", {"w": (200,)})
    return folder
