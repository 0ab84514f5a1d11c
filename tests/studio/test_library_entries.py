"""Pictures by the entries they were made from, in a real index."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from studio.database import open_database
from studio.library import Entry, Library
from studio.library_entries import with_entries
from studio.library_query import LibraryReader, Query
from studio.library_schema import APPLICATION_ID, MIGRATIONS
from tests.document.bible.entries import bible, entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "Fabula", tmp_path / "library.sqlite3")) as made:
        yield made


@pytest.fixture
def reader(library: Library, tmp_path: Path) -> Iterator[LibraryReader]:
    with closing(LibraryReader(tmp_path / "library.sqlite3")) as made:
        yield made


def put(library: Library, name: str, made_from: object) -> Entry:
    path = library.folder / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    path.write_text(name)
    settings = {"kind": "text_to_image", "made_from": made_from}
    picture = Entry(path, NOW, 8, 8, f"picture {name}", settings=settings)
    library.add(picture)
    return picture


def use(entry_id: str, name: str) -> dict[str, str]:
    return {"entry": entry_id, "name": name, "fingerprint": "00"}


def names(reader: LibraryReader, query: Query) -> list[str]:
    return sorted(name.removesuffix(".png") for name in reader.find(query, NOW).names)


def test_pictures_are_found_by_name_and_by_id(library: Library, reader: LibraryReader) -> None:
    put(library, "both", [use("m1", "Mara"), use("t1", "Old Tom")])
    put(library, "one", [use("m1", "Mia")])
    put(library, "none", [])
    assert names(reader, Query(words="@mar")) == ["both"]
    assert names(reader, Query(words="@[old tom] picture")) == ["both"]
    assert names(reader, Query(words="@%")) == ["both", "none", "one"]  # no name, so no wish
    assert names(reader, Query(words="@[%]")) == []
    assert names(reader, Query(words="@nobody")) == []
    assert names(reader, Query(entries=("m1",))) == ["both", "one"]
    assert names(reader, Query(words="one", entries=("m1",))) == ["one"]
    assert names(reader, Query(entries=("m1", "t1"))) == ["both"]


def test_the_index_follows_what_becomes_of_a_picture(
    library: Library, reader: LibraryReader
) -> None:
    first = put(library, "a", [use("m1", "Mara")])
    put(library, "a", [use("t1", "Tom")])
    assert names(reader, Query(words="@mara")) == []
    assert names(reader, Query(words="@tom")) == ["a"]
    library.forget(first.path)
    assert names(reader, Query(words="@tom")) == []


@pytest.mark.parametrize(
    "made_from",
    ["text", 7, None, {"entry": "m1"}, [1, "x", {"name": "n"}, {"entry": 3}], [[use("m1", "M")]]],
)
def test_what_strangers_write_there_does_no_harm(
    library: Library, reader: LibraryReader, made_from: object
) -> None:
    put(library, "odd", made_from)
    put(library, "twice", [use("m1", "Mara"), {**use("m1", "Mara"), "name": 3}])
    assert "odd" in names(reader, Query())
    assert names(reader, Query(entries=("m1",))) == ["twice"]


def test_an_index_without_entries_is_lifted(tmp_path: Path) -> None:
    index = tmp_path / "library.sqlite3"
    db, _ = open_database(index, APPLICATION_ID, MIGRATIONS[:3])
    with closing(db):
        db.execute(
            "INSERT INTO pictures (path, made, width, height, model, prompt, batch, settings,"
            " fingerprint, size, modified) VALUES ('a.png', '2026', 8, 8, '', 'p', '',"
            """ '{"kind": "x", "made_from": [{"entry": "m1", "name": "Mara"}]}', 'f', 1, 1)"""
        )
    with closing(Library(tmp_path, index)), closing(LibraryReader(index)) as reader:
        assert names(reader, Query(words="@Mara")) == ["a"]


def test_names_of_the_bible_become_ids_whatever_they_were() -> None:
    entries = bible(entry("Mara", aliases=("Mia",)), entry("Old Tom"))
    asked = with_entries(Query(words="dusk @mia, @Old Tom @new"), entries)
    assert (asked.entries, asked.words.split()) == (("mara", "old_tom"), ["dusk", ",", "@new"])
    plain = Query(words="dusk mara@home")
    assert with_entries(plain, entries) == replace(plain, entries=())
