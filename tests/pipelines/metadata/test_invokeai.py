"""InvokeAI's metadata."""

from __future__ import annotations

import json

from pipelines.metadata.invokeai import read
from pipelines.metadata.settings import Settings, Tool

CURRENT = {
    "generation_mode": "sdxl_txt2img",
    "positive_prompt": "a 帽子",
    "negative_prompt": "",
    "width": 1024,
    "height": 768,
    "seed": 42,
    "rand_device": "cpu",
    "cfg_scale": 7.5,
    "cfg_rescale_multiplier": 0,
    "steps": 30,
    "scheduler": "dpmpp_2m_k",
    "clip_skip": 0,
    "model": {"key": "k", "hash": "blake3:ab", "name": "Juggernaut", "base": "sdxl"},
    "vae": {"name": "sdxl-vae-fp16-fix"},
    "loras": [
        {"model": {"name": "ink"}, "weight": 0.75},
        {"lora": {"model_name": "line"}, "weight": 1},
        "nonsense",
    ],
    "app_version": "5.6.0",
}
LEGACY = {
    "model": "stable diffusion",
    "model_weights": "stable-diffusion-1.5",
    "model_hash": "cc6cb27103",
    "app_version": "2.2.5",
    "image": {
        "prompt": [{"prompt": "a hat [blurry, ugly]", "weight": 1}],
        "steps": 50,
        "cfg_scale": 7.5,
        "sampler": "k_euler_a",
        "height": 512,
        "width": 640,
        "seed": 7,
        "type": "txt2img",
        "threshold": 0.5,
    },
}


def test_current() -> None:
    reading = read({"invokeai_metadata": json.dumps(CURRENT)})
    assert reading is not None
    assert reading.tool is Tool.INVOKEAI
    assert reading.settings == Settings(
        prompt="a 帽子",
        negative_prompt="",
        width=1024,
        height=768,
        steps=30,
        guidance=7.5,
        scheduler="DPM++ 2M Karras",
        seed=42,
        model="Juggernaut",
        loras=(("ink", 0.75), ("line", 1.0)),
        clip_skip=0,
        vae="sdxl-vae-fp16-fix",
    )
    assert reading.unknown["app_version"] == "5.6.0"
    assert "blake3:ab" in reading.unknown["model"]


def test_legacy() -> None:
    reading = read({"sd-metadata": json.dumps(LEGACY), "Dream": '"a hat" -s 50'})
    assert reading is not None
    assert reading.settings == Settings(
        prompt="a hat",
        negative_prompt="blurry, ugly",
        width=640,
        height=512,
        steps=50,
        guidance=7.5,
        scheduler="Euler a",
        seed=7,
        model="stable-diffusion-1.5",
        model_hash="cc6cb27103",
    )
    assert reading.unknown["threshold"] == "0.5"


def test_values_that_make_no_sense() -> None:
    strange = {"model": [], "loras": {"a": 1}, "vae": 3, "seed": {}, "positive_prompt": 5}
    reading = read({"invokeai_metadata": json.dumps(strange)})
    assert reading is not None
    assert reading.settings == Settings()
    for legacy in ({"image": 3}, {"image": {"prompt": [3]}}, {}):
        assert read({"sd-metadata": json.dumps(legacy)}) is not None
    assert read({"invokeai_metadata": "{"}) is None
