"""Finished pictures come into the library, from a job or from what a crash left."""

from __future__ import annotations

import logging
import os
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipelines import codec
from pipelines.api import Picture, TextToImageRequest
from pipelines.edit_requests import Patch
from pipelines.pictures import DigitalSource, save_picture
from pipelines.recipe import Recipe
from studio.homecoming import Homecoming
from studio.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUEST = TextToImageRequest("model", "a {red|blue} fox", seed=7, count=2)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "Fabula", tmp_path / "library.sqlite3")) as made:
        yield made


@pytest.fixture
def spooled(tmp_path: Path) -> Path:
    """A picture in its job's folder."""
    path = tmp_path / "0001.png"
    recipe = Recipe(request=codec.to_json(REQUEST), prompt="a red fox", seed=8, width=16, height=8)
    save_picture(Image.new("RGB", (16, 8)), path, recipe, DigitalSource.GENERATED)
    return path


def test_a_jobs_picture_is_moved_and_noted(library: Library, spooled: Path) -> None:
    home = Homecoming(library, library.folder.parent / "candidates")
    picture = home.adopt(Picture(str(spooled), 1, 8, "a red fox", 16, 8))
    assert isinstance(picture, Picture)
    assert not spooled.exists()
    assert library.recent() == []
    home.enter("job", picture, REQUEST)
    (entry,) = library.batch("job")
    assert str(entry.path) == picture.path
    assert entry.path.is_relative_to(library.folder)
    assert entry.path.name == "0001-a-red-fox.png"
    assert (entry.prompt, entry.seed, entry.width, entry.height) == ("a red fox", 8, 16, 8)
    assert codec.from_json(entry.settings) == REQUEST


def test_what_is_no_picture_passes(library: Library) -> None:
    part = {"text": "once upon a time"}
    assert Homecoming(library, library.folder.parent / "candidates").adopt(part) is part


def test_a_candidate_is_kept_beside_the_library_for_as_long_as_the_program_runs(
    library: Library, spooled: Path, tmp_path: Path
) -> None:
    home = Homecoming(library, tmp_path / "candidates")
    patch = Patch(str(spooled), 0, 8, "", 3, 4, 16, 8, Recipe(request={}), "humanEdits")
    kept = home.adopt(patch)
    assert isinstance(kept, Patch)
    assert not spooled.exists()
    assert Path(kept.path).parent == tmp_path / "candidates"
    assert library.recent() == []
    home.forget_candidates()
    assert not Path(kept.path).exists()


def test_a_picture_that_cannot_be_moved_stays(library: Library, spooled: Path) -> None:
    library.folder.write_text("in the way")
    with pytest.raises(OSError, match="Fabula"):
        Homecoming(library, library.folder.parent / "candidates").adopt(
            Picture(str(spooled), 1, 8, "a red fox", 16, 8)
        )
    assert spooled.exists()


def test_after_a_crash_the_file_itself_says_the_same(library: Library, spooled: Path) -> None:
    made = datetime(2026, 11, 3, 23, 59).timestamp()
    os.utime(spooled, (made, made))
    Homecoming(library, library.folder.parent / "candidates").rescue("job", spooled)
    (entry,) = library.batch("job")
    assert not spooled.exists()
    assert (entry.path.parent.name, entry.path.name) == ("2026-11-03", "0001-a-red-fox.png")
    assert (entry.prompt, entry.seed, entry.width, entry.height) == ("a red fox", 8, 16, 8)
    assert codec.from_json(entry.settings) == REQUEST


def test_after_a_crash_no_torn_file_comes_into_the_library(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    torn = tmp_path / "0000.png"
    torn.write_bytes(b"\x89PNG\r\n\x1a\n")
    with caplog.at_level(logging.WARNING):
        Homecoming(library, library.folder.parent / "candidates").rescue("job", torn)
    assert torn.exists()
    assert "was left in the spool" in caplog.text
    assert library.recent() == []
