"""Icons are there, are tinted and follow the theme."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from studio import icons, theme
from studio.tokens import THEMES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def colours(image: QImage) -> set[str]:
    """The colours of the pixels that are wholly covered."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_an_icon_has_the_colour_of_its_token_in_either_theme(qapp: QApplication) -> None:
    star = icons.icon("star-fill", "accent")
    for name in THEMES:
        theme.current().set(name)
        assert colours(star.pixmap(32, 32).toImage()) == {THEMES[name]["accent"]}


def test_an_icon_fills_its_square_and_keeps_a_margin(qapp: QApplication) -> None:
    theme.current().set("dark")
    image = icons.pixmap("square-fill", "text", 64).toImage()
    inked = [x for x in range(64) for y in range(64) if image.pixelColor(x, y).alpha() > 128]
    assert 4 <= min(inked) <= 12
    assert 52 <= max(inked) <= 60
    assert abs(min(inked) - (63 - max(inked))) <= 1


def test_a_disabled_icon_is_faint(qapp: QApplication) -> None:
    pixmap = icons.icon("star-fill").pixmap(QSize(32, 32), QIcon.Mode.Disabled)
    centre: QColor = pixmap.toImage().pixelColor(16, 16)
    assert 100 < centre.alpha() < 130


def test_a_dense_screen_gets_more_pixels(qapp: QApplication) -> None:
    drawn = icons.pixmap("star", px=16, ratio=1.5)
    assert (drawn.width(), drawn.devicePixelRatio()) == (24, 1.5)


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        icons.icon("no-such-icon")


def test_icons_do_not_import_qtawesome() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from studio import icons; assert not icons.icon('star').pixmap(16, 16).isNull();"
        "sys.exit('qtawesome' in sys.modules or 'qtpy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
