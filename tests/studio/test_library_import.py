"""Copies come into the library whole, once, and with what they say."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipelines.api import PipelineError
from studio.library import Library
from studio.library_import import ImportRequest, import_pictures
from studio.library_index import open_index
from studio.library_job import read_facts
from studio.library_rebuild import RebuildRequest, rebuild
from tests.scripted_context import ScriptedContext


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    made = tmp_path / "desktop"
    made.mkdir()
    return made


def picture(path: Path, prompt: str) -> Path:
    text = PngInfo()
    text.add_text("parameters", f"{prompt}\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 9")
    Image.new("RGB", (4, 3)).save(path, pnginfo=text)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def request_for(tmp_path: Path, *files: Path) -> ImportRequest:
    return ImportRequest(tmp_path / "Fabula", tmp_path / "library.sqlite3", files)


def test_a_copy_comes_in_with_what_it_says(tmp_path: Path, elsewhere: Path) -> None:
    owl, torn = picture(elsewhere / "x.PNG", "an owl"), elsewhere / "torn.png"
    torn.write_bytes(b"\x89PNG")
    request = request_for(tmp_path, owl, torn, elsewhere / "gone.png")
    ctx = ScriptedContext(tmp_path)
    done = import_pictures(request, ctx)
    (home,) = done.paths
    assert (done.new, done.refused) == (1, (torn, elsewhere / "gone.png"))
    assert home.parent.parent == request.folder
    assert home.name == "0001-an-owl.png"
    assert home.read_bytes() == owl.read_bytes()
    assert [(step.step, step.total) for step in ctx.progressed] == [(1, 3), (2, 3), (3, 3)]
    with closing(Library(request.folder, request.db_path)) as library:
        entry = library.get(home)
        assert (entry.prompt, entry.seed, entry.tool) == ("an owl", 9, "a1111")
        assert entry.made == datetime.fromtimestamp(1_700_000_000).astimezone()
        rebuilt = rebuild(RebuildRequest(request.folder, request.db_path), read_facts)
        assert (rebuilt.read, rebuilt.gone) == (0, 0), "the index knows it as it lies there"


def test_the_same_bytes_come_in_once(tmp_path: Path, elsewhere: Path) -> None:
    owl, twin = picture(elsewhere / "a.png", "an owl"), picture(elsewhere / "b.png", "an owl")
    (home,) = import_pictures(request_for(tmp_path, owl), ScriptedContext(tmp_path)).paths
    done = import_pictures(request_for(tmp_path, twin, home), ScriptedContext(tmp_path))
    assert (done.paths, done.new) == ((home, home), 0)
    home.unlink()
    done = import_pictures(request_for(tmp_path, twin), ScriptedContext(tmp_path))
    assert done.new == 1, "what the index knows and the disk does not have is taken again"


def test_a_full_disk_is_said_and_leaves_nothing_half(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    request = request_for(tmp_path, picture(elsewhere / "a.png", "an owl"))
    monkeypatch.setattr("studio.library_files.write_bytes", full)
    with pytest.raises(PipelineError, match="No space left") as caught:
        import_pictures(request, ScriptedContext(tmp_path))
    assert caught.value.code == "library_unwritable"
    assert [path for path in request.folder.rglob("*") if path.is_file()] == []
    with closing(open_index(request.db_path)) as db:
        assert db.execute("SELECT * FROM pictures").fetchall() == []
