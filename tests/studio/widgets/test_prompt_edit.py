from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest

from studio import theme
from studio.widgets.prompt_edit import PromptEdit

if TYPE_CHECKING:
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
