"""Sizes and places outlive the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from studio.shell.geometry import Geometry
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


def test_a_dialog_comes_back_in_its_size(qtbot: QtBot, tmp_path: Path) -> None:
    first = QDialog()
    qtbot.addWidget(first)
    Geometry(tmp_path / "window.ini").follow(first, "about")
    first.resize(432, 321)
    first.show()
    first.reject()
    second = QDialog()
    qtbot.addWidget(second)
    Geometry(tmp_path / "window.ini").follow(second, "about")
    assert (second.width(), second.height()) == (432, 321)


def test_a_number_is_kept_and_nonsense_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    assert Geometry(file).number("inspector", 296) == 296
    Geometry(file).keep_number("inspector", 402)
    assert Geometry(file).number("inspector", 296) == 402
    file.write_text("[General]\ninspector=wide\n", encoding="utf-8")
    assert Geometry(file).number("inspector", 296) == 296
    file.write_bytes(b"\x00\xff not an ini \x00")
    assert Geometry(file).number("inspector", 296) == 296
