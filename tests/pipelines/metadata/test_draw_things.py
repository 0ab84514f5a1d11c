"""Draw Things' JSON."""

from __future__ import annotations

import json

import pytest

from pipelines.metadata.draw_things import read
from pipelines.metadata.settings import Settings, Tool

SAMPLE = {
    "c": "a 帽子",
    "uc": "blurry",
    "steps": 20,
    "sampler": "DPM++ 2M Karras",
    "scale": 5,
    "seed": 3231411411,
    "seed_mode": "Scale Alike",
    "size": "512x768",
    "strength": 1,
    "model": "sd_v1.5_f16.ckpt",
    "mask_blur": 2.5,
    "clip_skip": 1,
    "hires_fix": False,
    "lora": [{"model": "ink_lora_f16.ckpt", "weight": 0.6}],
    "v2": {"shift": 1, "loras": []},
}


def test_a_sample() -> None:
    reading = read({"UserComment": json.dumps(SAMPLE)})
    assert reading is not None
    assert reading.tool is Tool.DRAW_THINGS
    assert reading.settings == Settings(
        prompt="a 帽子",
        negative_prompt="blurry",
        width=512,
        height=768,
        steps=20,
        guidance=5.0,
        scheduler="DPM++ 2M Karras",
        seed=3231411411,
        model="sd_v1.5_f16",
        loras=(("ink_lora_f16", 0.6),),
        clip_skip=0,
    )
    assert reading.unknown["seed_mode"] == "Scale Alike"


@pytest.mark.parametrize(
    ("sampler", "scheduler"),
    [
        ("Euler Ancestral", "Euler a"),
        ("Euler A Trailing", "Euler a SGM Uniform"),
        ("DPM++ 2M AYS", "DPM++ 2M Align Your Steps"),
        ("UniPC", "UniPC"),
    ],
)
def test_its_names_of_samplers(sampler: str, scheduler: str) -> None:
    reading = read({"UserComment": json.dumps({**SAMPLE, "sampler": sampler})})
    assert reading is not None
    assert reading.settings.scheduler == scheduler


def test_a_start_picture_and_adapters_of_version_2() -> None:
    values = {**SAMPLE, "strength": 0.4, "lora": 3, "v2": {"loras": [{"file": "a", "weight": 1}]}}
    reading = read({"UserComment": json.dumps(values)})
    assert reading is not None
    assert reading.settings.strength == 0.4
    assert reading.settings.loras == (("a", 1.0),)


def test_values_that_make_no_sense() -> None:
    reading = read({"UserComment": '{"c": 1, "sampler": [], "size": 3, "v2": [], "lora": [1]}'})
    assert reading is not None
    assert reading.settings == Settings()
    assert read({"UserComment": '{"c": "x"}'}) is None
