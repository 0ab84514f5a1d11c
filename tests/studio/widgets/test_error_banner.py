"""The banner: a sentence, its details, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from studio.widgets.error_banner import ErrorBanner
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


@pytest.fixture
def banner(qtbot: QtBot) -> ErrorBanner:
    made = ErrorBanner()
    qtbot.addWidget(made)
    made.resize(600, 60)
    return made


def press(banner: ErrorBanner, qtbot: QtBot, name: str) -> None:
    (button,) = (b for b in banner.findChildren(QPushButton) if b.accessibleName() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def sentences(banner: ErrorBanner) -> list[str]:
    labels = [label for label in banner.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in labels if label.text()]


def test_it_is_not_there_without_a_problem(banner: ErrorBanner) -> None:
    assert not banner.isVisible()


def test_sentence_and_hint_are_one_line_and_details_wait(banner: ErrorBanner, qtbot: QtBot) -> None:
    banner.show_problem("The card is full.", "Try a smaller size.", "Traceback …")
    assert sentences(banner) == ["The card is full. Try a smaller size."]
    (details,) = banner.findChildren(QPlainTextEdit)
    assert not details.isVisible()
    press(banner, qtbot, "Details")
    assert details.isVisible()
    assert details.toPlainText() == "Traceback …"


def test_all_of_it_can_be_copied(banner: ErrorBanner, qtbot: QtBot) -> None:
    banner.show_problem("The card is full.", "Try a smaller size.", "Traceback …")
    press(banner, qtbot, "Copy")
    copied = QGuiApplication.clipboard().text()
    assert copied == "The card is full. Try a smaller size.\n\nTraceback …"


def test_the_newest_is_shown_and_the_one_before_comes_back(
    banner: ErrorBanner, qtbot: QtBot
) -> None:
    banner.show_problem("The first.")
    banner.show_problem("The second.")
    banner.show_problem("The second.")
    assert sentences(banner) == ["The second.", "1 more"]
    press(banner, qtbot, "Close this message")
    assert sentences(banner) == ["The first."]
    press(banner, qtbot, "Close this message")
    assert not banner.isVisible()


def test_without_details_there_is_no_button_for_them(banner: ErrorBanner) -> None:
    banner.show_problem("The card is full.")
    (details,) = (b for b in banner.findChildren(QPushButton) if b.accessibleName() == "Details")
    assert not details.isVisible()


def test_marks_of_formatting_are_shown_as_they_are(banner: ErrorBanner) -> None:
    banner.show_problem("<b>No</b> model & no <i>VAE</i>.")
    assert sentences(banner) == ["<b>No</b> model & no <i>VAE</i>."]
