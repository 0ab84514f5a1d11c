"""Finding pictures in the index, and lifting an index of the first schema."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.database import open_database
from studio.library import Entry, Library
from studio.library_index import model_name
from studio.library_query import LibraryReader, Query, begin_of
from studio.library_rebuild import PictureFacts, RebuildRequest, rebuild
from studio.library_schema import APPLICATION_ID, MIGRATIONS

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC).astimezone()  # a Wednesday


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "Fabula", tmp_path / "library.sqlite3")) as made:
        yield made


@pytest.fixture
def reader(library: Library, tmp_path: Path) -> Iterator[LibraryReader]:
    with closing(LibraryReader(tmp_path / "library.sqlite3")) as made:
        yield made


Put = Callable[..., Entry]


@pytest.fixture
def put(library: Library) -> Put:
    def add(
        name: str,
        prompt: str = "",
        days: float = 0,
        size: tuple[int, int] = (64, 64),
        **more: object,
    ) -> Entry:
        path = library.folder / f"{name}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
        settings = {"model": more.get("model", "")}
        seed = more.get("seed")
        assert seed is None or isinstance(seed, int)
        made = NOW - timedelta(days=days)
        tool, source = str(more.get("tool", "")), str(more.get("source", ""))
        kept = bool(more.get("kept"))
        entry = Entry(path, made, *size, prompt, seed, kept, "", settings, tool, source)
        library.add(entry)
        return entry

    return add


def _names(reader: LibraryReader, query: Query) -> list[str]:
    return [name.removesuffix(".png") for name in reader.find(query, NOW).names]


def test_everything_is_found_with_its_shape_the_newest_first(
    reader: LibraryReader, put: Put
) -> None:
    put("old", days=2, size=(128, 64))
    put("new", size=(64, 128))
    found = reader.find(Query(), NOW)
    assert found.names == ("new.png", "old.png")
    assert list(found.aspects) == [0.5, 2.0]
    assert found.total == 2
    assert _names(reader, Query(order="oldest")) == ["old", "new"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("lighthouse evening", ["a"]),
        ("EVEN light", ["a"]),  # the beginnings of words, in any order and case
        ("ouse", []),
        ("cafe", ["b"]),
        ("café", ["b"]),
        ("夕方", ["c"]),  # inside a text without spaces
        ("4172", ["b"]),  # a seed
        ("417 233 190", ["b"]),  # as the window writes it
        ("sdxl", ["a"]),  # a model
        ('"(light*', ["a"]),  # nothing is a command
        ("AND", []),
        ("—", ["c", "b", "a"]),  # no words at all
    ],
)
def test_words(reader: LibraryReader, put: Put, words: str, names: list[str]) -> None:
    put("a", "the Lighthouse door, evening light", days=2, model="/m/sdxl-base.safetensors")
    put("b", "a CAFÉ in rain", days=1, seed=417_233_190)
    put("c", "灯台の夕方の光")
    assert _names(reader, Query(words=words)) == names


def test_filters(reader: LibraryReader, put: Put) -> None:
    put("wide", "owl", model="/m/sdxl.safetensors", size=(1344, 768))
    put("small", "fox", days=1, model="flux", size=(128, 128), kept=True)
    assert _names(reader, Query(model="flux")) == ["small"]
    assert _names(reader, Query(model="sdxl", kept=True)) == []
    assert _names(reader, Query(kept=True)) == ["small"]
    assert _names(reader, Query(shortest=513)) == ["wide"]
    assert _names(reader, Query(longest=512)) == ["small"]
    assert _names(reader, Query(order="prompt")) == ["small", "wide"]
    assert reader.find(Query(kept=True), NOW).total == 2


def test_more_filters_and_all_together(library: Library, reader: LibraryReader, put: Put) -> None:
    one = put("a", "owl", seed=7, tool="comfyui", source="/their/folder", kept=True)
    two = put("b", "owl", seed=70, tool="a1111")
    both = library.marks.make("Both")
    library.marks.collect(both.id, library.contents([one.path, two.path]))
    put("c", "owl", seed=7)
    assert _names(reader, Query(seed=7)) == ["c", "a"]
    assert _names(reader, Query(tool="a1111")) == ["b"]
    assert _names(reader, Query(source="/their/folder")) == ["a"]
    assert _names(reader, Query(source="")) == ["c", "b"]
    assert _names(reader, Query(collection=both.id)) == ["b", "a"]
    everything = Query(
        "owl", "", True, "month", 1, 64, 7, both.id, "/their/folder", "comfyui", order="prompt"
    )
    assert _names(reader, everything) == ["a"]
    for change in ({"seed": 8}, {"collection": "x"}, {"tool": "x"}, {"source": ""}, {"words": "x"}):
        assert _names(reader, replace(everything, **change)) == [], change


def test_a_ranked_list_gives_the_order_and_is_filtered(reader: LibraryReader, put: Put) -> None:
    put("a", "owl")
    put("b", "fox", days=50)
    put("c", "frog")
    ranked = ("c.png", "b.png", "gone.png", "a.png")
    assert _names(reader, Query("no such word", ranked=ranked)) == ["c", "b", "a"]
    assert _names(reader, Query(ranked=ranked, period="month")) == ["c", "a"]
    assert _names(reader, Query(ranked=())) == []


def test_periods(reader: LibraryReader, put: Put) -> None:
    for name, days in (("today", 0), ("tuesday", 1), ("sunday", 3), ("october", 40)):
        put(name, days=days)
    assert _names(reader, Query(period="today")) == ["today"]
    assert _names(reader, Query(period="week")) == ["today", "tuesday"]
    assert _names(reader, Query(period="month")) == ["today", "tuesday", "sunday"]


def test_a_period_begins_at_midnight() -> None:
    begun = begin_of("week", NOW)
    assert (begun.weekday(), begun.hour, begun.minute) == (0, 0, 0)
    assert begun.utcoffset() is not None
    assert begin_of("month", NOW).day == 1
    assert (begin_of("year", NOW).month, begin_of("year", NOW).day) == (1, 1)
    with pytest.raises(ValueError, match="period"):
        begin_of("", datetime(2026, 1, 1, tzinfo=UTC))


def test_the_words_follow_the_pictures(library: Library, reader: LibraryReader, put: Put) -> None:
    entry = put("a", "fox")
    put("a", "owl")  # the same file, drawn again
    assert _names(reader, Query(words="fox")) == []
    assert _names(reader, Query(words="owl")) == ["a"]
    library.forget(entry.path)
    assert _names(reader, Query(words="owl")) == []


def test_a_change_by_another_is_seen(library: Library, reader: LibraryReader, put: Put) -> None:
    entry = put("a")
    before = reader.version()
    assert reader.version() == before
    library.keep(entry.path)
    assert reader.version() != before


def test_entries_by_name_and_models_by_number(library: Library, put: Put) -> None:
    one, _, three = put("a", model="x"), put("b", model="y"), put("c", model="x")
    assert library.named(["c.png", "gone.png", "a.png"]) == {"a.png": one, "c.png": three}
    assert library.models() == [("x", 2), ("y", 1)]


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("/models/sdxl-base.safetensors", "sdxl-base"),
        ("C:\\models\\old.ckpt", "old"),
        ("/models/starter-icons/", "starter-icons"),
        ("v1.5", "v1.5"),
        (None, ""),
    ],
)
def test_what_a_model_is_called(model: str | None, name: str) -> None:
    assert model_name({"model": model}) == name


def test_an_index_of_the_first_schema_is_lifted(tmp_path: Path) -> None:
    folder, index = tmp_path / "Fabula", tmp_path / "library.sqlite3"
    folder.mkdir()
    (folder / "a.png").write_text("a")
    db, _ = open_database(index, APPLICATION_ID, MIGRATIONS[:1])
    with closing(db):
        status = (folder / "a.png").stat()
        db.execute(
            "INSERT INTO pictures VALUES ('a.png', '2026-11-01T10:00:00.000000+00:00', 8, 8,"
            " 'a fox', '7', 'job', ?, 'content', ?, ?)",
            (json.dumps({"steps": 20}), status.st_size, status.st_mtime_ns),
        )
        db.execute("INSERT INTO kept VALUES ('content')")
    with closing(Library(folder, index)) as library, closing(LibraryReader(index)) as reader:
        (entry,) = library.recent()
        assert (entry.prompt, entry.seed, entry.kept, entry.batch) == ("a fox", 7, True, "job")
        assert _names(reader, Query(words="fox")) == ["a"]
        facts = PictureFacts(8, 8, "a fox", 7, settings={"model": "sdxl"})
        assert rebuild(RebuildRequest(folder, index), lambda _path: facts).read == 1, (
            "it is read for its model"
        )
        assert library.models() == [("sdxl", 1)]


def test_the_reader_cannot_write(reader: LibraryReader) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader._db.execute("DELETE FROM pictures")
