"""A layout in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from studio.widgets.flow_layout import FlowLayout
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


class Box(QWidget):
    def sizeHint(self) -> QSize:
        return QSize(60, 20)


@pytest.fixture
def boxes(qtbot: QtBot) -> Iterator[list[Box]]:
    owner = QWidget()
    qtbot.addWidget(owner)
    layout = FlowLayout(owner, gap=10)
    made = [Box() for _ in range(5)]
    for box in made:
        layout.addWidget(box)
    owner.resize(210, 200)
    owner.show()
    yield made
    owner.close()


def test_items_flow_into_rows(boxes: list[Box]) -> None:
    places = [(box.x(), box.y()) for box in boxes]
    assert places == [(0, 0), (70, 0), (140, 0), (0, 30), (70, 30)]


def test_height_follows_width(boxes: list[Box]) -> None:
    layout = boxes[0].parentWidget().layout()  # type: ignore[union-attr]
    assert layout is not None
    assert [layout.heightForWidth(width) for width in (1000, 210, 130, 60)] == [20, 50, 80, 140]


def test_hidden_items_take_no_room(boxes: list[Box]) -> None:
    boxes[0].hide()
    layout = boxes[0].parentWidget().layout()  # type: ignore[union-attr]
    assert layout is not None
    layout.activate()
    assert (boxes[1].x(), boxes[3].y()) == (0, 0)


def test_an_item_wider_than_the_row_is_made_narrower(boxes: list[Box]) -> None:
    owner = boxes[0].parentWidget()
    assert owner is not None
    owner.resize(40, 300)
    assert boxes[0].width() == 40
    assert boxes[1].y() == 30


def test_items_can_be_taken_out(boxes: list[Box]) -> None:
    layout = boxes[0].parentWidget().layout()  # type: ignore[union-attr]
    assert layout is not None
    layout.removeWidget(boxes[1])
    assert layout.count() == 4
    assert layout.itemAt(9) is None
    assert layout.takeAt(9) is None
