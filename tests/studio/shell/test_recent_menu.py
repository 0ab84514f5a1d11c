"""The menu of the projects that were open last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMenu

from studio.background import Background
from studio.recent_projects import RecentProjects
from studio.shell.recent_menu import RecentMenu

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def recent(qtbot: QtBot, tmp_path: Path) -> RecentProjects:
    return RecentProjects(tmp_path / "recent.json")


@pytest.fixture
def menu(qtbot: QtBot, recent: RecentProjects) -> Iterator[RecentMenu]:
    background = Background()
    made = RecentMenu(recent, background)
    qtbot.addWidget(made)
    yield made
    background.finish()


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_an_empty_one_says_so(menu: RecentMenu) -> None:
    assert texts(menu) == ["No project was open yet"]
    assert not menu.actions()[0].isEnabled()


def test_what_is_missing_is_greyed_with_a_sentence(
    menu: RecentMenu, recent: RecentProjects, tmp_path: Path, qtbot: QtBot
) -> None:
    there, gone = tmp_path / "A & B.fabula", tmp_path / "gone.fabula"
    there.touch()
    recent.note_open(gone)
    recent.note_open(there)
    assert texts(menu)[0] == f"A && B – {tmp_path.name}"
    # The File menu is filled anew whenever actions come or go.
    outer = QMenu()
    qtbot.addWidget(outer)
    outer.addMenu(menu)
    outer.clear()
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: not menu.actions()[1].isEnabled())
    assert menu.actions()[0].isEnabled()
    assert menu.actions()[1].toolTip() == f"{gone} is not there any more."
    with qtbot.waitSignal(menu.path_chosen) as chosen:
        menu.actions()[0].trigger()
    assert chosen.args == [there]


def test_it_can_be_cleared(menu: RecentMenu, recent: RecentProjects, tmp_path: Path) -> None:
    recent.note_open(tmp_path / "a.fabula")
    menu.actions()[-1].trigger()
    assert recent.paths == ()
    assert texts(menu) == ["No project was open yet"]
