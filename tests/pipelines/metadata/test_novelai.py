"""NovelAI's texts."""

from __future__ import annotations

import json

from pipelines.metadata.novelai import read
from pipelines.metadata.settings import Settings, Tool

COMMENT = {
    "steps": 28,
    "sampler": "k_euler_ancestral",
    "noise_schedule": "karras",
    "seed": 12345,
    "strength": 0.69,
    "noise": 0.0,
    "scale": 11.0,
    "width": 832,
    "height": 1216,
    "uc": "lowres",
}


def test_a_sample() -> None:
    texts = {
        "Title": "AI generated image",
        "Description": "a 帽子",
        "Software": "NovelAI",
        "Source": "Stable Diffusion XL 7BCCAA2C",
        "Comment": json.dumps(COMMENT),
    }
    reading = read(texts)
    assert reading is not None
    assert reading.tool is Tool.NOVELAI
    assert reading.settings == Settings(
        prompt="a 帽子",
        negative_prompt="lowres",
        width=832,
        height=1216,
        steps=28,
        guidance=11.0,
        scheduler="Euler a Karras",
        seed=12345,
        model="Stable Diffusion XL",
        model_hash="7BCCAA2C",
        strength=0.69,
    )
    assert reading.unknown == {"noise": "0.0"}


def test_comments_of_others() -> None:
    assert read({"Comment": "made with love"}) is None
    assert read({"Comment": '{"sampler": "x"}'}) is None
    assert read({"Comment": '{"sampler": 3, "uc": []}'}) is not None
