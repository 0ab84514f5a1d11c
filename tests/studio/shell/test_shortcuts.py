"""The shortcut editor: conflicts, moving, resetting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QPushButton, QTreeWidget

from studio.actions import Actions
from studio.shell.shortcuts import ShortcutEditor
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    return Actions()


@pytest.fixture
def editor(actions: Actions, qtbot: QtBot) -> ShortcutEditor:
    made = ShortcutEditor(actions)
    qtbot.addWidget(made)
    made.show()
    made.choose("window.quit")
    return made


def press(editor: ShortcutEditor, qtbot: QtBot, text: str) -> None:
    (button,) = (one for one in editor.findChildren(QPushButton) if one.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_new_keys_hold_at_once(editor: ShortcutEditor, actions: Actions, qtbot: QtBot) -> None:
    (keys,) = editor.findChildren(QKeySequenceEdit)
    with qtbot.waitSignal(editor.overrides_changed, timeout=3000) as changed:
        QTest.keyClick(keys, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert changed.args == [{"window.quit": "Ctrl+X"}]
    assert actions.shortcut("window.quit") == "Ctrl+X"


def test_taken_keys_are_not_given_away(editor: ShortcutEditor, actions: Actions) -> None:
    editor.try_keys("Ctrl+K")
    assert editor.sentence() == "Ctrl+K belongs to: Find an action."
    assert actions.overrides() == {}


def test_taken_keys_can_be_moved(editor: ShortcutEditor, actions: Actions) -> None:
    editor.take_keys("Ctrl+K")
    assert actions.overrides() == {"window.quit": "Ctrl+K", "window.find_action": ""}
    assert editor.sentence() == ""


def test_none_default_and_all(editor: ShortcutEditor, actions: Actions, qtbot: QtBot) -> None:
    press(editor, qtbot, "No shortcut")
    assert actions.shortcut("window.quit") == ""
    editor.choose("imagine.keep")
    editor.try_keys("Ctrl+Q")
    assert actions.shortcut("imagine.keep") == "Ctrl+Q"
    editor.choose("window.quit")
    press(editor, qtbot, "Default")
    assert editor.sentence() == "Ctrl+Q belongs to: Keep."
    press(editor, qtbot, "Reset all")
    assert actions.overrides() == {}


def test_enter_is_written_as_in_the_table(
    editor: ShortcutEditor, actions: Actions, qtbot: QtBot
) -> None:
    (keys,) = editor.findChildren(QKeySequenceEdit)
    with qtbot.waitSignal(editor.overrides_changed, timeout=3000):
        QTest.keyClick(keys, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert actions.shortcut("window.quit") == "Alt+Enter"


def test_search_narrows_the_list(editor: ShortcutEditor, qtbot: QtBot) -> None:
    (search,) = (one for one in editor.findChildren(QLineEdit) if one.accessibleName())
    (tree,) = editor.findChildren(QTreeWidget)
    QTest.keyClicks(search, "ctrl+k")
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    assert [one.text(0) for one in items if one and not one.isHidden()] == ["Find an action"]


def test_esc_closes_even_from_the_key_field(editor: ShortcutEditor, qtbot: QtBot) -> None:
    (keys,) = editor.findChildren(QKeySequenceEdit)
    keys.setFocus()
    QTest.keyClick(keys, Qt.Key.Key_Escape)
    assert not editor.isVisible()
