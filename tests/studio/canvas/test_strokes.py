"""Strokes by their pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor

from studio.canvas import canvas as canvas_module
from studio.canvas import dabs
from studio.canvas.strokes import Brush, Stroke
from tests.studio.canvas.scenes import colour_at, mask_at, seen, small_canvas

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.canvas.layer import Layer

pytestmark = pytest.mark.usefixtures("qapp")


def draw(canvas: Canvas, layer: Layer, brush: Brush, *points: tuple[float, float]) -> Stroke:
    stroke = Stroke(canvas, layer, brush, "Paint")
    for x, y in points:
        stroke.move_to(QPointF(x, y))
    return stroke


def test_a_hard_brush_masks_a_disc_and_no_more() -> None:
    canvas = small_canvas()
    draw(canvas, canvas.state.mask, Brush(40, 1.0), (256, 100))
    assert mask_at(canvas, 256, 100) == 255
    assert mask_at(canvas, 238, 100) == mask_at(canvas, 273, 100) == 255
    assert mask_at(canvas, 234, 100) == mask_at(canvas, 277, 100) == 0
    assert mask_at(canvas, 256, 122) == 0


def test_a_soft_brush_falls_off_evenly() -> None:
    canvas = small_canvas()
    draw(canvas, canvas.state.mask, Brush(80, 0.0), (100.5, 100.5))
    values = [mask_at(canvas, 100 + way, 100) for way in range(0, 44, 4)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 250
    assert 100 < values[5] < 155  # half-way
    assert values[-1] == 0


def test_the_smallest_brush_is_one_pixel() -> None:
    canvas = small_canvas()
    draw(canvas, canvas.state.mask, Brush(1, 0.5), (7.9, 9.2))
    assert mask_at(canvas, 7, 9) == 255
    assert [mask_at(canvas, *at) for at in ((6, 9), (8, 9), (7, 8), (7, 10))] == [0] * 4


def test_a_line_has_no_gaps_however_fast_it_is_drawn() -> None:
    canvas = small_canvas()
    draw(canvas, canvas.state.mask, Brush(6, 1.0), (10, 50), (290, 50))
    assert {mask_at(canvas, x, 50) for x in range(10, 290)} == {255}


def test_dabs_keep_their_distance_over_slow_moves() -> None:
    canvas = small_canvas()
    slow, fast = (Stroke(canvas, canvas.state.mask, Brush(100, 1), "") for _ in range(2))
    for x in range(101):
        slow.move_to(QPointF(x, 50))
    fast.move_to(QPointF(0, 50))
    assert len(fast._places(QPointF(100, 50), 100)) == 16  # one each six pixels
    assert slow._travelled == pytest.approx(4, abs=1e-6)


def test_the_eraser_takes_away_from_what_was_masked() -> None:
    canvas = small_canvas()
    draw(canvas, canvas.state.mask, Brush(60, 1.0), (100, 100))
    draw(canvas, canvas.state.mask, Brush(20, 1.0, erase=True), (100, 100))
    assert mask_at(canvas, 100, 100) == 0
    assert mask_at(canvas, 120, 100) == 255


def test_one_stroke_is_one_coat_also_where_it_crosses_itself() -> None:
    canvas = small_canvas()
    half = QColor(255, 0, 0, 128)
    draw(canvas, canvas.state.layers[1], Brush(20, 1.0, colour=half), (50, 50), (90, 50), (50, 50))
    assert colour_at(canvas, 70, 50).alpha() == 128
    draw(canvas, canvas.state.layers[1], Brush(20, 1.0, colour=half), (70, 50))
    assert colour_at(canvas, 70, 50).alpha() == pytest.approx(192, abs=2)


def test_the_colour_eraser_makes_transparent() -> None:
    canvas = small_canvas()
    draw(canvas, canvas.state.layers[0], Brush(20, 1.0, erase=True), (50, 50))
    base = canvas.state.layers[0].id
    assert colour_at(canvas, 50, 50, base).alpha() == 0
    assert colour_at(canvas, 80, 50, base).alpha() == 255


def test_pressure_scales_the_size() -> None:
    canvas = small_canvas()
    stroke = Stroke(canvas, canvas.state.mask, Brush(80, 1.0), "")
    stroke.move_to(QPointF(100, 100), 0.2)
    assert mask_at(canvas, 110, 100) == 255
    assert mask_at(canvas, 125, 100) == 0


def test_a_stroke_stays_on_the_canvas_and_tells_what_it_changed() -> None:
    canvas = small_canvas()
    parts: list[QRect] = []
    canvas.pixels_changed.connect(parts.append)
    draw(canvas, canvas.state.mask, Brush(50, 1.0), (299, 279))
    assert parts
    assert canvas.state.rect.contains(parts[-1])
    assert parts[-1].topLeft().x() >= 272
    plane = canvas.state.mask.plane
    assert plane.read(QRect(300, 250, 20, 20)).pixelColor(5, 5).red() == 0


def test_a_moved_layer_is_painted_where_the_pointer_is() -> None:
    canvas = small_canvas()
    top = canvas.state.layers[1]
    canvas.change_layer("Move layer", top, x=-70, y=33)
    brush = Brush(10, 1.0, colour=QColor("red"))
    draw(canvas, canvas.state.layers[1], brush, (20, 40))
    assert colour_at(canvas, 20, 40) == QColor("red")


def test_a_cancelled_stroke_leaves_nothing() -> None:
    canvas = small_canvas()
    before = seen(canvas)
    stroke = draw(canvas, canvas.state.mask, Brush(50, 1.0), (100, 100), (200, 200))
    stroke.cancel()
    assert seen(canvas) == before
    assert canvas.state.mask.plane.tiles == {}


def test_memory_is_bounded_and_the_person_hears_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    canvas = small_canvas()
    monkeypatch.setattr(canvas_module, "LARGEST_BYTES", canvas.nbytes + 100_000)
    refused: list[str] = []
    canvas.refused.connect(refused.append)
    draw(canvas, canvas.state.mask, Brush(20, 1.0), (100, 100))
    assert refused == []
    draw(canvas, canvas.state.layers[1], Brush(20, 1.0), (100, 100))
    assert len(refused) == 1
    assert canvas.state.layers[1].plane.tiles == {}


def test_a_dab_is_asked_for_only_inside_its_area() -> None:
    for size in (1.0, 2.5, 7.0, 33.3, 120.0):
        at = QPointF(10.3, 20.7)
        corner, image = dabs.dab(at, size, 0.5)
        assert dabs.area(at, size).contains(QRect(corner, image.size()))
