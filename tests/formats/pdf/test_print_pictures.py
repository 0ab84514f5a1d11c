"""Pictures for pages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from studio.formats.pdf.print_pictures import MOST_MEMORY, fitting_pixels, print_picture


def test_many_pictures_are_smaller() -> None:
    assert fitting_pixels(254, 127, 1) == (3000, 1500)
    width, height = fitting_pixels(254, 127, 500)
    assert width == pytest.approx(2 * height, abs=2)
    assert MOST_MEMORY * 0.98 < 500 * 3 * width * height <= MOST_MEMORY


def test_a_picture_is_as_large_as_the_page_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (400, 100), (0, 0, 0, 0)).save(path)
    with Image.open(io.BytesIO(print_picture(path, (100, 100)))) as printed:
        assert (printed.format, printed.size) == ("JPEG", (100, 25))
        assert printed.getpixel((5, 5)) == (255, 255, 255)
    with Image.open(io.BytesIO(print_picture(path, (999, 999)))) as printed:
        assert printed.size == (400, 100)
