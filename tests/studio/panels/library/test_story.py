"""The story bible in the library: stale pictures and search by entry, in the whole panel."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from studio.document.bible.entry_json import entry_document
from studio.document.documents import Change
from studio.told_prompt import entry_use
from studio.widgets.elided_label import ElidedLabel
from tests.document.bible.entries import entry
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from studio.document.bible.entry import Entry
    from studio.panels.library.panel import LibraryPanel
    from tests.studio.panels.library.fakes import Window

pytestmark = OFFSCREEN

MARA = entry("Mara", prompt="red hair")


@pytest.fixture
def panel(window: Window, make: Callable[[], LibraryPanel]) -> LibraryPanel:
    """A picture of Mara, and one of nobody."""
    write(window, MARA)
    made_from = [asdict(entry_use(MARA))]
    window.put("door", "red hair at a door", made_from=made_from, typed_prompt="@Mara at a door")
    window.put("castle", "a castle", hours=1)
    return make()


def write(window: Window, made: Entry) -> None:
    assert window.project.edit("Edit", Change(puts=(entry_document(made),)))


def test_a_picture_says_what_it_was_made_from_and_when_that_has_changed(
    window: Window, panel: LibraryPanel
) -> None:
    panel.view.wall.choose("door.png")
    warning = panel.inspector._warning
    assert panel.inspector._title.full_text() == "Mara at a door"
    table = panel.inspector._table
    said = [table.itemAt(index).widget() for index in range(table.count())]  # type: ignore[union-attr]
    assert [each.full_text() for each in said if isinstance(each, ElidedLabel)][-1] == "Mara"
    assert not warning.isVisible()
    write(window, replace(MARA, prompt="grey hair"))
    assert (warning.isVisible(), warning.text()) == (True, "Older than Mara's prompt")
    panel.view.wall.choose("castle.png")
    assert not warning.isVisible()


def test_an_entry_is_found_by_any_name_it_has_now(
    qtbot: QtBot, window: Window, panel: LibraryPanel
) -> None:
    write(window, replace(MARA, name="Mia Lind"))
    for words in ("@Mia Lind", "@mar"):
        with qtbot.waitSignal(panel._looking.found):
            panel.view.bar.field.setText(words)
        assert tuple(panel.view.wall._keys) == ("door.png",)
        assert panel.view.bar._count.text() == "1 of 2 pictures"
