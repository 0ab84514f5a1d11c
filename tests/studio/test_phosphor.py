"""The icon font that comes with qtawesome."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QGuiApplication

from studio import phosphor


def test_the_set_is_whole(qapp: QGuiApplication) -> None:
    assert len(phosphor.codes()) > 1000
    box = phosphor.outline("square").boundingRect()
    assert 0.6 < box.width() < 0.875
    assert abs(box.center().x()) < 0.02
    assert abs(box.center().y()) < 0.02


def test_an_icon_is_drawn_in_its_colour(qapp: QGuiApplication) -> None:
    image = phosphor.draw("circle-fill", QColor("#336699"), 32).toImage()
    assert image.pixelColor(16, 16).name() == "#336699"
    assert image.pixelColor(0, 0).alpha() == 0


def test_an_unknown_icon_is_an_error(qapp: QGuiApplication) -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        phosphor.outline("no-such-icon")
