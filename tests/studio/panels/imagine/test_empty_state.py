"""The way in, in little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel

from studio.panels.imagine.empty_state import EmptyState
from studio.widgets.start_card import StartCard
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


@pytest.mark.parametrize("width", [396, 446, 930])
def test_cards_lie_beside_each_other_and_show_all_their_words(qtbot: QtBot, width: int) -> None:
    state = EmptyState()
    qtbot.addWidget(state)
    state.show_model("It draws simple icons.", ["castle", "owl"], "Ctrl+Enter")
    state.show_sample(True)
    state.resize(width, 900)
    state.show()
    cards = [card for card in state.findChildren(StartCard) if card.isVisible()]
    places = [QRect(card.mapTo(state, QPoint()), card.size()) for card in cards]
    assert len(places) == 2
    assert not places[0].intersects(places[1])
    assert all(state.rect().contains(place) for place in places)
    for label in state.findChildren(QLabel):
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
