"""Fooocus' two schemes and its older JSON."""

from __future__ import annotations

import json

from pipelines.metadata.fooocus import read
from pipelines.metadata.settings import Settings, Tool

NEW = {
    "adm_guidance": "(1.5, 0.8, 0.3)",
    "base_model": "juggernautXL_v8Rundiffusion",
    "base_model_hash": "aeb7e9e689",
    "clip_skip": 2,
    "full_prompt": ["a hat, cinematic"],
    "guidance_scale": 4,
    "lora_combined_1": "sd_xl_offset_example-lora_1.0 : 0.1",
    "loras": [["sd_xl_offset_example-lora_1.0", 0.1, "4852686128"]],
    "negative_prompt": "blurry",
    "performance": "Speed",
    "prompt": "a 帽子",
    "resolution": "(1152, 896)",
    "sampler": "dpmpp_2m_sde_gpu",
    "scheduler": "karras",
    "seed": "6342654892186042",
    "steps": 30,
    "vae": "Default (model)",
    "version": "Fooocus v2.5.5",
}
OLD = {
    "Prompt": "a hat",
    "Negative Prompt": "",
    "Base Model": "juggernaut.safetensors",
    "Resolution": "(1024, 1024)",
    "Guidance Scale": 4.0,
    "Sampler": "euler",
    "Scheduler": "normal",
    "Seed": 5,
    "LoRA 1": "ink.safetensors : 0.5",
}
INFOTEXT = (
    "a hat\nNegative prompt: blurry\nSteps: 30, Sampler: DPM++ 2M SDE Karras, Seed: 5, "
    'Size: 1152x896, CFG scale: 4, Model: juggernaut, Lora hashes: "ink: 48526861: 0.5", '
    "Version: Fooocus v2.5.5"
)


def test_its_own_scheme() -> None:
    reading = read({"parameters": json.dumps(NEW), "fooocus_scheme": "fooocus"})
    assert reading is not None
    assert reading.tool is Tool.FOOOCUS
    assert reading.settings == Settings(
        prompt="a 帽子",
        negative_prompt="blurry",
        width=1152,
        height=896,
        steps=30,
        guidance=4.0,
        scheduler="DPM++ 2M SDE Karras",
        seed=6342654892186042,
        model="juggernautXL_v8Rundiffusion",
        model_hash="aeb7e9e689",
        loras=(("sd_xl_offset_example-lora_1.0", 0.1),),
        clip_skip=1,
    )
    assert reading.unknown["performance"] == "Speed"
    assert "lora_combined_1" not in reading.unknown


def test_its_older_names() -> None:
    reading = read({"Comment": json.dumps(OLD)})
    assert reading is not None
    assert reading.settings.loras == (("ink", 0.5),)
    assert reading.settings.scheduler == "Euler"
    assert (reading.settings.width, reading.settings.model) == (1024, "juggernaut")


def test_the_infotext_scheme() -> None:
    for texts in (
        {"parameters": INFOTEXT, "fooocus_scheme": "a1111"},
        {"UserComment": INFOTEXT, "MakerNote": "a1111"},
        {"parameters": INFOTEXT},
    ):
        reading = read(texts)
        assert reading is not None
        assert reading.tool is Tool.FOOOCUS
        assert reading.settings.scheduler == "DPM++ 2M SDE Karras"
        assert reading.settings.loras == (("ink", 0.5),)


def test_others_are_left_to_others() -> None:
    assert read({"parameters": INFOTEXT.replace("Fooocus ", "")}) is None
    assert read({"parameters": '{"prompt": "x"}'}) is None
    strange = {"base_model": [], "loras": [3, [], [{}, {}]], "resolution": {}, "LoRA 1": "x"}
    reading = read({"parameters": json.dumps(strange)})
    assert reading is not None
    assert reading.settings == Settings()
