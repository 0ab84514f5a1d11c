"""How the entries of a project are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.panels.bible.entries import Entries
from tests.studio.panels.bible.fakes import STORY

if TYPE_CHECKING:
    from tests.studio.panels.bible.fakes import Window


@pytest.fixture
def entries(window: Window) -> Entries:
    return Entries(window.project, window.watch, window.messages)


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
