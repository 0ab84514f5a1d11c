"""Deleting and bringing back, with the system's own trash in a home of the test's."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QSignalSpy

from studio.library import Entry, Library
from studio.trash import STEPS, Trash

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

WHEN = datetime(2026, 11, 24, 12).astimezone()


@pytest.fixture(autouse=True)
def bin_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the desktop keeps what was deleted."""
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "Trash"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "Fabula", tmp_path / "library.sqlite3")) as made:
        yield made


@pytest.fixture
def trash(library: Library, qapp: QApplication) -> Trash:
    return Trash(library)


def picture(library: Library, tmp_path: Path, content: str, kept: bool = False) -> Path:
    """A picture in the library, as a job brings it home."""
    source = tmp_path / "0000.png"
    source.write_text(content)
    path = library.adopt(source, "fox", WHEN)
    library.add(Entry(path, WHEN, 8, 8, "fox", 7, kept, "job"))
    return path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_picture_of_an_added_folder_comes_back_into_it(
    library: Library, trash: Trash, tmp_path: Path
) -> None:
    theirs = tmp_path / "outputs" / "frog.png"
    theirs.parent.mkdir()
    theirs.write_text("frog")
    library.add(Entry(theirs, WHEN, 8, 8, "frog", source=theirs.parent.as_posix()))
    before = library.get(theirs)
    trash.delete(theirs)
    assert not theirs.exists()
    assert library.folders() == []
    assert trash.undo() == (before,)
    assert theirs.read_text() == "frog"
    assert library.get(theirs) == before


def test_there_and_back(library: Library, trash: Trash, tmp_path: Path, bin_: Path) -> None:
    path = picture(library, tmp_path, "one", kept=True)
    entry = library.get(path)
    changes = QSignalSpy(trash.changed)
    trash.delete(path)
    assert (path.exists(), library.recent(), trash.can_undo) == (False, [], True)
    assert files(bin_) == ["0001-fox.png", "0001-fox.png.trashinfo"]
    assert trash.undo() == (entry,)
    assert library.recent() == [entry]
    assert path.read_text() == "one"
    assert files(bin_) == []
    assert (changes.count(), trash.can_undo, trash.undo()) == (2, False, ())


def test_several_are_one_step_and_the_last_step_comes_first(
    library: Library, trash: Trash, tmp_path: Path
) -> None:
    one, two, three = (picture(library, tmp_path, name) for name in ("one", "two", "three"))
    trash.delete(one, two)
    trash.delete(three)
    assert [entry.path for entry in trash.undo()] == [three]
    assert [entry.path for entry in trash.undo()] == [one, two]


def test_a_new_picture_of_the_same_name_is_not_overwritten(
    library: Library, trash: Trash, tmp_path: Path
) -> None:
    old = picture(library, tmp_path, "old")
    trash.delete(old)
    new = picture(library, tmp_path, "new")
    assert new == old, "the number is free again"
    (back,) = trash.undo()
    assert new.read_text() == "new"
    assert (back.path.name, back.path.read_text()) == ("0001-fox-2.png", "old")
    assert {entry.path for entry in library.recent()} == {new, back.path}


def test_an_emptied_trash_is_named_and_the_others_come_back(
    library: Library, trash: Trash, tmp_path: Path, bin_: Path
) -> None:
    one, two = (picture(library, tmp_path, name) for name in ("one", "two"))
    trash.delete(one, two)
    (bin_ / "files" / one.name).unlink()
    with pytest.raises(FileNotFoundError, match=f"no longer holds “{one.name}”"):
        trash.undo()
    assert [entry.path for entry in library.recent()] == [two]
    assert not trash.can_undo
    assert files(library.folder) == [two.name]


def test_the_folder_of_the_day_may_be_gone(library: Library, trash: Trash, tmp_path: Path) -> None:
    path = picture(library, tmp_path, "one")
    trash.delete(path)
    shutil.rmtree(path.parent)
    trash.undo()
    assert path.read_text() == "one"


def test_what_the_library_does_not_know_stays_where_it_is(
    library: Library, trash: Trash, tmp_path: Path
) -> None:
    known = picture(library, tmp_path, "one")
    stranger = known.with_name("stranger.png")
    stranger.write_text("mine")
    with pytest.raises(LookupError):
        trash.delete(known, stranger)
    assert stranger.read_text() == "mine"
    assert [entry.path for entry in trash.undo()] == [known]


def test_a_file_that_is_gone_already_is_said(
    library: Library, trash: Trash, tmp_path: Path
) -> None:
    path = picture(library, tmp_path, "one")
    path.unlink()
    with pytest.raises(OSError, match=path.name):
        trash.delete(path)
    assert not trash.can_undo


def test_an_index_that_cannot_be_written_loses_no_picture(
    library: Library, trash: Trash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = picture(library, tmp_path, "one")
    with monkeypatch.context() as patch:
        patch.setattr(library, "forget", _full)
        with pytest.raises(sqlite3.OperationalError):
            trash.delete(path)
    assert [entry.path for entry in trash.undo()] == [path]
    assert path.read_text() == "one"


def _full(_path: Path) -> None:
    raise sqlite3.OperationalError("database or disk is full")


def test_fifty_steps_are_remembered(library: Library, trash: Trash, tmp_path: Path) -> None:
    for number in range(STEPS + 2):
        trash.delete(picture(library, tmp_path, str(number)))
    undone = 0
    while trash.undo():
        undone += 1
    assert undone == STEPS
