"""The whole panel with a real project, by what a person does."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

from studio.document.bible.entry import EntryKind, Relation, Voice
from studio.document.bible.fingerprint import made_from
from studio.document.errors import ProjectError
from studio.document.opening import new_project
from studio.widgets.search_field import SearchField
from studio.wishes import DrawPrompt, ShowPart
from tests.studio.panels.bible.fakes import HARBOUR, MARA, TOM, many
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.panels.bible.panel import BiblePanel
    from tests.studio.panels.bible.conftest import Make
    from tests.studio.panels.bible.fakes import Window

pytestmark = OFFSCREEN


def listed(panel: BiblePanel) -> list[str]:
    return [entry.name for entry in panel.view.entries.entries.rows]


def choose(panel: BiblePanel, *ids: str) -> None:
    """Looks at the first and chooses the others too."""
    entries = panel.view.entries
    entries.look_at(ids[0])
    for entry_id in ids[1:]:
        index = entries.entries.index(entries.entries.row_of(entry_id))
        entries.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def focus(qtbot: QtBot, field: QLineEdit | QPlainTextEdit) -> None:
    field.window().activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)


# ---- looking ---------------------------------------------------------------------------------


def test_an_empty_bible_says_what_will_be_here_and_makes_the_first(
    window: Window, make: Make, qtbot: QtBot
) -> None:
    panel = make()
    assert panel.view.empty.isVisible()
    assert not panel.view.bar.isVisible()
    QTest.mouseClick(panel.view.empty.step, Qt.MouseButton.LeftButton)
    assert [entry.kind for entry in window.bible] == [EntryKind.CHARACTER]
    assert listed(panel) == ["New character"]
    assert panel.view.card.head.name.selectedText() == "New character"
    window.project.undo()
    assert panel.view.empty.isVisible()


def test_the_first_entry_is_looked_at(panel: BiblePanel) -> None:
    assert listed(panel) == ["Mara", "Old Tom", "The harbour"]
    card, inspector = panel.view.card, panel.inspector
    assert card.head.name.text() == "Mara"
    assert card.head.aliases.words == ("Mari",)
    assert card.head.kind.currentData() == EntryKind.CHARACTER
    assert card.text.text() == MARA.text
    assert card.voice.isVisible()
    assert inspector.prompt.text() == "a woman in a red coat"
    assert "a woman in a red coat" in inspector.expansion.text()
    assert "hat" in inspector.expansion.text()


def test_arrows_go_through_the_list(panel: BiblePanel, qtbot: QtBot) -> None:
    panel.focus_first()
    QTest.keyClick(panel.view.entries, Qt.Key.Key_Down)
    QTest.keyClick(panel.view.entries, Qt.Key.Key_Down)
    assert panel.view.card.head.name.text() == "The harbour"
    assert not panel.view.card.voice.isVisible()  # places do not speak


def test_the_entry_comes_back_at_the_next_start(
    panel: BiblePanel, make: Make, window: Window
) -> None:
    panel.show_entry("harb")
    panel.view.card.text.segments.chosen.emit("Read")
    again = make()
    assert again.shown.entry_id == "harb"
    assert again.view.card.text.is_reading


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mar", ["Mara", "Old Tom"]),
        ("MARI", ["Mara"]),
        ("boats twelve", ["The harbour"]),
        ("family keeps", ["Old Tom"]),
    ],
)
def test_search_looks_into_names_tags_and_text(
    panel: BiblePanel, qtbot: QtBot, words: str, found: list[str]
) -> None:
    field = panel.view.bar.findChild(SearchField)
    assert field is not None
    QTest.keyClicks(field, words)
    assert listed(panel) == found
    assert panel.shown.entry_id == "mara"  # still on the card


def test_kinds_are_counted_and_filter(panel: BiblePanel, qtbot: QtBot) -> None:
    places = next(
        b for b in panel.view.bar.kinds.findChildren(QAbstractButton) if b.text() == "Places"
    )
    assert places.accessibleDescription() == "1"
    QTest.mouseClick(places, Qt.MouseButton.LeftButton)
    assert listed(panel) == ["The harbour"]


def test_a_tag_on_the_card_filters(panel: BiblePanel) -> None:
    panel.show_entry("tom")
    panel.view.card.tags.word_clicked.emit("harbour")
    assert listed(panel) == ["Old Tom"]
    panel.view.bar.tag.cleared.emit()
    assert len(listed(panel)) == 3


def test_nothing_found_leads_back_to_all(panel: BiblePanel, qtbot: QtBot) -> None:
    QTest.keyClicks(panel.view.bar.field, "zzz")
    assert panel.view.show_all.isVisible()
    QTest.mouseClick(panel.view.show_all, Qt.MouseButton.LeftButton)
    assert len(listed(panel)) == 3
    assert panel.view.bar.field.text() == ""


# ---- writing ---------------------------------------------------------------------------------


def test_what_is_typed_is_one_step_and_kept_at_once(
    panel: BiblePanel, window: Window, qtbot: QtBot
) -> None:
    field = panel.view.card.head.summary
    focus(qtbot, field)
    field.clear()
    before = len(window.project.steps)
    QTest.keyClicks(field, "She ")
    qtbot.waitUntil(lambda: window.entry("mara").summary == "She ", timeout=1000)
    QTest.keyClicks(field, "waits")
    qtbot.waitUntil(lambda: window.entry("mara").summary == "She waits", timeout=1000)
    assert len(window.project.steps) == before + 1
    assert window.project.undo_text == "Mara: summary"
    assert field.cursorPosition() == len("She waits")
    window.project.undo()
    assert field.text() == MARA.summary


def test_two_visits_of_a_field_are_two_steps(
    panel: BiblePanel, window: Window, qtbot: QtBot
) -> None:
    before = len(window.project.steps)
    for word in ("a", "b"):
        focus(qtbot, panel.view.card.head.summary)
        QTest.keyClicks(panel.view.card.head.summary, word)
        focus(qtbot, panel.view.card.text.field)
    assert len(window.project.steps) == before + 2


def test_a_change_elsewhere_is_seen_and_leaves_the_cursor(
    panel: BiblePanel, window: Window, qtbot: QtBot
) -> None:
    field = panel.view.card.text.field
    focus(qtbot, field)
    cursor = field.textCursor()
    cursor.setPosition(8)
    field.setTextCursor(cursor)
    window.put(replace(MARA, summary="Somebody else wrote this."))
    assert panel.view.card.head.summary.text() == "Somebody else wrote this."
    assert field.textCursor().position() == 8
    window.put(replace(MARA, text="She grew up here."))
    assert field.toPlainText() == "She grew up here."
    assert field.textCursor().position() == 8


def test_typing_is_not_lost_when_something_else_changes(
    panel: BiblePanel, window: Window, qtbot: QtBot
) -> None:
    focus(qtbot, panel.inspector.prompt)
    QTest.keyClicks(panel.inspector.prompt, "X")
    window.put(replace(TOM, summary="Later."))
    assert "X" in panel.inspector.prompt.text()
    qtbot.waitUntil(lambda: "X" in window.entry("mara").prompt, timeout=1000)


def test_ctrl_z_in_a_field_is_the_projects(panel: BiblePanel, window: Window, qtbot: QtBot) -> None:
    undone: list[str] = []
    panel.shown._undo_keys.pressed.connect(lambda: undone.append(window.project.undo_text))
    field = panel.view.card.text.field
    focus(qtbot, field)
    QTest.keyClicks(field, "X")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone  # and what was typed is a step before the window's action runs
    assert window.project.undo_text == "Mara: text"
    assert "X" in window.entry("mara").text


def test_renaming_renames_the_mentions_in_the_same_step(
    panel: BiblePanel, window: Window, qtbot: QtBot
) -> None:
    window.actions.trigger("bible.rename")
    field = panel.view.card.head.name
    assert field.selectedText() == "Mara"
    before = len(window.project.steps)
    QTest.keyClicks(field, "Maren")
    assert window.entry("mara").name == "Mara"  # not before it is entered
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.entry("mara").name == "Maren"
    assert window.entry("tom").summary == "Keeps the lamp; @Maren is his daughter."
    assert len(window.project.steps) == before + 1
    assert window.project.undo_text == "Rename Mara"
    window.project.undo()
    assert window.entry("tom").summary == TOM.summary
    assert field.text() == "Mara"


def test_escape_leaves_the_old_name(panel: BiblePanel, window: Window, qtbot: QtBot) -> None:
    focus(qtbot, panel.view.card.head.name)
    QTest.keyClicks(panel.view.card.head.name, "nne")
    QTest.keyClick(panel.view.card.head.name, Qt.Key.Key_Escape)
    assert panel.view.card.head.name.text() == "Mara"
    assert window.entry("mara").name == "Mara"


@pytest.mark.parametrize("name", ["", "   ", "old tom"])
def test_a_name_that_cannot_be_is_refused(
    panel: BiblePanel, window: Window, qtbot: QtBot, name: str
) -> None:
    field = panel.view.card.head.name
    focus(qtbot, field)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.entry("mara").name == "Mara"
    assert field.text() == "Mara"
    assert bool(window.problems) == bool(name.strip())


def test_words_are_added_and_taken_off(panel: BiblePanel, window: Window, qtbot: QtBot) -> None:
    tags = panel.view.card.tags
    QTest.keyClicks(tags.field, "sea, night,")
    assert window.entry("mara").tags == ("family", "sea", "night")
    QTest.keyClick(tags.field, Qt.Key.Key_Backspace)
    assert window.entry("mara").tags == ("family", "sea")
    keywords = panel.view.card.keywords
    QTest.keyClicks(keywords.field, "the daughter")
    QTest.keyClick(keywords.field, Qt.Key.Key_Return)
    assert window.entry("mara").keywords == ("red coat", "the daughter")
    window.project.undo()
    assert keywords.words == ("red coat",)


def test_always_on_kind_seed_and_voice_reach_the_project(
    panel: BiblePanel, window: Window, qtbot: QtBot
) -> None:
    card = panel.view.card
    QTest.mouseClick(card.always, Qt.MouseButton.LeftButton)
    assert window.entry("mara").always_on
    QTest.mouseClick(card.off, Qt.MouseButton.LeftButton)
    assert not window.entry("mara").enabled
    window.project.undo()
    assert not card.off.isChecked()
    QTest.keyClicks(card.voice.samples[1], "Don't ask.")
    panel.typing.flush()
    assert window.entry("mara").voice == Voice("", ("", "Don't ask."))
    panel.inspector.seed.seed_changed.emit(7)
    assert window.entry("mara").seed == 7
    kind: QComboBox = card.head.kind
    kind.setCurrentIndex(kind.findData(EntryKind.LORE))
    kind.activated.emit(kind.currentIndex())
    assert window.entry("mara").kind is EntryKind.LORE
    assert not card.voice.isVisible()


def test_a_lora_is_named_as_any_machine_may_open_it(panel: BiblePanel, window: Window) -> None:
    from pathlib import Path

    path = str(Path.home() / "loras" / "mara.safetensors")
    panel.inspector.loras.chosen_changed.emit(((path, 0.7),))
    panel.typing.flush()
    lora = window.entry("mara").loras[0]
    assert (lora.path, lora.weight) == ("~/loras/mara.safetensors", 0.7)


def test_relations_lead_to_others_and_back(panel: BiblePanel, window: Window, qtbot: QtBot) -> None:
    relations = panel.view.card.relations
    QTest.keyClicks(relations.field, "old tom")
    QTest.keyClick(relations.field, Qt.Key.Key_Return)
    assert window.entry("mara").relations == (Relation("tom"),)
    QTest.keyClicks(relations.fields[0], "his daughter")
    panel.typing.flush()
    assert window.entry("mara").relations == (Relation("tom", "his daughter"),)
    go = next(b for b in relations.findChildren(QAbstractButton) if "Go to" in b.accessibleName())
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    assert panel.view.card.head.name.text() == "Old Tom"


def test_a_mention_that_is_read_leads_to_its_entry(panel: BiblePanel, window: Window) -> None:
    window.put(replace(MARA, text="She fears @Old Tom."))
    text = panel.view.card.text
    text.set_reading(True)
    assert text.view.toPlainText() == "She fears @Old Tom."
    assert "entry:tom" in text.view.toHtml()
    text.view.anchorClicked.emit(QUrl("https://example.org"))
    assert panel.shown.entry_id == "mara"
    text.view.anchorClicked.emit(QUrl("entry:tom"))
    assert panel.shown.entry_id == "tom"


def test_a_relation_to_nobody_is_told(panel: BiblePanel, window: Window, qtbot: QtBot) -> None:
    QTest.keyClicks(panel.view.card.relations.field, "Nobody")
    QTest.keyClick(panel.view.card.relations.field, Qt.Key.Key_Return)
    assert panel.view.notice.text == "No entry is called “Nobody”."
    assert window.entry("mara").relations == ()


def test_a_deleted_relation_stays_and_leads_nowhere(panel: BiblePanel, window: Window) -> None:
    window.put(replace(MARA, relations=(Relation("gone", "misses him"),)))
    relations = panel.view.card.relations
    go = next(b for b in relations.findChildren(QAbstractButton) if "Go to" in b.accessibleName())
    assert not go.isEnabled()
    assert relations.fields[0].text() == "misses him"


# ---- entries as a whole ----------------------------------------------------------------------


def test_duplicating_makes_a_neighbour_with_a_free_name(panel: BiblePanel, window: Window) -> None:
    window.actions.trigger("bible.duplicate")
    assert listed(panel) == ["Mara", "Mara 2", "Old Tom", "The harbour"]
    assert panel.view.card.head.name.text() == "Mara 2"
    assert panel.inspector.prompt.text() == MARA.prompt
    assert window.project.undo_text == "Duplicate Mara"


def test_deleting_says_where_it_was_used_and_gives_it_back(
    panel: BiblePanel, window: Window, qtbot: QtBot
) -> None:
    window.put_document("shot/1", "shot", title="Shot 4B", made_from=made_from([MARA]))
    panel.uses.look()
    window.actions.trigger("bible.delete")
    assert listed(panel) == ["Old Tom", "The harbour"]
    assert panel.view.card.head.name.text() == "Old Tom"
    assert "Shot 4B" in panel.view.notice.text
    undo = next(b for b in panel.view.notice.findChildren(QAbstractButton) if b.text() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert listed(panel) == ["Mara", "Old Tom", "The harbour"]
    assert window.entry("mara") == MARA


def test_the_offer_to_undo_goes_with_the_next_step(panel: BiblePanel, window: Window) -> None:
    window.actions.trigger("bible.delete")
    assert panel.view.notice.isVisible()
    window.put(replace(TOM, summary="Later."))
    assert not panel.view.notice.isVisible()


def test_several_are_deleted_in_one_step(panel: BiblePanel, window: Window) -> None:
    choose(panel, "mara", "harb")
    window.actions.trigger("bible.delete")
    assert listed(panel) == ["Old Tom"]
    assert window.project.undo_text == "Delete 2 entries"
    window.project.undo()
    assert len(listed(panel)) == 3


def test_dragging_changes_the_order(panel: BiblePanel, window: Window) -> None:
    entries = panel.view.entries.entries
    dragged = entries.mimeData([entries.index(2)])
    assert "@[The harbour]" in dragged.text()  # what a prompt takes of it
    nowhere = entries.index(-1)
    assert entries.dropMimeData(dragged, Qt.DropAction.MoveAction, 0, 0, nowhere)
    assert listed(panel) == ["The harbour", "Mara", "Old Tom"]
    assert [entry.name for entry in window.bible] == listed(panel)
    assert window.project.undo_text == "Move The harbour"
    both = entries.mimeData([entries.index(0), entries.index(1)])
    assert entries.dropMimeData(both, Qt.DropAction.MoveAction, 3, 0, nowhere)
    assert listed(panel) == ["Old Tom", "The harbour", "Mara"]


def test_drawing_wishes_a_mention(panel: BiblePanel, window: Window, qtbot: QtBot) -> None:
    QTest.mouseClick(panel.inspector.go, Qt.MouseButton.LeftButton)
    assert window.wished == [("imagine", DrawPrompt("@Mara"))]


def test_uses_are_marked_stale_and_lead_there(
    panel: BiblePanel, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.panels.bible import entry_view

    monkeypatch.setattr(entry_view, "PANELS_OF_KINDS", {"shot": "storyboard"})
    older = replace(MARA, prompt="a woman")
    window.put_document("shot/1", "shot", title="Shot 4B", made_from=made_from([older]))
    window.put_document("node/1", "node", title="Node 3", made_from=made_from([MARA]))
    panel.uses.look()
    uses = panel.inspector.uses
    texts = sorted(uses.item(row).text() for row in range(uses.count()))
    assert texts == ["Node 3", "Shot 4B\nOlder than the prompt"]
    spoken = panel.view.entries.entries.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "used in 2" in spoken
    assert "1 older" in spoken
    for row in range(uses.count()):
        uses.itemActivated.emit(uses.item(row))
    assert window.wished == [("storyboard", ShowPart("shot/1", ""))]


# ---- the project -----------------------------------------------------------------------------


def test_another_project_is_shown_as_it_is(panel: BiblePanel, window: Window) -> None:
    old = window.project.replace(new_project(window.folder / "others"))
    old.discard()
    assert panel.view.empty.isVisible()
    window.put(HARBOUR)
    assert listed(panel) == ["The harbour"]
    assert panel.view.card.head.name.text() == "The harbour"


def test_a_read_only_project_says_why_and_takes_nothing(
    window: Window, make: Make, qtbot: QtBot
) -> None:
    window.put(MARA)
    why = ProjectError("newer", "This was made by a newer version.", "Install it.")
    window.project.project.read_only = why
    panel = make()
    card = panel.view.card
    assert card.read_only.text() == "This was made by a newer version. Install it."
    assert card.read_only.isVisible()
    QTest.keyClicks(card.head.summary, "x")
    QTest.keyClicks(card.text.field, "x")
    panel.typing.flush()
    assert window.entry("mara") == MARA
    assert not card.tags.field.isVisible()
    assert not window.actions.can_run("bible.delete")
    assert window.actions.can_run("bible.draw")
    assert window.problems == []


def test_a_full_disk_leaves_the_old_and_tells(
    panel: BiblePanel, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ProjectError("disk_full", "The change could not be stored: the disk is full.")

    monkeypatch.setattr(type(window.project.project), "apply", refuse)
    panel.inspector.seed.seed_changed.emit(7)
    assert window.problems[0].code == "disk_full"
    assert window.entry("mara").seed is None


def test_two_thousand_entries_open_and_filter_without_a_stall(
    window: Window, make: Make, qtbot: QtBot
) -> None:
    window.put(*many(2000))
    panel = make()
    qtbot.waitUntil(lambda: len(listed(panel)) == 2000)
    # The first letter folds all texts; what comes after it is what a person feels.
    longest = 0.0
    for words in ("n", "nu", "number 1", "number 17", ""):
        begun = time.perf_counter()
        panel.view.bar.field.setText(words)
        longest = max(longest, time.perf_counter() - begun)
    assert len(listed(panel)) == 2000
    assert longest < 0.25, longest  # 50 ms on a quiet machine; see the benchmark


def test_every_control_has_a_name(panel: BiblePanel) -> None:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    for place in (panel, panel.inspector):
        for kind in kinds:
            for control in place.findChildren(kind):
                inside = control.parent()
                if control.isVisible() and not isinstance(inside, QComboBox):
                    assert control.accessibleName(), control
