"""The menu: what is in it follows what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenuBar, QPushButton

from studio.actions import Actions
from studio.shell.menu_bar import MenuBar
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


def menus(bar: MenuBar) -> list[str]:
    (found,) = bar.findChildren(QMenuBar)
    return [action.text() for action in found.actions() if action.isVisible()]


def test_only_menus_with_actions_are_there(qtbot: QtBot) -> None:
    actions = Actions()
    bar = MenuBar(actions)
    qtbot.addWidget(bar)
    assert menus(bar) == []
    actions.connect("window.quit", list)
    actions.connect("imagine.keep", list)
    assert menus(bar) == ["File"]
    actions.set_scope("imagine")
    assert menus(bar) == ["File", "Picture"]


def test_sections_are_parted_by_a_line(qtbot: QtBot) -> None:
    actions = Actions()
    bar = MenuBar(actions)
    qtbot.addWidget(bar)
    for action_id in ("window.preferences", "window.quit", "window.open_library_folder"):
        actions.connect(action_id, list)
    entries = [action.text() or "-" for action in bar.menu("File").actions()]
    assert entries == ["Open the library folder", "-", "Settings", "-", "Quit"]


def test_a_menu_greys_what_cannot_be_done_while_it_is_open(qtbot: QtBot) -> None:
    actions = Actions()
    bar = MenuBar(actions)
    qtbot.addWidget(bar)
    actions.connect("window.quit", list, lambda: False)
    menu = bar.menu("File")
    menu.aboutToShow.emit()
    assert not actions.action("window.quit").isEnabled()
    menu.aboutToHide.emit()
    assert actions.action("window.quit").isEnabled()


def test_the_field_opens_the_palette_and_names_its_key(qtbot: QtBot) -> None:
    actions = Actions()
    bar = MenuBar(actions)
    qtbot.addWidget(bar)
    (field,) = bar.findChildren(QPushButton)
    assert field.toolTip() == "Find an action (Ctrl+K)"
    with qtbot.waitSignal(bar.palette_requested):
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    actions.apply_overrides({"window.find_action": "F3"})
    assert field.toolTip() == "Find an action (F3)"
