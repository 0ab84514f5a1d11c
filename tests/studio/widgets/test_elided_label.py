"""A label that elides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.widgets.elided_label import ElidedLabel
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN
TEXT = "Folders of other programs are used where they are"


def test_a_text_with_room_is_whole(qtbot: QtBot) -> None:
    label = ElidedLabel(TEXT)
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    assert (label.text(), label.toolTip()) == (TEXT, "")


def test_a_text_without_room_elides_and_comes_back(qtbot: QtBot) -> None:
    label = ElidedLabel(TEXT)
    qtbot.addWidget(label)
    label.show()
    label.resize(90, 20)
    assert label.text().endswith("…")
    assert len(label.text()) < 25
    assert (label.toolTip(), label.accessibleName(), label.full_text()) == (TEXT, TEXT, TEXT)
    label.resize(900, 20)
    assert (label.text(), label.toolTip()) == (TEXT, "")


def test_it_asks_for_its_whole_text_and_lives_with_less(qtbot: QtBot) -> None:
    label = ElidedLabel(TEXT)
    qtbot.addWidget(label)
    label.resize(50, 20)
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(TEXT)
    assert label.minimumSizeHint().width() < 60


def test_lines_become_one(qtbot: QtBot) -> None:
    label = ElidedLabel("a castle,\n\n  at night")
    qtbot.addWidget(label)
    assert label.full_text() == "a castle, at night"
