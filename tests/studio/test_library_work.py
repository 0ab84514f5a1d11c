"""Folders are added and forgotten, pictures are taken in, and all of it can be cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipelines.api import PipelineError
from studio import library_work
from studio.library import Folder, Library
from studio.library_rebuild import Rebuilt
from studio.library_work import LibraryWork
from studio.settings_store import SettingsStore
from studio.settings_table import PICTURE_FOLDERS, load_settings
from tests.studio.lanes import io_jobs

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.jobs.service import JobService
    from studio.library_import import Imported

__all__ = ["io_jobs"]

LONG = 5_000  # milliseconds


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "Fabula", tmp_path / "library.sqlite3")) as made:
        yield made


@pytest.fixture
def work(io_jobs: JobService, library: Library, tmp_path: Path) -> LibraryWork:
    settings = SettingsStore(load_settings(tmp_path / "settings.json"))
    return LibraryWork(io_jobs, settings, library, tmp_path / "library.sqlite3", io_jobs)


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    made = tmp_path / "outputs"
    made.mkdir()
    for number in range(45):
        Image.new("L", (2, 2), number).save(made / f"{number}.png")
    return made


def test_a_folder_is_added_and_forgotten(
    work: LibraryWork,
    library: Library,
    theirs: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(library_work, "_TURN", 0.0)  # it goes on until all is found
    told: list[tuple[int, int]] = []
    work.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(work.looked, timeout=LONG) as looked:
        work.add_folder(theirs)
        assert work.is_busy
    assert looked.args == [Rebuilt(45, 0, ()), True]
    assert told[-1] == (45, 45)
    assert library.folders() == [Folder(theirs, 45, missing=False)]
    with qtbot.waitSignal(work.ended, timeout=LONG):
        work.forget_folder(theirs)
    assert library.folders() == []
    assert not work.is_busy
    assert len(list(theirs.iterdir())) == 45


def test_what_is_shown_already_is_not_added(
    work: LibraryWork, library: Library, theirs: Path, qtbot: QtBot
) -> None:
    inner = theirs / "inner"
    inner.mkdir()
    with qtbot.waitSignal(work.ended, timeout=LONG):
        work.add_folder(inner)
    for folder in (inner, library.folder / "2026-11-24"):
        with pytest.raises(PipelineError, match="already"):
            work.add_folder(folder)
    with qtbot.waitSignal(work.ended, timeout=LONG):
        work.add_folder(theirs)
    assert work.folders == (theirs,), "the larger takes the place of the one inside"


def test_it_can_be_cancelled(
    work: LibraryWork, library: Library, theirs: Path, qtbot: QtBot
) -> None:
    found: list[object] = []
    work.looked.connect(lambda *args: found.append(args))
    with qtbot.waitSignal(work.ended, timeout=LONG):
        work.add_folder(theirs)
        work.cancel()
    assert found == []
    assert work.folders == (theirs,), "the next look goes on"


def test_pictures_are_taken_in(
    work: LibraryWork, library: Library, theirs: Path, qtbot: QtBot
) -> None:
    done: list[Imported] = []
    with qtbot.waitSignal(work.imported, timeout=LONG) as imported:
        work.take_in([theirs / "1.png", theirs / "gone.png"], done.append)
    assert imported.args == done
    assert (done[0].new, done[0].refused) == (1, (theirs / "gone.png",))
    assert [entry.path for entry in library.recent()] == list(done[0].paths)


def test_what_fails_is_told(
    work: LibraryWork, library: Library, theirs: Path, qtbot: QtBot
) -> None:
    library.folder.write_text("a file in its place")
    with qtbot.waitSignal(work.failed, timeout=LONG) as failed:
        work.take_in([theirs / "1.png"], lambda _done: None)
    assert failed.args[0].code == "library_unwritable"


def test_the_setting_is_the_list(work: LibraryWork, theirs: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.looked, timeout=LONG) as looked:
        work._settings.set(PICTURE_FOLDERS, (theirs,))
    assert looked.args[0].read == 45
