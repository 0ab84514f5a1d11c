"""A list that says what will be in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.widgets.hinted_list import HintedList

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot


def inked(image: QImage) -> bool:
    """Whether anything is written on it."""
    ground = image.pixelColor(2, 2)
    return any(
        image.pixelColor(x, y) != ground
        for x in range(2, image.width() - 2)
        for y in range(2, image.height() - 2)
    )


def test_the_hint_is_there_while_the_list_is_empty(qtbot: QtBot) -> None:
    made = HintedList("No folder yet")
    qtbot.addWidget(made)
    made.resize(160, 60)
    assert made.accessibleDescription() == "No folder yet"
    assert inked(made.viewport().grab().toImage())
    made.addItem("")
    assert made.accessibleDescription() == ""
    assert not inked(made.viewport().grab().toImage())
    made.clear()
    assert made.accessibleDescription() == "No folder yet"
