"""The starter set is offered before the first picture, until it is there or declined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from studio.panels.imagine.empty_state import EmptyState
from studio.panels.imagine.starter_offer import StarterOffer
from studio.settings_table import OFFER_STARTERS
from tests.studio.panels.imagine.fakes import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    made = Window(tmp_path)
    yield made
    made.close()


@pytest.fixture
def empty(window: Window, qtbot: QtBot) -> EmptyState:
    window.model_work.there = {}
    made = EmptyState()
    qtbot.addWidget(made)
    StarterOffer(window.context, made, made)
    return made


def buttons(empty: EmptyState) -> dict[str, QPushButton]:
    shown = (each for each in empty.findChildren(QPushButton) if each.isVisibleTo(empty))
    return {each.accessibleName(): each for each in shown}


def told(empty: EmptyState) -> str:
    labels = empty.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisibleTo(empty))


def test_it_says_what_it_adds_and_how_large_it_is(window: Window, empty: EmptyState) -> None:
    asked: list[str] = []
    window.actions.connect("models.install_starters", lambda: asked.append("yes"))
    assert "About 267 MB" in told(empty)
    buttons(empty)["Fetch"].click()
    assert asked == ["yes"]


def test_it_goes_once_everything_is_there(window: Window, empty: EmptyState) -> None:
    window.model_work.there = dict.fromkeys(
        ("smollm2-135m-instruct", "vintage", "real-esrgan", "painting-styles"), window.folder
    )
    window.model_work.starters_changed.emit()
    assert "About 84 MB" in told(empty)
    window.model_work.there["all-minilm-l6-v2"] = window.folder
    window.model_work.starters_changed.emit()
    assert "Fetch" not in buttons(empty)


def test_declined_once_it_is_not_offered_again(
    window: Window, empty: EmptyState, qtbot: QtBot
) -> None:
    buttons(empty)["Do not offer it again; it stays under Models"].click()
    assert "Fetch" not in buttons(empty)
    assert window.settings.get(OFFER_STARTERS) is False
    again = EmptyState()
    qtbot.addWidget(again)
    StarterOffer(window.context, again, again)
    assert "Fetch" not in buttons(again)
