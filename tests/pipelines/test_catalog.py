"""The catalogue lists what is on this disk, says what is broken, and finds models by name."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.api import PipelineError
from pipelines.catalog import (
    companion_config,
    find_loras,
    find_models,
    hub_cache_folder,
    inspect_model,
    resolve,
)
from tests.pipelines.checkpoint_layouts import checkpoint
from tests.pipelines.header_files import write_safetensors
from tests.pipelines.model_folders import write_json, write_model

LORA = {"lora_unet_mid_block.lora_down.weight": (4, 4)}


def hub_model(cache: Path, name: str, commit: str = "a" * 40, main: bool = True) -> Path:
    repository = cache / f"models--{name.replace('/', '--')}"
    if main:
        (repository / "refs").mkdir(parents=True, exist_ok=True)
        (repository / "refs" / "main").write_text(commit)
    return write_model(repository / "snapshots" / commit)


def ids(folders: list[Path], hub_cache: Path | None = None) -> list[str]:
    models, broken = find_models(folders, hub_cache)
    assert broken == []
    return [each.id for each in models]


def test_the_starter_is_there_from_the_first_start() -> None:
    assert ids([])[0] == "starter-icons"


def test_a1111_and_comfy_layouts_are_used_in_place(tmp_path: Path) -> None:
    write_safetensors(
        tmp_path / "a/models/Stable-diffusion/x/dreams.safetensors", checkpoint("sd1")
    )
    write_safetensors(tmp_path / "a/models/Lora/ink.safetensors", LORA)
    write_safetensors(tmp_path / "a/models/ESRGAN/x4.safetensors", {"conv_first.weight": (4, 4)})
    write_safetensors(tmp_path / "c/models/checkpoints/xl.safetensors", checkpoint("sdxl"))
    write_model(tmp_path / "c/models/diffusers/mine")
    write_safetensors(
        tmp_path / "c/models/checkpoints/vae.safetensors", {"decoder.conv_in.weight": (4, 4, 3, 3)}
    )
    (tmp_path / "c/models/checkpoints/readme.txt").write_text("hello")
    before = sorted(tmp_path.rglob("*"))
    assert ids([tmp_path / "a", tmp_path / "c"])[1:] == ["dreams", "xl", "mine"]
    assert sorted(tmp_path.rglob("*")) == before


def test_nothing_inside_a_model_counts_again(tmp_path: Path) -> None:
    write_model(tmp_path / "outer")
    write_model(tmp_path / "outer" / "inner")
    assert ids([tmp_path])[1:] == ["outer"]


def test_a_model_or_a_file_itself_may_be_given(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "dreams")
    file = write_safetensors(tmp_path / "xl.safetensors", checkpoint("sdxl"))
    assert ids([folder, file])[1:] == ["dreams", "xl"]


def test_depth_is_bounded_and_loops_end(tmp_path: Path) -> None:
    write_model(tmp_path / "a/b/c/near")
    write_model(tmp_path / "1/2/3/4/5/6/7/8/9/10/far")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / ".hidden").mkdir()
    write_model(tmp_path / ".hidden" / "secret")
    assert ids([tmp_path])[1:] == ["near"]


def test_a_linked_folder_counts_and_only_once(tmp_path: Path) -> None:
    write_model(tmp_path / "disk" / "dreams")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "linked").symlink_to(tmp_path / "disk")
    assert ids([tmp_path / "models", tmp_path / "disk"])[1:] == ["dreams"]


def test_names_that_clash_get_a_number(tmp_path: Path) -> None:
    for place in ("a", "b", "c"):
        write_model(tmp_path / place / "Dreams")
    write_safetensors(tmp_path / "d" / "dreams.safetensors", checkpoint("sd1"))
    found = ids([tmp_path])[1:]
    assert found == ["Dreams", "Dreams-2", "Dreams-3", "dreams-4"]


def test_broken_models_are_reported_beside_the_others(tmp_path: Path) -> None:
    write_model(tmp_path / "good")
    write_model(tmp_path / "film", "WanPipeline")
    write_safetensors(tmp_path / "cut.safetensors", checkpoint("sd1"), missing=100)
    (tmp_path / "old.ckpt").write_bytes(pickle.dumps([0] * 100))
    models, broken = find_models([tmp_path, tmp_path / "unplugged"])
    assert [each.id for each in models][1:] == ["good"]
    said = {each.path.name: each.message for each in broken}
    assert set(said) == {"film", "cut.safetensors", "old.ckpt", "unplugged"}
    assert "WanPipeline" in said["film"]
    assert "incomplete" in said["cut.safetensors"]
    assert "pickle" in said["old.ckpt"]
    assert all(each.hint for each in broken)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_stops_nothing(tmp_path: Path) -> None:
    write_model(tmp_path / "good")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    assert ids([tmp_path])[1:] == ["good"]


# ---- the Hugging Face cache --------------------------------------------------------------------


def test_the_cache_of_the_hub(tmp_path: Path) -> None:
    hub_model(tmp_path, "org/sd-turbo")
    hub_model(tmp_path, "plain")
    (tmp_path / "models--org--text" / "snapshots" / ("b" * 40)).mkdir(parents=True)
    (tmp_path / "datasets--org--things").mkdir()
    (tmp_path / "version.txt").write_text("1")
    assert ids([], tmp_path)[1:] == ["org/sd-turbo", "plain"]


def test_main_decides_which_snapshot_counts(tmp_path: Path) -> None:
    hub_model(tmp_path, "org/model", "a" * 40)
    newer = hub_model(tmp_path, "org/model", "b" * 40, main=False)
    assert resolve("org/model", find_models([], tmp_path)[0]).path.name == "a" * 40
    (tmp_path / "models--org--model" / "refs" / "main").write_text("../../../etc")
    os.utime(newer, ns=(2**62, 2**62))
    assert resolve("org/model", find_models([], tmp_path)[0]).path.name == "b" * 40


def test_a_cache_given_as_a_folder(tmp_path: Path) -> None:
    hub_model(tmp_path / "huggingface" / "hub", "org/model")
    assert ids([tmp_path / "huggingface"])[1:] == ["org/model"]


def test_no_cache_is_no_fault(tmp_path: Path) -> None:
    assert len(ids([], tmp_path / "none")) == 1


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HF_HUB_CACHE": "/a", "HF_HOME": "/b"}, Path("/a")),
        ({"HF_HOME": "/b", "XDG_CACHE_HOME": "/c"}, Path("/b/hub")),
        ({"XDG_CACHE_HOME": "/c"}, Path("/c/huggingface/hub")),
        ({}, Path("~/.cache/huggingface/hub").expanduser()),
        ({"HF_HOME": "~/hf"}, Path("~/hf/hub").expanduser()),
    ],
)
def test_where_the_hub_keeps_its_cache(environment: dict[str, str], folder: Path) -> None:
    assert hub_cache_folder(environment) == folder


# ---- names -------------------------------------------------------------------------------------


def test_names_and_paths(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "models" / "dreams")
    write_json(folder / "fabula.json", {"title": "Sweet dreams"})
    models, _ = find_models([tmp_path / "models"])
    assert resolve("dreams", models).path == folder
    assert resolve("Dreams", models).path == folder
    assert resolve("sweet dreams", models).path == folder
    assert resolve(str(folder), models) is models[1]


def test_a_path_always_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_model(tmp_path / "models" / "dreams")
    models, _ = find_models([tmp_path / "models"])
    here = write_model(tmp_path / "here" / "dreams")
    monkeypatch.chdir(here.parent)
    assert resolve("dreams", models).path.resolve() == here


def test_an_unknown_name_gets_the_nearest(tmp_path: Path) -> None:
    write_model(tmp_path / "Dreamshaper")
    models, _ = find_models([tmp_path])
    with pytest.raises(PipelineError, match="no model “dreamshapr”") as caught:
        resolve("dreamshapr", models)
    assert caught.value.code == "model_not_found"
    assert "“Dreamshaper”" in caught.value.hint
    with pytest.raises(PipelineError) as caught:
        resolve("zzz", models)
    assert "path" in caught.value.hint


# ---- companions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "channels", "name"),
    [
        ("sd1", 4, "sd15"),
        ("sd2", 4, "sd21"),
        ("sdxl", 4, "sdxl"),
        ("sd1", 9, "sd15-inpaint"),
        ("sd2", 9, "sd21-inpaint"),
        ("sdxl", 9, "sdxl-inpaint"),
    ],
)
def test_single_files_have_a_companion(
    tmp_path: Path, family: str, channels: int, name: str
) -> None:
    path = write_safetensors(tmp_path / "m.safetensors", checkpoint(family, channels))
    config = companion_config(inspect_model(path))
    assert config is not None
    assert config.name == name
    assert (config / "model_index.json").is_file()
    assert (config.parent / "LICENSE-open_clip").is_file()


def test_other_families_have_none(tmp_path: Path) -> None:
    ref = inspect_model(write_model(tmp_path / "z", "ZImagePipeline", transformer={}))
    assert companion_config(ref) is None


def test_the_tokenizers_of_the_companions_are_clip_s() -> None:
    code = """
