"""The command palette, by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from studio.actions import Actions
from studio.shell.palette import CommandPalette
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


@pytest.fixture
def palette(qtbot: QtBot) -> CommandPalette:
    actions = Actions()
    for action_id in ("window.find_action", "window.quit", "window.about", "window.preferences"):
        actions.connect(action_id, list)
    actions.connect("jobs.cancel", list, lambda: False)
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(1000, 700)
    owner.show()
    made = CommandPalette(actions, owner)
    made.open()
    return made


def rows(palette: CommandPalette) -> list[str]:
    (found,) = palette.findChildren(QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def field(palette: CommandPalette) -> QLineEdit:
    (found,) = palette.findChildren(QLineEdit)
    return found


def test_it_lists_every_action_there_is_but_itself(palette: CommandPalette) -> None:
    assert rows(palette) == ["Settings", "Quit", "Cancel the running job", "About Fabula Studio"]


def test_letters_and_enter_run_an_action(palette: CommandPalette, qtbot: QtBot) -> None:
    QTest.keyClicks(field(palette), "abst")
    assert rows(palette) == ["About Fabula Studio"]
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(field(palette), Qt.Key.Key_Return)
    assert chosen.args == ["window.about"]
    assert not palette.isVisible()


def test_arrows_choose(palette: CommandPalette, qtbot: QtBot) -> None:
    QTest.keyClick(field(palette), Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(field(palette), Qt.Key.Key_Enter)
    assert chosen.args == ["window.quit"]


def test_what_cannot_be_done_is_shown_but_not_run(palette: CommandPalette, qtbot: QtBot) -> None:
    QTest.keyClicks(field(palette), "cancel")
    assert rows(palette) == ["Cancel the running job"]
    with qtbot.assertNotEmitted(palette.chosen):
        QTest.keyClick(field(palette), Qt.Key.Key_Return)


def test_nothing_found_says_so_and_esc_closes(palette: CommandPalette, qtbot: QtBot) -> None:
    QTest.keyClicks(field(palette), "zzz")
    assert rows(palette) == []
    assert palette.grab().height() < 120
    QTest.keyClick(field(palette), Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_it_begins_anew_each_time(palette: CommandPalette, qtbot: QtBot) -> None:
    QTest.keyClicks(field(palette), "quit")
    palette.close()
    palette.open()
    assert field(palette).text() == ""
    assert len(rows(palette)) == 4
