"""Pillow's pictures and Qt's."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from studio.images import from_bands, from_grey, to_bands, to_grey

pytestmark = pytest.mark.usefixtures("qapp")


def test_grey_goes_there_and_back_with_any_width() -> None:
    for width in (1, 3, 4, 259):
        image = Image.frombytes("L", (width, 2), bytes(i % 251 for i in range(width * 2)))
        there = from_grey(image)
        assert there.format() == QImage.Format.Format_Grayscale8
        assert to_grey(there).tobytes() == image.tobytes()


def test_bands_are_the_premultiplied_bytes() -> None:
    image = QImage(2, 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.setPixelColor(0, 0, QColor(255, 128, 0))
    image.setPixelColor(1, 0, QColor(255, 255, 255, 128))
    bands = to_bands(image)
    assert bands.getpixel((0, 0)) == (0, 128, 255, 255)
    assert bands.getpixel((1, 0)) == (128, 128, 128, 128)
    assert from_bands(bands) == image
