"""The entries as the panel knows them: read in pieces, moved, and kept up with the project."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from studio.document.documents import Change, Document
from studio.panels.bible import entries as module
from studio.panels.bible.entries import Entries
from tests.studio.panels.bible.fakes import MARA, STORY, TOM, many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.studio.panels.bible.fakes import Window


@pytest.fixture
def entries(window: Window) -> Iterator[Entries]:
    owner = QObject()
    made = Entries(window.project, window.messages, owner)
    made.load()
    yield made
    owner.deleteLater()


def test_a_large_bible_is_read_in_pieces_and_misses_no_change(
    window: Window, entries: Entries, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SLICE", 0.0)
    window.put(*many(30))
    entries.load()
    assert entries.is_loading
    told: list[object] = []
    entries.changed.connect(lambda ids, _by: told.append(ids))
    late = replace(many(30)[29], name="Renamed meanwhile")
    with qtbot.waitSignal(entries.loaded):
        window.put(late, MARA)
    assert told == []  # nobody has seen the old ones
    assert len(entries.bible) == 31
    assert entries.get(late.id) == late
    assert entries.get("mara") == MARA


def test_an_entry_that_is_damaged_stays_in_the_project(window: Window, entries: Entries) -> None:
    bad = Document("bible/bad", "bible_entry", "[]")
    assert window.project.edit("Put", Change(puts=(bad,)))
    window.put(MARA)
    assert [entry.id for entry in entries.bible] == ["mara"]
    assert window.project.documents["bible/bad"] == bad


@pytest.mark.parametrize(
    ("ids", "index", "order"),
    [
        (["harb"], 0, ["harb", "mara", "tom"]),
        (["mara"], 2, ["tom", "harb", "mara"]),
        (["harb", "mara"], 0, ["harb", "mara", "tom"]),
        (["mara", "tom"], 1, ["harb", "mara", "tom"]),
        (["mara"], 0, ["mara", "tom", "harb"]),
    ],
)
def test_entries_are_moved_together(
    window: Window, entries: Entries, ids: list[str], index: int, order: list[str]
) -> None:
    window.put(*STORY)
    assert entries.move("Move", ids, index)
    assert [entry.id for entry in entries.bible] == order
    assert [entry.id for entry in window.bible] == order


def test_there_is_room_between_neighbours_for_ever(window: Window, entries: Entries) -> None:
    window.put(*STORY)
    for _ in range(80):  # halving a gap that often leaves no number in it
        order = [entry.id for entry in entries.bible]
        assert entries.move("Move", [order[2]], 1)
        assert [entry.id for entry in entries.bible] == [order[0], order[2], order[1]]


def test_others_are_told_who_changed_what(window: Window, entries: Entries) -> None:
    told: list[tuple[object, object]] = []
    entries.changed.connect(lambda ids, by: told.append((ids, by)))
    assert entries.put("Put", [TOM], by=window)
    window.put_document("shot/1", "shot")
    assert told == [(frozenset({"tom"}), window)]
