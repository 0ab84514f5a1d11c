"""What changes the whole mask, by its pixels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QPainterPath

from studio.canvas import mask_work
from studio.canvas.composite import Composite
from studio.canvas.morphology import eroded, feathered, grown
from studio.canvas.plane import Plane
from studio.canvas.tiling import GREY
from tests.studio.canvas.scenes import filled, mask_at, seen, small_canvas

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

pytestmark = pytest.mark.usefixtures("qapp")


def masked(canvas: Canvas, rect: QRect, subtract: bool = False) -> None:
    path = QPainterPath()
    path.addRect(QRectF(rect))
    canvas.work(mask_work.fill_path(canvas, path, subtract))
    canvas.finish_work()


def row(canvas: Canvas, y: int, first: int, last: int) -> list[int]:
    return [mask_at(canvas, x, y) for x in range(first, last)]


def test_a_shape_covers_its_pixels_exactly_across_tiles() -> None:
    canvas = small_canvas()
    masked(canvas, QRect(250, 100, 20, 10))
    assert row(canvas, 105, 248, 272) == [0, 0, *[255] * 20, 0, 0]
    masked(canvas, QRect(255, 100, 5, 10), subtract=True)
    assert row(canvas, 105, 250, 262) == [255] * 5 + [0] * 5 + [255] * 2


def test_grown_is_every_pixel_within_a_disc() -> None:
    for px in (1, 2, 5, 16):
        image = Image.new("L", (41, 41))
        image.putpixel((20, 20), 255)
        found = grown(image, px)
        for y in range(41):
            for x in range(41):
                inside = math.hypot(x - 20, y - 20) <= px
                assert found.getpixel((x, y)) == 255 * inside, (px, x, y)
    assert grown(image, 0).getpixel((20, 20)) == 255


def test_eroded_is_the_opposite_and_the_edge_of_the_picture_is_none() -> None:
    image = Image.new("L", (20, 20), 255)
    assert eroded(image, 4).getextrema() == (255, 255)
    image.putpixel((10, 10), 0)
    assert eroded(image, 3).getpixel((12, 12)) == 0
    assert eroded(image, 3).getpixel((13, 13)) == 255


def test_feathered_rises_inward_and_is_never_lighter() -> None:
    image = Image.new("L", (80, 9))
    image.paste(255, (20, 0, 80, 9))
    soft = feathered(image, 12)
    line = list(soft.crop((0, 4, 80, 5)).tobytes())
    assert line[:20] == [0] * 20
    assert line[33:] == [255] * 47
    assert line[20:33] == sorted(line[20:33])
    assert 90 < line[26] < 165


def test_grow_and_shrink_cross_tiles_and_respect_the_canvas() -> None:
    canvas = small_canvas()
    masked(canvas, QRect(250, 100, 4, 4))
    canvas.work(mask_work.grow(canvas, 20))
    canvas.finish_work()
    assert row(canvas, 102, 230, 274) == [255] * 44
    assert mask_at(canvas, 229, 102) == mask_at(canvas, 274, 102) == 0
    canvas.work(mask_work.shrink(canvas, 20))
    canvas.finish_work()
    assert mask_at(canvas, 251, 102) == 255
    assert mask_at(canvas, 240, 102) == 0
    masked(canvas, QRect(0, 0, 300, 280))
    canvas.work(mask_work.shrink(canvas, 8))
    canvas.finish_work()
    assert mask_at(canvas, 0, 0) == 255  # the canvas's edge is no edge


def test_feathering_masks_nothing_new() -> None:
    canvas = small_canvas()
    masked(canvas, QRect(100, 100, 100, 60))
    canvas.work(mask_work.feather(canvas, 16))
    canvas.finish_work()
    assert mask_at(canvas, 99, 130) == 0
    assert 0 < mask_at(canvas, 106, 130) < 255
    assert mask_at(canvas, 150, 130) == 255


def test_invert_and_clear() -> None:
    canvas = small_canvas()
    masked(canvas, QRect(10, 10, 20, 20))
    mask_work.invert(canvas)
    assert (mask_at(canvas, 15, 15), mask_at(canvas, 299, 279)) == (0, 255)
    assert mask_work.area(canvas) == canvas.state.rect
    canvas.work(mask_work.clear(canvas))
    canvas.finish_work()
    assert mask_work.area(canvas).isEmpty()
    assert (mask_at(canvas, 15, 15), mask_at(canvas, 299, 279)) == (0, 0)


def test_what_is_transparent_is_masked() -> None:
    canvas = small_canvas()
    canvas.state.layers[0].plane.write(QPoint(40, 50), filled(30, 20, QColor(0, 0, 0, 0)))
    canvas.work(mask_work.fill_from_transparency(canvas, Composite(canvas)))
    canvas.finish_work()
    assert mask_work.area(canvas) == QRect(40, 50, 30, 20)
    plane = canvas.state.mask.plane
    assert plane.read(QRect(300, 0, 100, 100)).pixelColor(50, 50).red() == 0  # beyond the canvas


def test_a_pasted_mask_takes_the_place_of_the_old_one() -> None:
    canvas = small_canvas()
    masked(canvas, QRect(200, 200, 20, 20))
    other = Plane(GREY)
    other.write(QPoint(5, 5), filled(10, 10, QColor("white")).convertToFormat(GREY))
    canvas.work(mask_work.paste(canvas, other, QPoint(100, 0)))
    canvas.finish_work()
    assert mask_work.area(canvas) == QRect(105, 5, 10, 10)


def test_the_area_is_exact() -> None:
    canvas = small_canvas()
    masked(canvas, QRect(3, 250, 290, 12))
    assert mask_work.area(canvas) == QRect(3, 250, 290, 12)
    assert mask_work.mask_image(canvas).size() == canvas.state.size


def test_long_work_is_done_in_slices_and_can_be_cancelled() -> None:
    canvas = small_canvas(4000, 3000)
    masked(canvas, QRect(100, 100, 3800, 2800))
    before = seen(canvas)
    busy: list[bool] = []
    edits: list[object] = []
    canvas.busy_changed.connect(busy.append)
    canvas.edited.connect(edits.append)
    canvas.work(mask_work.grow(canvas, 30))
    assert canvas.busy
    canvas.work(mask_work.clear(canvas))  # refused: one thing at a time
    canvas.cancel_work()
    assert (busy, edits) == ([True, False], [])
    assert seen(canvas) == before
