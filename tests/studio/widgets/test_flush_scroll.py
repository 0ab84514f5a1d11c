"""The bar takes its room from the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from studio.widgets.flush_scroll import FlushScroll
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


def test_what_it_holds_keeps_its_edges_when_the_bar_comes(qtbot: QtBot) -> None:
    scroll = FlushScroll(16, 8)
    qtbot.addWidget(scroll)
    label = QLabel("words")
    scroll.column.addWidget(label)
    scroll.resize(296, 400)
    scroll.show()
    before = (label.mapTo(scroll, label.rect().topLeft()).x(), label.width())
    assert before == (16, 264)
    label.setFixedHeight(2000)
    qtbot.waitUntil(scroll.verticalScrollBar().isVisible)
    assert (label.mapTo(scroll, label.rect().topLeft()).x(), label.width()) == before
