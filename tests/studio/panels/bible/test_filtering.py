"""What the list shows for a filter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.document.bible.entry import EntryKind
from studio.panels.bible.filtering import Filter, Finder, counts, tags
from tests.studio.panels.bible.fakes import HARBOUR, MARA, STORY, TOM


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), STORY),
        (Filter("  LAMP "), (MARA, TOM)),
        (Filter("red coat"), (MARA,)),
        (Filter("coat boats"), ()),
        (Filter(kind=EntryKind.PLACE), (HARBOUR,)),
        (Filter(tag="family"), (MARA, TOM)),
        (Filter("keeps", EntryKind.CHARACTER, "harbour"), (TOM,)),
        (Filter("keeps", EntryKind.PLACE), ()),
    ],
)
def test_all_parts_of_a_filter_hold(wanted: Filter, found: tuple[object, ...]) -> None:
    assert tuple(Finder().found(STORY, wanted)) == found
    assert wanted.is_on == (wanted != Filter())


def test_an_entry_that_has_changed_is_looked_through_anew() -> None:
    finder = Finder()
    assert finder.found([MARA], Filter("lamp"))
    assert not finder.found([replace(MARA, summary="")], Filter("lamp"))


def test_kinds_and_tags_are_counted() -> None:
    assert counts(STORY) == {EntryKind.CHARACTER: 2, EntryKind.PLACE: 1}
    assert tags(STORY) == [("family", 2), ("harbour", 1)]
    assert tags([replace(MARA, tags=("a", "a"))]) == [("a", 1)]
