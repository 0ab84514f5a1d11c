"""The rail: what is in it, and what it says when pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from studio import theme
from studio.registry import PanelSpec
from studio.shell.project_button import ProjectButton
from studio.shell.rail import WIDTH, Rail
from studio.shell.rail_button import RailButton
from studio.tokens import THEMES
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN

SPECS = (
    PanelSpec("imagine", "Imagine", 1, "sparkle", "none:none"),
    PanelSpec("library", "Library", 7, "image", "none:none", "below_rule"),
    PanelSpec("models", "Models", None, "cube", "none:none", "bottom"),
)


def entry(rail: Rail, name: str) -> RailButton:
    (found,) = (b for b in rail.findChildren(RailButton) if b.accessibleName() == name)
    return found


def shown(qtbot: QtBot) -> Rail:
    rail = Rail(SPECS)
    qtbot.addWidget(rail)
    rail.resize(WIDTH, 600)
    rail.show()
    return rail


def test_every_panel_stands_at_its_place(qtbot: QtBot) -> None:
    rail = shown(qtbot)
    tops = [entry(rail, name).y() for name in ("Imagine", "Library", "Models", "Settings")]
    assert tops == sorted(tops)
    assert tops[1] - tops[0] > 40  # the rule lies between them
    assert tops[2] - tops[1] > 300
    assert rail.width() == 168


def test_pressing_a_panel_says_which(qtbot: QtBot) -> None:
    rail = shown(qtbot)
    with qtbot.waitSignal(rail.panel_chosen) as chosen:
        QTest.mouseClick(entry(rail, "Library"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["library"]
    with qtbot.waitSignal(rail.settings_requested):
        QTest.keyClick(entry(rail, "Settings"), Qt.Key.Key_Space)


def test_the_panel_in_front_is_marked(qtbot: QtBot) -> None:
    theme.current().set("dark")
    rail = shown(qtbot)
    rail.set_panel("library")
    rail.set_panel("imagine")
    marked, other = entry(rail, "Imagine"), entry(rail, "Library")
    assert (marked.isChecked(), other.isChecked()) == (True, False)
    surface = THEMES["dark"]["selection"]
    assert marked.grab().toImage().pixelColor(110, 6).name() == surface
    assert other.grab().toImage().pixelColor(110, 6).name() != surface


def test_a_long_project_name_elides_and_keeps_its_tooltip(qtbot: QtBot) -> None:
    rail = shown(qtbot)
    name = "The Lighthouse at the End of the World"
    rail.set_project(name, modified=False)
    (button,) = rail.findChildren(ProjectButton)
    assert button.text().endswith("…")
    assert button.toolTip() == name
    assert name in button.accessibleName()
    rail.set_project("Fog", modified=False)
    assert (button.text(), button.toolTip()) == ("Fog", "")


def test_the_project_opens_its_menu(qtbot: QtBot) -> None:
    rail = shown(qtbot)
    menu = QMenu(rail)
    menu.addAction("Save")
    rail.set_project_menu(menu)
    (button,) = rail.findChildren(ProjectButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert menu.isVisible()
    menu.close()
