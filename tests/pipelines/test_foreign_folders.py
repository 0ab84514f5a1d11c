"""Settings of ComfyUI and A1111 as their users write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.foreign_folders import with_foreign

if TYPE_CHECKING:
    from pathlib import Path

COMFY = """
a111:
    base_path: {base}/webui/
    checkpoints: models/Stable-diffusion
    loras: |
        models/Lora
        models/LyCORIS
    controlnet: models/ControlNet
other:
    is_default: true
    vae: {base}/vaes
    unet: gone
"""


def make(*folders: Path) -> None:
    for folder in folders:
        folder.mkdir(parents=True)


def test_the_folders_that_comfyui_was_told(tmp_path: Path) -> None:
    comfy, webui = tmp_path / "ComfyUI", tmp_path / "webui" / "models"
    make(comfy, webui / "Stable-diffusion", webui / "Lora", webui / "ControlNet", tmp_path / "vaes")
    settings = comfy / "extra_model_paths.yaml"
    settings.write_text(COMFY.format(base=tmp_path), encoding="utf-8")
    named = (webui / "Stable-diffusion", webui / "Lora", tmp_path / "vaes")
    assert with_foreign([comfy]) == (comfy, *named)
    assert with_foreign([settings]) == named


@pytest.mark.parametrize(
    "line",
    [
        'export COMMANDLINE_ARGS="--xformers --ckpt-dir {base}/ck --lora-dir={base}/lo"',
        "set COMMANDLINE_ARGS=--ckpt-dir {base}/ck --vae-dir {base}/gone --lora-dir {base}/lo",
    ],
)
def test_the_folders_that_a1111_is_started_with(line: str, tmp_path: Path) -> None:
    webui = tmp_path / "webui"
    make(webui, tmp_path / "ck", tmp_path / "lo")
    text = f"#!/bin/bash\n#export COMMANDLINE_ARGS='--ckpt-dir /'\n{line.format(base=tmp_path)}\n"
    (webui / "webui-user.sh").write_text(text, encoding="utf-8")
    assert with_foreign([webui]) == (webui, tmp_path / "ck", tmp_path / "lo")


@pytest.mark.parametrize(
    "text",
    ["", "- 1", "a: [", "a: {base_path: 3, loras: [x]}", "!!python/object/apply:os.abort []"],
)
def test_settings_that_make_no_sense_name_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "extra_model_paths.yaml").write_text(text, encoding="utf-8")
    assert with_foreign([tmp_path, tmp_path / "not there"]) == (tmp_path, tmp_path / "not there")