from pathlib import Path
from transformers import CLIPTokenizer
for folder in sorted(Path("assets/configs").glob("*/tokenizer*")):
    tokenizer = CLIPTokenizer.from_pretrained(folder, local_files_only=True)
    ids = tokenizer("a photo of a cat").input_ids
    assert ids == [49406, 320, 1125, 539, 320, 2368, 49407], (folder, ids)
    padding = tokenizer("", padding="max_length", max_length=3).input_ids[-1]
    open_clip = folder.parent.name.startswith("sd21") or folder.name == "tokenizer_2"
    assert padding == (0 if open_clip else 49407), folder
    assert tokenizer.model_max_length == 77 and len(tokenizer) == 49408
"""
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=root, check=True)


def test_the_catalogue_needs_the_standard_library_only() -> None:
    code = """
import sys
import pipelines.catalog, pipelines.hashes
heavy = {"torch", "numpy", "PIL", "PySide6", "safetensors", "diffusers", "transformers"}
raise SystemExit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)
"""
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


def test_links_in_a_circle_hide_nothing_else(tmp_path: Path) -> None:
    write_model(tmp_path / "dreams")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "one.safetensors").symlink_to("one.safetensors")
    assert ids([tmp_path])[1:] == ["dreams"]
    assert find_loras([tmp_path]) == []


def test_a_folder_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = write_model(tmp_path / "locked") / "vae" / "config.json"
    write_model(tmp_path / "dreams")
    exists = Path.exists

    def refuse(path: Path) -> bool:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", refuse)
    models, broken = find_models([tmp_path])
    assert [each.id for each in models[1:]] == ["dreams"]
    assert [(each.path.name, "Permission denied" in each.message) for each in broken] == [
        ("locked", True)
    ]


def test_a_name_that_no_file_can_have_is_only_not_found() -> None:
    with pytest.raises(PipelineError) as caught:
        resolve("a" * 300, [])
    assert caught.value.code == "model_not_found"
