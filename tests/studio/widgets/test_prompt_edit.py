from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, QUrl
from PySide6.QtTest import QTest

from studio import theme
from studio.widgets.prompt_edit import PromptEdit
from studio.widgets.weights import WeightSpan, weight_spans

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot) -> PromptEdit:
    theme.current().set("dark")
    edit = PromptEdit("Prompt")
    qtbot.addWidget(edit)
    edit.resize(400, 58)
    edit.show()
    return edit


def test_keys_change_the_weight_at_the_cursor_and_undo_takes_it_back(qtbot: QtBot) -> None:
    edit = shown(qtbot)
    QTest.keyClicks(edit, "old door")
    QTest.keyClick(edit, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == "old (door:1.2)"
    QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == "old (door:1.1)"
    edit.undo()
    assert edit.text() == "old (door:1.2)"


def test_each_change_is_told_once(qtbot: QtBot) -> None:
    edit = shown(qtbot)
    told: list[str] = []
    edit.edited.connect(told.append)
    edit.set_text("a (b:1.2)")
    edit.set_text("a (b:1.2)")
    theme.current().set("light")
    assert told == ["a (b:1.2)"]


def test_what_was_set_without_a_signal_is_not_told_later(qtbot: QtBot) -> None:
    edit = shown(qtbot)
    told: list[str] = []
    edit.edited.connect(told.append)
    with QSignalBlocker(edit):
        edit.setPlainText("a (b:1.2)")
    theme.current().set("light")
    assert told == []


def test_alt_and_arrows_ask_for_history(qtbot: QtBot) -> None:
    edit = shown(qtbot)
    asked: list[int] = []
    edit.history_asked.connect(asked.append)
    QTest.keyClick(edit, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert asked == [1, -1]


def test_it_grows_with_its_words_up_to_a_limit(qtbot: QtBot) -> None:
    edit = shown(qtbot)
    low = edit.height()
    edit.set_text("words " * 20)
    middle = edit.height()
    edit.set_text("words " * 2000)
    assert low < middle < edit.height() < 200


def test_weights_are_painted_in_the_accent_for_letters(qtbot: QtBot) -> None:
    edit = shown(qtbot)
    edit.set_text("(IIIIII:1.2)")
    wanted = theme.colour("accent_text").rgb()
    image = edit.grab().toImage()
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(40)}
    assert wanted in colours


def test_a_dropped_file_is_no_prompt(qtbot: QtBot) -> None:
    edit = shown(qtbot)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/a.png")])
    assert not edit.canInsertFromMimeData(mime)
    words = QMimeData()
    words.setText("a castle")
    assert edit.canInsertFromMimeData(words)


def marked(edit: PromptEdit) -> list[list[str]]:
    """What is coloured, line by line."""
    found = []
    block = edit.document().begin()
    while block.isValid():
        ranges = block.layout().formats()
        found.append([block.text()[r.start : r.start + r.length] for r in ranges])
        block = block.next()
    return found


def test_a_group_is_marked_over_several_lines_and_as_one_with_those_in_it(qtbot: QtBot) -> None:
    edit = shown(qtbot)
    QTest.keyClicks(edit, "a (b (c:1.2)")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "d")
    assert marked(edit) == [["(c:1.2)"], []]
    QTest.keyClicks(edit, ":1.3) e")
    assert marked(edit) == [["(b (c:1.2)"], ["d:1.3)"]]
    for _ in range(4):
        QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert marked(edit) == [["(c:1.2)"], []]


def test_a_prompt_of_many_lines_is_not_read_for_each_of_them(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = shown(qtbot)
    edit.set_text("(very:1.2) long\n" * 500)
    read: list[str] = []

    def spans(text: str) -> tuple[WeightSpan, ...]:
        read.append(text)
        return weight_spans(text)

    monkeypatch.setattr("studio.widgets.prompt_highlighter.weight_spans", spans)
    QTest.keyClicks(edit, "x")
    assert len(read) <= 2
