"""The facts about the program can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from studio.shell.about import About

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_version_and_facts(qtbot: QtBot) -> None:
    dialog = About("0.1.0", "Python 3.11\nSystem Linux")
    qtbot.addWidget(dialog)
    assert "Version 0.1.0" in [label.text() for label in dialog.findChildren(QLabel)]
    (copy,) = (b for b in dialog.findChildren(QPushButton) if b.accessibleName() == "Copy")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Python 3.11\nSystem Linux"
