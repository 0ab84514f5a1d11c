"""A menu of actions: what is in it, and what is grey only while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from studio.action_menu import show_actions
from studio.actions import Actions
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


def test_groups_stand_apart_and_what_cannot_be_done_is_grey(qtbot: QtBot) -> None:
    actions, parent = Actions(), QWidget()
    qtbot.addWidget(parent)
    actions.connect("window.about", list)
    actions.connect("window.quit", list, lambda: False)
    seen: list[tuple[str, bool]] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.extend((each.objectName(), each.isEnabled()) for each in menu.actions())
        menu.close()

    QTimer.singleShot(0, look)
    show_actions(actions, [["window.about"], ["window.quit"]], parent, QPoint(1, 1))
    names = [name for name, _ in seen if name]
    assert names == ["window.about", "window.quit"]
    assert len(seen) == len(names) + 2, "a line before each group"
    assert [on for name, on in seen if name] == [True, False]
    assert actions.action("window.quit").isEnabled(), "a key is judged when it is pressed"
