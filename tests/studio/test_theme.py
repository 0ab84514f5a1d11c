"""One theme for the application, and everything that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from studio import theme
from studio.tokens import THEMES
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


@pytest.mark.parametrize("name", ["dark", "light"])
def test_a_theme_is_palette_sheet_and_colours(qtbot: QtBot, name: str) -> None:
    current = theme.current()
    with qtbot.waitSignal(current.changed):
        current.set(name)
    assert current.name == name
    assert theme.colour("accent").name() == THEMES[name]["accent"]
    palette = QApplication.palette()
    assert palette.color(QPalette.ColorRole.Window).name() == THEMES[name]["panel"]
    assert THEMES[name]["accent"] in theme.application().styleSheet()


def test_there_is_one_theme(qapp: QApplication) -> None:
    assert theme.current() is theme.current()


def test_the_system_theme_is_one_of_the_two(qapp: QApplication) -> None:
    theme.current().set("system")
    assert theme.current().choice == "system"
    assert theme.current().name in THEMES


def test_an_unknown_theme_is_refused(qapp: QApplication) -> None:
    theme.current().set("dark")
    with pytest.raises(ValueError, match="sepia"):
        theme.current().set("sepia")
    assert theme.current().choice == "dark"


def test_focus_is_an_accent_ring(qtbot: QtBot) -> None:
    theme.current().set("dark")
    button = QPushButton("Generate")
    qtbot.addWidget(button)
    button.resize(120, 28)
    button.show()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage().pixelColor(60, 0).name() == THEMES["dark"]["accent"]


def test_fonts_have_the_size_and_weight_asked_for(qapp: QApplication) -> None:
    theme.current().set("dark")
    made = theme.font(15, 600)
    assert (made.pixelSize(), made.weight()) == (15, QFont.Weight.DemiBold)
    assert QApplication.font().pixelSize() == theme.BODY_PX
    assert made.featureValue(QFont.Tag("tnum")) == 1
    assert theme.font(mono=True).featureValue(QFont.Tag("calt")) == 0
