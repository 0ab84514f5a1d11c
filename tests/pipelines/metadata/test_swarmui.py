"""SwarmUI's JSON."""

from __future__ import annotations

import json

from pipelines.metadata.settings import Settings, Tool
from pipelines.metadata.swarmui import read

PARAMS = {
    "prompt": "a 帽子",
    "negativeprompt": "blurry",
    "model": "OfficialStableDiffusion/sd_xl_base_1.0",
    "seed": 2042464333,
    "steps": 25,
    "cfgscale": 7.0,
    "aspectratio": "1:1",
    "width": 1024,
    "height": 1024,
    "sampler": "dpmpp_2m",
    "scheduler": "karras",
    "vae": "Automatic",
    "loras": ["folder/ink", "line"],
    "loraweights": ["0.8"],
    "clipstopatlayer": "-2",
    "swarm_version": "0.9.3.1",
}


def test_a_sample() -> None:
    whole = {
        "sui_image_params": PARAMS,
        "sui_extra_data": {"date": "2025-01-25"},
        "sui_models": [{"name": "sd_xl_base_1.0.safetensors", "hash": "0xd7a9"}],
    }
    reading = read({"parameters": json.dumps(whole, indent=2)})
    assert reading is not None
    assert reading.tool is Tool.SWARMUI
    assert reading.settings == Settings(
        prompt="a 帽子",
        negative_prompt="blurry",
        width=1024,
        height=1024,
        steps=25,
        guidance=7.0,
        scheduler="DPM++ 2M Karras",
        seed=2042464333,
        model="sd_xl_base_1.0",
        loras=(("ink", 0.8), ("line", 1.0)),
        clip_skip=1,
    )
    assert reading.unknown["swarm_version"] == "0.9.3.1"
    assert reading.unknown["sui_extra_data"] == '{"date": "2025-01-25"}'


def test_flux_and_older_names() -> None:
    params = {"fluxguidancescale": 3.5, "cfgscale": 1, "comfyuisampler": "euler", "loras": "a,b"}
    reading = read({"UserComment": json.dumps({"sui_image_params": params})})
    assert reading is not None
    assert reading.settings.guidance == 3.5
    assert reading.settings.scheduler == "Euler"
    assert reading.settings.loras == (("a", 1.0), ("b", 1.0))


def test_values_that_make_no_sense() -> None:
    params = {"loras": {"a": 1}, "loraweights": 3, "seed": -1, "clipstopatlayer": 5, "vae": []}
    reading = read({"parameters": json.dumps({"sui_image_params": params})})
    assert reading is not None
    assert reading.settings == Settings()
    assert read({"parameters": '{"sui_image_params": 3}'}) is None
