"""Actions: who does them, when they are there, and which keys they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from studio.action_table import ACTIONS, MENUS
from studio.actions import Actions, key_sequences
from studio.phosphor import codes
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    return Actions()


def test_the_table_is_sound(actions: Actions) -> None:
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    for spec in ACTIONS:
        assert spec.text
        assert spec.menu in MENUS
        assert not spec.icon or spec.icon in codes()
        assert all(not keys.isEmpty() for keys in key_sequences(spec.shortcut))
        assert actions.conflicts(spec.id, spec.shortcut) == [], spec.id


def test_an_action_nobody_handles_is_not_there(actions: Actions) -> None:
    assert actions.available() == []
    actions.connect("window.quit", list)
    assert [spec.id for spec in actions.available()] == ["window.quit"]
    assert actions.action("window.quit").isVisible()
    assert not actions.action("window.about").isVisible()


def test_an_undeclared_action_cannot_be_handled(actions: Actions) -> None:
    with pytest.raises(KeyError, match=r"window\.explode"):
        actions.connect("window.explode", list)


def test_a_panels_action_is_there_while_the_panel_is(actions: Actions) -> None:
    done: list[str] = []
    actions.connect("imagine.generate", lambda: done.append("drawn"))
    actions.trigger("imagine.generate")
    assert done == []
    actions.set_scope("imagine")
    actions.action("imagine.generate").trigger()
    assert done == ["drawn"]
    actions.set_scope("inpaint")
    assert not actions.action("imagine.generate").isEnabled()


def test_whether_it_can_be_done_is_asked_when_it_is_to_be_done(actions: Actions) -> None:
    ready: list[bool] = []
    done: list[str] = []
    actions.connect("window.quit", lambda: done.append("quit"), lambda: bool(ready))
    actions.show_enabled()
    assert not actions.action("window.quit").isEnabled()
    actions.show_available()
    actions.action("window.quit").trigger()
    assert done == []
    ready.append(True)
    actions.action("window.quit").trigger()
    assert done == ["quit"]


def test_both_enter_keys_are_one(actions: Actions, qtbot: QtBot) -> None:
    done: list[int] = []
    window = QMainWindow()
    qtbot.addWidget(window)
    window.addAction(actions.action("imagine.generate"))
    actions.connect("imagine.generate", lambda: done.append(1))
    actions.set_scope("imagine")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    keypad = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier
    QTest.keyClick(window, Qt.Key.Key_Enter, keypad)
    assert done == [1, 1]
    assert actions.tooltip("imagine.generate") == "Generate (Ctrl+Enter)"


def test_overrides_replace_the_tables_keys(actions: Actions, qtbot: QtBot) -> None:
    with qtbot.waitSignal(actions.shortcuts_changed):
        actions.apply_overrides({"window.quit": "Ctrl+Alt+X", "gone.action": "F2"})
    assert actions.action("window.quit").shortcut() == QKeySequence("Ctrl+Alt+X")
    assert actions.tooltip("window.quit") == "Quit (Ctrl+Alt+X)"
    assert actions.overrides() == {"window.quit": "Ctrl+Alt+X"}
    actions.apply_overrides({"window.quit": ""})
    assert actions.action("window.quit").shortcut().isEmpty()
    assert actions.tooltip("window.quit") == "Quit"


def test_conflicts_are_found_also_between_the_enter_keys(actions: Actions) -> None:
    def found(keys: str) -> list[str]:
        return [spec.id for spec in actions.conflicts("window.quit", keys)]

    assert found("Ctrl+K") == ["window.find_action"]
    assert found("Ctrl+Return") == ["imagine.generate", "inpaint.go", "style.apply", "bible.draw"]
    assert found("") == []
    assert found("Ctrl+Alt+Shift+F12") == []
