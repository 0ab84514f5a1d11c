"""What applies to a text, seen in its dialog."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.panels.bible.try_dialog import TryDialog, about_tokens
from tests.studio.panels.bible.fakes import HARBOUR, MARA, TOM
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.panels.bible.panel import BiblePanel
    from tests.studio.panels.bible.fakes import Window

pytestmark = OFFSCREEN


def opened(panel: BiblePanel, window: Window) -> TryDialog:
    window.actions.trigger("bible.try_text")
    dialog = panel.findChild(TryDialog)
    assert dialog is not None
    return dialog


def rows(dialog: TryDialog) -> list[str]:
    return [dialog.found.item(row).text() for row in range(dialog.found.count())]


def test_it_names_entries_and_reasons(panel: BiblePanel, window: Window, qtbot: QtBot) -> None:
    window.put(replace(HARBOUR, always_on=True))
    dialog = opened(panel, window)
    dialog.text.setPlainText("Mara in her red coat. Mara waits for @Old Tom.")
    qtbot.waitUntil(lambda: len(rows(dialog)) == 3)
    told = {row.split(" · ")[0]: row.split("\n")[1] for row in rows(dialog)}
    assert told["The harbour"] == "always on"
    assert "mentioned as @Old Tom" in told["Old Tom"]
    assert "named “Mara” 2 times" in told["Mara"]
    assert "keyword “red coat”" in told["Mara"]
    assert dialog.summary.text().startswith("3 entries apply")
    dialog.text.setPlainText("Nobody")
    qtbot.waitUntil(lambda: len(rows(dialog)) == 1)
    assert dialog.summary.text().startswith("1 entry applies")
    dialog.found.itemActivated.emit(dialog.found.item(0))
    assert panel.view.card.head.name.text() == "The harbour"


def test_it_says_what_has_no_room(panel: BiblePanel, window: Window, qtbot: QtBot) -> None:
    long = "word " * 400
    window.put(replace(MARA, text=long), replace(TOM, text=long, summary=""))
    dialog = opened(panel, window)
    dialog.budget.set_value(120)
    dialog.text.setPlainText("Mara and Old Tom")
    qtbot.waitUntil(lambda: len(rows(dialog)) == 2)
    assert any("as its summary" in row for row in rows(dialog))
    assert any("no room for" in row for row in rows(dialog))
    assert dialog.summary.text().endswith("1 has no room.")


def test_tokens_are_about_a_quarter_of_the_letters() -> None:
    assert about_tokens("") == 0
    assert about_tokens("lamp") == 1
    assert about_tokens("lamps") == 2


def test_what_is_near_in_meaning_applies_too(
    panel: BiblePanel, window: Window, qtbot: QtBot
) -> None:
    window.meanings.scores = {HARBOUR.id: 0.62, MARA.id: 0.1}
    dialog = opened(panel, window)
    dialog.text.setPlainText("boats at the quay")
    qtbot.waitUntil(lambda: len(rows(dialog)) == 1)
    assert rows(dialog)[0].startswith("The harbour")
    assert rows(dialog)[0].endswith("close in meaning")
