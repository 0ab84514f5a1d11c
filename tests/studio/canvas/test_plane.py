"""Tiles and the smaller views of them."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from studio.canvas.mips import MAX_LEVEL
from studio.canvas.plane import Plane
from studio.canvas.tiling import COLOUR, GREY, TILE
from tests.studio.canvas.scenes import BLUE, filled, patterned

pytestmark = pytest.mark.usefixtures("qapp")

FOREVER = float("inf")


def test_what_is_written_is_read_back_across_tiles() -> None:
    plane, image = Plane(COLOUR), patterned(300, 40)
    plane.write(QPoint(-150, -20), image)
    assert plane.read(QRect(-150, -20, 300, 40)) == image
    assert plane.bounds == QRect(-TILE, -TILE, 2 * TILE, 2 * TILE)
    assert plane.read(QRect(200, 200, 1, 1)).pixelColor(0, 0).alpha() == 0


def test_where_no_tile_is_there_is_the_filling() -> None:
    plane = Plane(GREY, 200)
    assert plane.read(QRect(5, 5, 2, 2)).pixelColor(1, 1).red() == 200
    assert plane.nbytes == 0
    plane.put((0, 0), plane.blank())
    assert plane.nbytes == TILE * TILE


def test_one_picture_in_two_tiles_is_two() -> None:
    plane, image = Plane(GREY), Plane(GREY).blank()
    plane.put((0, 0), image)
    plane.put((1, 0), image)
    painter = QPainter(plane.writable((0, 0)))
    painter.fillRect(0, 0, 9, 9, QColor("white"))
    painter.end()
    assert plane.read(QRect(TILE, 0, 9, 9)).pixelColor(4, 4).red() == 0


def test_a_copy_shares_until_one_changes() -> None:
    plane = Plane.from_image(filled(10, 10))
    twin = plane.copy()
    twin.write(QPoint(), filled(10, 10, QColor("red")))
    assert plane.read(QRect(0, 0, 1, 1)).pixelColor(0, 0) == BLUE
    assert twin.read(QRect(0, 0, 1, 1)).pixelColor(0, 0) == QColor("red")
    assert twin.bounds == plane.bounds


def test_a_smaller_view_is_the_mean_of_four_pixels() -> None:
    image = QImage(2, 2, COLOUR)
    for x, y, value in ((0, 0, 0), (1, 0, 100), (0, 1, 80), (1, 1, 60)):
        image.setPixelColor(x, y, QColor(value, value, value))
    plane = Plane.from_image(image)
    assert plane.mips.make(1, (0, 0), FOREVER)
    small = plane.mips.tile(1, (0, 0))
    assert small is not None
    assert abs(small.pixelColor(0, 0).red() - 60) <= 1


def test_views_that_are_refreshed_in_parts_are_as_if_made_anew() -> None:
    plane = Plane.from_image(patterned(600, 300))
    for level in range(1, MAX_LEVEL + 1):
        assert plane.mips.make(level, (0, 0), FOREVER)
    painter = QPainter(plane.writable((1, 0)))
    painter.fillRect(17, 33, 50, 21, QColor("red"))
    painter.end()
    plane.touched((1, 0), QRect(17, 33, 50, 21))
    plane.write(QPoint(-40, 400), filled(30, 30))  # tiles that were not there
    fresh = plane.copy()
    for level in range(1, MAX_LEVEL + 1):
        for index in ((0, 0), (-1, 0), (1, 0), (0, 1), (-1, 1)):
            plane.mips.make(level, index, FOREVER)
            fresh.mips.make(level, index, FOREVER)
            assert plane.mips.tile(level, index) == fresh.mips.tile(level, index), (level, index)


def test_a_view_is_not_made_when_time_is_up() -> None:
    plane = Plane.from_image(filled(600, 300))
    assert not plane.mips.make(2, (0, 0), time.perf_counter() - 1)
    assert plane.mips.tile(2, (0, 0)) is None
    assert plane.mips.make(2, (5, 5), FOREVER)  # nothing is there: that is known at once
    assert plane.mips.tile(2, (5, 5)) is None
