"""Copies say all that the picture said, whatever their format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from pipelines.api import PipelineError
from pipelines.copies import copy_picture, recipe_of
from pipelines.io_requests import Copy
from pipelines.io_tasks import copy
from pipelines.metadata.fabula import recipe_text
from pipelines.metadata.texts import texts_of
from pipelines.pictures import DigitalSource, open_picture, read_info, save_picture
from tests.pipelines.metadata.samples import FORMATS, RECIPE, noise
from tests.scripted_context import ScriptedContext


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "hat.png"
    save_picture(noise(), path, RECIPE, DigitalSource.COMPOSITE)
    return path


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_copy_says_what_the_picture_said(source: Path, suffix: str) -> None:
    target = source.with_name(f"copy.{suffix}")
    copy_picture(source, target)
    before, after = read_info(source), read_info(target)
    assert after.settings == before.settings
    assert after.request == before.request
    texts = texts_of(open_picture(target))
    assert texts["DigitalSourceType"].endswith("compositeWithTrainedAlgorithmicMedia")


def test_webp_keeps_every_pixel_and_png_every_byte(source: Path) -> None:
    copy_picture(source, source.with_name("copy.webp"))
    assert open_picture(source.with_name("copy.webp")).tobytes() == noise().tobytes()
    copy_picture(source, source.with_name("copy.PNG"))
    assert source.with_name("copy.PNG").read_bytes() == source.read_bytes()


def test_a_recipe_comes_back_whole_and_without_what_is_none_of_it() -> None:
    whole = recipe_of({"fabula": recipe_text(RECIPE)})
    assert whole is not None
    assert recipe_text(whole) == recipe_text(RECIPE)
    spoiled = {**RECIPE.to_json(), "steps": "many", "of a later version": 1, "loras": 3}
    found = recipe_of({"fabula": json.dumps(spoiled)})
    assert found is not None
    assert (found.steps, found.loras, found.prompt) == (0, (), RECIPE.prompt)
    assert recipe_of({"parameters": "a hat"}) is None


def test_a_foreign_picture_is_only_copied_as_it_is(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.png"
    Image.new("RGB", (8, 8)).save(theirs)
    copy_picture(theirs, tmp_path / "copy.png")
    with pytest.raises(PipelineError, match="another program") as caught:
        copy_picture(theirs, tmp_path / "copy.jpg")
    assert caught.value.hint == "Save the copy as .png."
    assert not (tmp_path / "copy.jpg").exists()


def test_the_task_says_what_to_do_where_nothing_can_be_written(source: Path) -> None:
    request = Copy(source, Path("/nowhere/at/all.png"))
    with pytest.raises(PipelineError, match="could not be written") as caught:
        copy(request, ScriptedContext(Path()))
    assert caught.value.hint
