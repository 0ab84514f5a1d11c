"""Loading: single files that take their other parts from a folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from safetensors.torch import load_file, save_file

from pipelines import catalog
from pipelines.api import PipelineError, TextToImageRequest

if TYPE_CHECKING:
    from tests.pipelines.yardstick import Studio

REQUEST = TextToImageRequest(
    "", "a fox", width=64, height=64, steps=2, guidance=3.0, scheduler="", seed=5
)


@pytest.fixture
def split(tiny: Callable[[str], Path], tmp_path: Path) -> tuple[Path, Path]:
    """A whole FLUX folder, and its transformer alone as a single file."""
    folder = tmp_path / "whole"
    shutil.copytree(tiny("flux"), folder)
    file = tmp_path / "only-transformer.safetensors"
    shutil.copy(folder / "transformer" / "diffusion_pytorch_model.safetensors", file)
    return folder, file


def test_a_file_without_companion_says_which_folder_is_needed(
    split: tuple[Path, Path], studio: Studio
) -> None:
    _, file = split
    assert "FLUX" in catalog.inspect_model(file).missing
    with pytest.raises(PipelineError) as caught:
        studio.pipeline.load(replace(REQUEST, model=str(file)), lambda _said: None)
    assert caught.value.code == "missing_parts"
    assert "a whole FLUX" in str(caught.value)


def test_a_folder_of_the_family_becomes_its_companion(split: tuple[Path, Path]) -> None:
    folder, file = split
    models, _ = catalog.find_models([folder.parent])
    found = next(model for model in models if model.path == file)
    assert (found.companion, found.missing) == (folder, "")


def test_a_folder_of_another_member_of_the_family_does_not(
    split: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, _ = split
    weights = folder / "transformer" / "diffusion_pytorch_model.safetensors"
    tensors = load_file(weights)
    name = max(tensors, key=lambda key: tensors[key].numel())
    other = tmp_path / "larger.safetensors"
    save_file({**tensors, f"{name}.more": tensors[name].clone()}, other)
    models, _ = catalog.find_models([folder.parent])
    found = next(model for model in models if model.path == other)
    assert found.companion is None
    assert "a whole FLUX" in found.missing


def test_a_file_with_its_companion_draws_what_the_folder_draws(
    split: tuple[Path, Path], studio: Studio
) -> None:
    folder, file = split
    whole = studio.pixels(replace(REQUEST, model=str(folder)))
    parts = studio.pixels(replace(REQUEST, model=str(file), companion=str(folder)))
    assert parts == whole
