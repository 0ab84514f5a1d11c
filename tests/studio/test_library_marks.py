"""Stars and collections: what they survive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines import atomic
from studio import library_marks
from studio.library import Entry, Library
from studio.library_marks import Collection
from studio.library_rebuild import PictureFacts, RebuildRequest, rebuild

Open = Callable[[], Library]


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[Open]:
    opened: list[Library] = []

    def build() -> Library:
        opened.append(Library(tmp_path / "Fabula", tmp_path / "library.sqlite3"))
        return opened[-1]

    yield build
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Open) -> Library:
    return open_library()


def put(library: Library, name: str, content: str = "") -> Path:
    path = library.folder / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    path.write_text(content or name)
    library.add(Entry(path, datetime(2026, 11, 24, tzinfo=UTC), 8, 8))
    return path


def saved(library: Library) -> dict[str, object]:
    found = json.loads((library.folder / ".fabula" / "marks.json").read_text())
    assert isinstance(found, dict)
    return found


def names(library: Library, path: Path) -> list[str]:
    (content,) = library.contents([path])
    return [collection.name for collection in library.marks.collections_of(content)]


def test_a_picture_can_be_in_several_collections(library: Library) -> None:
    owl, fox = put(library, "owl"), put(library, "fox")
    covers, animals = library.marks.make("Covers"), library.marks.make(" animals  of night ")
    library.marks.collect(covers.id, library.contents([owl]))
    library.marks.collect(animals.id, library.contents([owl, fox, owl]))
    assert names(library, owl) == ["animals of night", "Covers"]
    assert library.marks.collections() == [
        Collection(animals.id, "animals of night", 2),
        Collection(covers.id, "Covers", 1),
    ]
    library.marks.uncollect(animals.id, library.contents([owl]))
    assert names(library, owl) == ["Covers"]
    library.marks.rename(covers.id, "covers")
    assert library.marks.name_of(covers.id) == "covers"
    library.marks.delete(animals.id)
    assert library.marks.collections() == [Collection(covers.id, "covers", 1)]
    assert fox.exists()
    with pytest.raises(LookupError):
        library.marks.name_of(animals.id)


def test_names_are_there_and_taken_once(library: Library) -> None:
    covers, others = library.marks.make("Covers"), library.marks.make("Others")
    with pytest.raises(ValueError, match="needs a name"):
        library.marks.make(" ")
    with pytest.raises(ValueError, match="“Covers”"):
        library.marks.rename(others.id, "cOvers")
    library.marks.rename(covers.id, "Covers")
    assert [each.name for each in library.marks.collections()] == ["Covers", "Others"]


def test_a_lost_index_loses_no_mark(library: Library, open_library: Open, tmp_path: Path) -> None:
    owl, fox = put(library, "owl"), put(library, "fox")
    library.keep(owl)
    covers = library.marks.make("Covers")
    library.marks.collect(covers.id, library.contents([owl, fox]))
    library.close()
    for file in tmp_path.glob("library.sqlite3*"):
        file.unlink()
    moved = owl.rename(owl.with_name("moved.png"))
    again = open_library()
    request = RebuildRequest(again.folder, tmp_path / "library.sqlite3")
    rebuild(request, lambda _path: PictureFacts(8, 8))
    assert {entry.path: entry.kept for entry in again.recent()} == {moved: True, fox: False}
    assert again.marks.collections() == [Collection(covers.id, "Covers", 2)]
    assert names(again, moved) == ["Covers"]


def test_stars_of_an_index_from_before_are_written_down(
    library: Library, open_library: Open
) -> None:
    owl = put(library, "owl")
    library.keep(owl)
    (library.folder / ".fabula" / "marks.json").unlink()
    library.close()
    again = open_library()
    assert again.get(owl).kept
    assert saved(again)["stars"] == again.contents([owl])


def test_the_file_is_believed_when_it_is_another(library: Library, open_library: Open) -> None:
    owl, fox = put(library, "owl"), put(library, "fox")
    library.keep(owl)
    changed = saved(library) | {"stars": library.contents([fox])}  # as by a backup
    library.close()
    atomic.write_json(library.folder / ".fabula" / "marks.json", changed)
    again = open_library()
    assert [again.get(owl).kept, again.get(fox).kept] == [False, True]


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff",
        b"[]",
        b'{"schema": 2, "stars": [], "collections": []}',
        b'{"schema": 1, "stars": 3, "collections": []}',
        b'{"schema": 1, "stars": [], "collections": [{"id": "a"}]}',
        b'{"schema": 1, "stars": [], "collections": [3]}',
    ],
)
def test_a_file_that_cannot_be_read_is_set_aside(
    library: Library, open_library: Open, content: bytes
) -> None:
    owl = put(library, "owl")
    library.keep(owl)
    library.close()
    file = library.folder / ".fabula" / "marks.json"
    file.write_bytes(content)
    again = open_library()
    assert again.get(owl).kept, "the index still knows"
    assert file.with_name("marks.json.broken-1").read_bytes() == content
    assert saved(again)["stars"] == again.contents([owl])


def test_what_cannot_be_written_down_has_not_happened(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    owl = put(library, "owl")
    covers = library.marks.make("Covers")

    def full(_path: Path, _value: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(library_marks, "write_text", full)
    with pytest.raises(OSError, match="full"):
        library.keep(owl)
    with pytest.raises(OSError, match="full"):
        library.marks.collect(covers.id, library.contents([owl]))
    with pytest.raises(OSError, match="full"):
        library.marks.delete(covers.id)
    assert not library.get(owl).kept
    assert library.marks.collections() == [Collection(covers.id, "Covers", 0)]


def test_an_index_that_was_not_written_takes_it_from_the_file(
    library: Library, open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut between the file and the index."""
    owl = put(library, "owl")

    def cut() -> None:
        raise sqlite3.OperationalError("cut")

    monkeypatch.setattr(library.marks, "_note_seen", cut)
    with pytest.raises(sqlite3.OperationalError, match="cut"):
        library.keep(owl)
    assert not library.get(owl).kept
    library.close()
    assert open_library().get(owl).kept


def test_nothing_is_written_where_nothing_changes(library: Library) -> None:
    owl = put(library, "owl")
    library.keep(owl, False)
    assert not (library.folder / ".fabula").exists()
    library.keep(owl)
    before = (library.folder / ".fabula" / "marks.json").stat()
    library.keep(owl)
    assert (library.folder / ".fabula" / "marks.json").stat() == before


def test_a_drive_that_is_not_plugged_in_gets_no_folder(
    library: Library, open_library: Open
) -> None:
    owl = put(library, "owl")
    library.keep(owl)
    library.close()
    library.folder.rename(library.folder.with_name("unplugged"))
    again = open_library()
    assert not again.folder.exists()
    assert again.recent()[0].kept
