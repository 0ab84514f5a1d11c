"""Stand-alone lorebooks of the three shapes there are."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from pipelines.api import JobCancelled
from studio.document.bible.entry import Entry, EntryKind
from studio.formats.imported_bible import ImportedBible, UnreadableError
from studio.formats.lorebook import MOST_ENTRIES, BookShape, read_lorebook, shape_of, write_lorebook
from tests.formats.making import (
    MARA,
    cancel,
    character_books,
    go_on,
    json_values,
    without_ids,
    world_infos,
)

BOOK = MARA["character_book"]
V3 = {"spec": "lorebook_v3", "data": BOOK, "beside": 1}
WORLD = {
    "entries": {
        "4": {
            "uid": 4, "key": ["light"], "keysecondary": ["storm"], "comment": "The lighthouse",
            "content": "It is dark.", "constant": True, "selective": True, "order": 50,
            "position": 4, "disable": False, "probability": 40, "depth": 2,
        },
        "9": {"key": ["off"], "content": "x", "disable": True},
    },
    "name": "Harbour",
}  # fmt: skip


def _again(bible: ImportedBible, shape: BookShape) -> ImportedBible:
    return read_lorebook(json.loads(write_lorebook(bible.entries, shape)), go_on)


def test_shapes_are_told_apart() -> None:
    assert shape_of(V3) is BookShape.V3
    assert shape_of(BOOK) is BookShape.CHARACTER_BOOK
    assert shape_of(WORLD) is BookShape.WORLD_INFO
    assert shape_of({"name": "Mara"}) is None
    assert shape_of([]) is None


@pytest.mark.parametrize("value", [V3, BOOK])
def test_a_book_becomes_lore(value: object) -> None:
    light, pattern = read_lorebook(value, go_on).entries
    assert (light.kind, light.name, light.text) == (
        EntryKind.LORE, "The lighthouse", "It has been dark for a year.",
    )  # fmt: skip
    assert (light.keywords, light.always_on, light.order) == (("lighthouse", "light"), True, 7.0)
    assert light.enabled
    assert (pattern.enabled, pattern.text) == (False, "A pattern.")


def test_world_info_becomes_lore() -> None:
    bible = read_lorebook(WORLD, go_on)
    light, off = bible.entries
    assert (light.name, light.keywords, light.order) == ("The lighthouse", ("light",), 50.0)
    assert light.always_on
    assert (off.keywords, off.enabled, off.order) == (("off",), False, 100.0)
    assert any("second keyword" in note for note in bible.notes)


@pytest.mark.parametrize(("value", "shape"), [(V3, BookShape.V3), (BOOK, BookShape.CHARACTER_BOOK)])
def test_an_unchanged_book_is_written_as_it_was(value: dict[str, Any], shape: BookShape) -> None:
    written = json.loads(write_lorebook(read_lorebook(value, go_on).entries, shape))
    assert written == value


def test_unchanged_world_info_is_written_as_it_was() -> None:
    written = json.loads(write_lorebook(read_lorebook(WORLD, go_on).entries, BookShape.WORLD_INFO))
    assert written["name"] == "Harbour"
    assert written["entries"]["4"] == WORLD["entries"]["4"]  # type: ignore[index]
    assert written["entries"]["9"].items() >= WORLD["entries"]["9"].items()  # type: ignore[index]


@settings(max_examples=40, deadline=None)
@given(character_books, json_values)
def test_books_come_back_the_same(book: dict[str, Any], beside: object) -> None:
    for value, shape in (
        (book, BookShape.CHARACTER_BOOK),
        ({"spec": "lorebook_v3", "data": book, "beside": beside}, BookShape.V3),
    ):
        bible = read_lorebook(value, go_on)
        assert without_ids(_again(bible, shape)) == without_ids(bible)


@settings(max_examples=40, deadline=None)
@given(world_infos)
def test_world_info_comes_back_the_same(entries: dict[str, Any]) -> None:
    bible = read_lorebook({"entries": entries}, go_on)
    assert without_ids(_again(bible, BookShape.WORLD_INFO)) == without_ids(bible)


@settings(max_examples=40, deadline=None)
@given(world_infos)
def test_what_is_understood_survives_the_other_dialect(entries: dict[str, Any]) -> None:
    bible = read_lorebook({"entries": entries}, go_on)
    there = _again(bible, BookShape.V3)
    back = _again(there, BookShape.WORLD_INFO)
    for entry in (*there.entries, *back.entries):
        assert entry.extras["lorebook"]["raw"]["content"] is not None
    plain = [replace(entry, id="", extras={}) for entry in bible.entries]
    assert [replace(entry, id="", extras={}) for entry in there.entries] == plain
    assert [replace(entry, id="", extras={}) for entry in back.entries] == plain


def test_unknown_members_survive_the_other_dialect() -> None:
    there = json.loads(write_lorebook(read_lorebook(WORLD, go_on).entries, BookShape.V3))
    assert there["data"]["entries"][0]["extensions"]["probability"] == 40
    assert there["data"]["entries"][1]["enabled"] is False


def test_changes_are_written() -> None:
    light, off = read_lorebook(WORLD, go_on).entries
    entries = (replace(light, name="Lamp", keywords=("lamp",), text="New.", order=3.5), off)
    written = json.loads(write_lorebook(entries, BookShape.WORLD_INFO))["entries"]["4"]
    assert (written["comment"], written["key"], written["content"], written["order"]) == (
        "Lamp", ["lamp"], "New.", 3.5,
    )  # fmt: skip
    assert written["probability"] == 40


@pytest.mark.parametrize("shape", BookShape)
def test_what_is_switched_here_is_switched_in_the_file(shape: BookShape) -> None:
    light, off = read_lorebook(WORLD, go_on).entries
    switched = (replace(light, enabled=False), replace(off, enabled=True))
    again = read_lorebook(json.loads(write_lorebook(switched, shape)), go_on).entries
    assert [entry.enabled for entry in again] == [False, True]


@pytest.mark.parametrize("shape", BookShape)
def test_entries_made_here_travel_whole(shape: BookShape) -> None:
    made = (
        Entry("1", EntryKind.PLACE, "Pier", ("quay",), "Wet.", "Long.", ("t",), ("pier",), True,
              "a pier", "people", seed=3, order=2.0),
        Entry("2", EntryKind.LOOK, "Noir"),
    )  # fmt: skip
    again = read_lorebook(json.loads(write_lorebook(made, shape)), go_on).entries
    assert [replace(entry, extras={}, id="") for entry in again] == [
        replace(entry, id="") for entry in made
    ]


def test_numbers_of_world_info_are_never_used_twice() -> None:
    light, off = read_lorebook(WORLD, go_on).entries
    written = json.loads(write_lorebook((light, light, off), BookShape.WORLD_INFO))["entries"]
    assert len(written) == 3
    assert all(str(entry["uid"]) == name for name, entry in written.items())


@pytest.mark.parametrize(
    "value", [[], {}, {"spec": "lorebook_v3"}, {"spec": "lorebook_v3", "data": 1}]
)
def test_what_is_no_lorebook_is_refused(value: object) -> None:
    with pytest.raises(UnreadableError):
        read_lorebook(value, go_on)


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(UnreadableError, match="more than 20,000"):
        read_lorebook({"entries": [{}] * (MOST_ENTRIES + 1)}, go_on)


def test_entries_that_are_none_give_a_note() -> None:
    bible = read_lorebook({"entries": [3, {"content": "x"}, None]}, go_on)
    assert len(bible.entries) == 1
    assert bible.notes == ("2 of its lore entries are none and were left out.",)


def test_an_empty_book_says_so() -> None:
    assert read_lorebook({"entries": {}}, go_on).notes == ("The lorebook is empty.",)


def test_reading_can_be_stopped() -> None:
    with pytest.raises(JobCancelled):
        read_lorebook(BOOK, cancel)
