from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipelines.api import JobCancelled, TextToImageRequest
from pipelines.codec import to_json
from pipelines.pictures import DigitalSource, save_picture
from pipelines.recipe import Recipe
from studio.library import Library
from studio.library_job import rebuild_library
from studio.library_rebuild import RebuildRequest
from tests.scripted_context import ScriptedContext


@pytest.fixture
def request_(tmp_path: Path) -> RebuildRequest:
    (tmp_path / "Fabula").mkdir()
    return RebuildRequest(tmp_path / "Fabula", tmp_path / "library.sqlite3")


def _ours(path: Path) -> dict[str, object]:
    settings = to_json(TextToImageRequest("model", "a fox", seed=7))
    recipe = Recipe(request=settings, prompt="a fox", seed=8, width=16, height=8)
    save_picture(Image.new("RGB", (16, 8)), path, recipe, DigitalSource.GENERATED)
    return settings


def test_pictures_of_every_tool_are_found(request_: RebuildRequest, tmp_path: Path) -> None:
    settings = _ours(request_.folder / "ours.png")
    text = PngInfo()
    text.add_text("parameters", "an owl\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 9")
    Image.new("RGB", (4, 4)).save(request_.folder / "theirs.png", pnginfo=text)
    Image.new("RGB", (4, 4)).save(request_.folder / "plain.jpg")
    (request_.folder / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = rebuild_library(request_, ScriptedContext(tmp_path))
    assert (done.read, [path.name for path in done.unreadable]) == (3, ["torn.png"])
    with closing(Library(request_.folder, request_.db_path)) as library:
        found = {entry.path.name: entry for entry in library.recent()}
    ours = found["ours.png"]
    assert (ours.prompt, ours.seed, ours.width, ours.height) == ("a fox", 8, 16, 8)
    assert ours.settings == json.loads(json.dumps(settings))
    assert (found["theirs.png"].prompt, found["theirs.png"].seed) == ("an owl", 9)
    assert (found["plain.jpg"].prompt, found["plain.jpg"].seed) == ("", None)


def test_it_can_be_cancelled(request_: RebuildRequest, tmp_path: Path) -> None:
    _ours(request_.folder / "ours.png")
    with pytest.raises(JobCancelled):
        rebuild_library(request_, ScriptedContext(tmp_path, cancel_at=1))
