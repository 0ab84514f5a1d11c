"""What the window asks about files, on the models that come with the program and broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from pipelines.api import JobCancelled, PipelineError
from pipelines.io_requests import Count, Scan
from pipelines.io_tasks import count, picture_info, scan
from pipelines.shipped import shipped_models
from tests.pipelines.header_files import write_safetensors
from tests.pipelines.model_folders import write_model
from tests.scripted_context import ScriptedContext

STARTER = shipped_models()[0]
LORA = {"lora_unet_down_blocks_0_attentions_0_to_k.lora_down.weight": (8, 768)}


@pytest.fixture(autouse=True)
def _no_hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)


@pytest.fixture
def ctx(tmp_path: Path) -> ScriptedContext:
    return ScriptedContext(tmp_path)


def test_scan_finds_models_loras_and_what_is_broken(tmp_path: Path, ctx: ScriptedContext) -> None:
    models, loras = tmp_path / "models", tmp_path / "loras"
    write_model(models / "whole")
    (write_model(models / "torn") / "vae" / "config.json").unlink()
    write_safetensors(loras / "ink.safetensors", LORA)
    found = scan(Scan((models,), (loras,)), ctx)
    assert [model.id for model in found.models] == [STARTER.id, "whole"]
    assert [broken.path.name for broken in found.broken] == ["torn"]
    assert "vae/config.json is missing" in found.broken[0].message
    assert [lora.id for lora in found.loras] == ["ink"]


def test_scan_looks_where_another_program_was_told_to(tmp_path: Path, ctx: ScriptedContext) -> None:
    comfy, elsewhere = tmp_path / "ComfyUI", tmp_path / "elsewhere"
    comfy.mkdir()
    write_model(elsewhere / "checkpoints" / "whole")
    write_safetensors(elsewhere / "loras" / "ink.safetensors", LORA)
    (comfy / "extra_model_paths.yaml").write_text(
        f"x:\n  base_path: {elsewhere}\n  checkpoints: checkpoints\n  loras: loras\n"
    )
    found = scan(Scan((comfy,)), ctx)
    assert [model.id for model in found.models] == [STARTER.id, "whole"]
    assert [lora.id for lora in found.loras] == ["ink"]


def test_scan_of_a_folder_that_is_gone_says_so(tmp_path: Path, ctx: ScriptedContext) -> None:
    found = scan(Scan((tmp_path / "unplugged",)), ctx)
    assert [model.id for model in found.models] == [STARTER.id]
    assert "unplugged" in found.broken[0].message


@pytest.mark.parametrize("check", [1, 5])
def test_scan_can_be_given_up_before_each_file(tmp_path: Path, check: int) -> None:
    for number in range(9):
        write_safetensors(tmp_path / f"{number}.safetensors", LORA)
    ctx = ScriptedContext(tmp_path, cancel_at=check)
    with pytest.raises(JobCancelled):
        scan(Scan(lora_folders=(tmp_path,)), ctx)
    assert ctx.checks == check


def test_brackets_and_lora_tags_are_no_tokens(ctx: ScriptedContext) -> None:
    plain = count(Count(STARTER.path, "a red castle"), ctx)
    assert plain == 5
    assert count(Count(STARTER.path, "a (red:1.4) [castle] <lora:ink:0.8>"), ctx) == plain
    assert count(Count(STARTER.path, "  "), ctx) == 0


def test_a_single_file_is_counted_with_its_familys_tokenizer(
    tmp_path: Path, ctx: ScriptedContext
) -> None:
    folder = write_model(tmp_path / "model")
    with pytest.raises(PipelineError) as caught:
        count(Count(folder, "a castle"), ctx)
    assert caught.value.code == "no_tokenizer"


def test_a_model_that_is_gone_is_an_error_not_a_number(
    tmp_path: Path, ctx: ScriptedContext
) -> None:
    with pytest.raises(PipelineError) as caught:
        count(Count(tmp_path / "gone", "a castle"), ctx)
    assert caught.value.code == "not_found"


def test_picture_info(tmp_path: Path, ctx: ScriptedContext) -> None:
    Image.new("RGB", (5, 3)).save(tmp_path / "plain.png")
    info = picture_info(tmp_path / "plain.png", ctx)
    assert (info.width, info.height, info.settings.prompt) == (5, 3, None)
    (tmp_path / "torn.png").write_bytes(b"\x89PNG")
    with pytest.raises(PipelineError, match="torn"):
        picture_info(tmp_path / "torn.png", ctx)
