"""The bucket."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage

from studio.canvas.canvas import Canvas
from studio.canvas.composite import Composite
from studio.canvas.flood import flood
from studio.canvas.layer import CanvasState
from tests.studio.canvas.scenes import base, filled

pytestmark = pytest.mark.usefixtures("qapp")

GREY_BOX = QRect(10, 10, 20, 300)


def picture() -> QImage:
    """Blue; a grey stripe over two tiles, a bay in it, and a grey island."""
    image = filled(60, 330)
    for y in range(GREY_BOX.top(), GREY_BOX.bottom() + 1):
        for x in range(GREY_BOX.left(), GREY_BOX.right() + 1):
            image.setPixelColor(x, y, QColor(120, 120, 120 + x % 3))
    for y in range(100, 120):
        image.setPixelColor(15, y, QColor("black"))
    image.setPixelColor(50, 50, QColor(120, 120, 120))
    return image


def run(seed: QPoint, tolerance: int, contiguous: bool) -> QImage:
    canvas = Canvas(CanvasState(60, 330, (base(picture()),)))
    work = flood(Composite(canvas), canvas.state.rect, seed, tolerance, contiguous)
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: QImage = end.value
            return result


def count(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).red() == 255
        for x in range(image.width())
        for y in range(image.height())
    )


def test_it_fills_what_hangs_together_also_around_corners() -> None:
    found = run(QPoint(12, 12), 2, True)
    assert count(found) == 20 * 300 - 20
    assert found.pixelColor(29, 309).red() == 255
    assert found.pixelColor(15, 110).red() == 0
    assert found.pixelColor(50, 50).red() == 0


def test_without_contiguity_it_takes_all_that_is_alike() -> None:
    found = run(QPoint(12, 12), 2, False)
    assert count(found) == 20 * 300 - 20 + 1
    assert found.pixelColor(50, 50).red() == 255


def test_tolerance_is_the_worst_channel() -> None:
    exact = run(QPoint(12, 12), 0, True)  # a column of its own colour, cut by none
    assert count(exact) == 300
    assert count(run(QPoint(0, 0), 255, True)) == 60 * 330
