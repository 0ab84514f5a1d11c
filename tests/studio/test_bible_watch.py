"""The bible of a real project that is edited, undone and replaced."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio import bible_watch as module
from studio.bible_mentions import BibleMentions
from studio.bible_watch import BibleWatch
from studio.document.bible.bible import Bible
from studio.document.bible.entry import EntryKind
from studio.document.bible.entry_json import entry_document
from studio.document.bible.fingerprint import MadeFrom
from studio.document.documents import Change, Document
from studio.document.opening import new_project
from studio.messages import Messages
from studio.open_project import OpenProject
from studio.stale_pictures import StalePictures
from studio.told_prompt import entry_use
from studio.widgets.mentions import MentionSpan
from tests.document.bible.entries import entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.document.bible.entry import Entry

MARA = entry("Mara", prompt="red hair", aliases=("Mara Lind",))


@pytest.fixture
def project(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenProject]:
    made = OpenProject(new_project(tmp_path), Messages())
    yield made
    made.project.close()


@pytest.fixture
def watch(project: OpenProject) -> BibleWatch:
    put(project, MARA)
    return BibleWatch(project)


def put(project: OpenProject, *entries: Entry) -> None:
    assert project.edit("Edit", Change(puts=tuple(map(entry_document, entries))))


def test_it_follows_edits_undo_and_another_project(
    project: OpenProject, watch: BibleWatch, tmp_path: Path
) -> None:
    told: list[Bible | None] = []
    watch.changed.connect(told.append)
    assert watch.bible == Bible((MARA,))
    mia = replace(MARA, name="Mia")
    put(project, mia, entry("Tom"))
    assert watch.bible == Bible((mia, entry("Tom")))
    project.undo()
    assert watch.bible == Bible((MARA,))
    assert told == [Bible((MARA,)), Bible((mia, entry("Tom")))]
    project.edit("Other", Change(puts=(Document.make("note", "note", {}),)))
    damaged = Document("bible/mara", "bible_entry", "[1]")
    assert len(told) == 2
    project.edit("Damage", Change(puts=(damaged,)))
    assert watch.bible == Bible()
    project.replace(new_project(tmp_path)).close()
    assert told[-1] is None


def test_a_large_bible_is_read_in_pieces_and_misses_no_change(
    project: OpenProject, watch: BibleWatch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SLICE", 0.0)
    crowd = [entry(f"Entry {number}") for number in range(30)]
    put(project, *crowd)
    told: list[Bible | None] = []
    watch.changed.connect(told.append)
    project.replaced.emit()
    assert watch.is_loading
    late = replace(crowd[29], name="Renamed meanwhile")
    with qtbot.waitSignal(watch.changed):
        put(project, late)
    assert told == [None]  # nobody has seen the old ones
    assert not watch.is_loading
    assert watch.bible == Bible((MARA, *crowd[:29], late))


def test_it_is_whole_for_whoever_asks_while_it_is_read(
    project: OpenProject, watch: BibleWatch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SLICE", 0.0)
    put(project, *(entry(f"Entry {number}") for number in range(30)))
    project.replaced.emit()
    assert len(watch.bible) == 31
    with qtbot.waitSignal(watch.changed):
        put(project, entry("Tom"))
    assert len(watch.bible) == 32


def test_what_can_be_mentioned(project: OpenProject, watch: BibleWatch) -> None:
    mentions = BibleMentions(watch)
    put(project, entry("Old Tom", kind=EntryKind.PLACE, portrait="abc"))
    told: list[bool] = []
    mentions.changed.connect(lambda: told.append(True))
    mara, tom = mentions.choices()
    assert (mara.key, mara.name, mara.detail, mara.others) == (
        "mara", "Mara", "Character", ("Mara Lind",),
    )  # fmt: skip
    assert (tom.detail, tom.portrait) == ("Place", "abc")
    assert mentions.written("old_tom", "", "") == "@Old Tom"
    assert mentions.written("old_tom", "", "my") == "@[Old Tom]"
    assert mentions.spans("@Nobody, @mara lind!") == [
        MentionSpan(0, 7, False, "The story bible has no “Nobody”."),
        MentionSpan(9, 19),
    ]
    project.undo()
    project.undo()
    assert told == [True, True]
    assert mentions.spans("@Nobody") == []  # no bible, no remark


def test_a_picture_is_older_than_what_it_shows_of_an_entry(
    project: OpenProject, watch: BibleWatch
) -> None:
    use = entry_use(MARA)
    made = [MadeFrom(use.entry, use.fingerprint, use.name, use.fields)]
    stale = StalePictures(watch)
    assert stale.older_than(made) == ""
    put(project, replace(MARA, name="Mia", voice=replace(MARA.voice, notes="hoarse")))
    assert stale.older_than(made) == ""  # nothing of it can be seen
    put(project, replace(MARA, name="Mia", prompt="grey hair", seed=4))
    assert stale.older_than(made) == "Older than Mia's prompt"
    assert stale.older_than([MadeFrom("mara", "00", "Mara")]) == "Older than Mia"
    assert stale.older_than([MadeFrom("gone", "00", "Gone")]) == ""
    put(project, replace(MARA, prompt=""))
    bare = [MadeFrom("mara", "00", "M", {**use.fields, "name": "x"})]
    assert stale.older_than(bare) == "Older than Mara's name"
    put(project, MARA)
    assert stale.older_than(made) == ""
