"""Layers as one picture: against the formulae, and kept up to date."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QColor

from studio.canvas import composite as composite_module
from studio.canvas import layer_operations
from studio.canvas.canvas import Canvas
from studio.canvas.composite import Composite
from studio.canvas.layer import CanvasState, new_layer
from studio.canvas.plane import Plane
from studio.canvas.strokes import Brush, Stroke
from studio.document.canvas.canvas_record import Blend
from tests.studio.canvas.scenes import base, bench_of, filled, patterned, small_canvas

pytestmark = pytest.mark.usefixtures("qapp")

FOREVER = float("inf")
BELOW, ABOVE = QColor(200, 100, 50), QColor(60, 120, 240)


def blended(blend: Blend, opacity: float = 1.0) -> QColor:
    layers = (base(filled(8, 8, BELOW)), new_layer("Top", Plane.from_image(filled(8, 8, ABOVE))))
    canvas = Canvas(CanvasState(8, 8, layers))
    layer_operations.set_blend(canvas, layers[1].id, blend)
    layer_operations.set_opacity(canvas, layers[1].id, opacity)
    return Composite(canvas).read(QRect(0, 0, 8, 8)).pixelColor(4, 4)


def channels(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def near(colour: QColor, wanted: tuple[float, ...]) -> bool:
    return all(abs(a - b) <= 1.5 for a, b in zip(channels(colour), wanted, strict=True))


def test_blend_modes_follow_their_formulae() -> None:
    below, above = channels(BELOW), channels(ABOVE)
    pairs = list(zip(below, above, strict=True))
    assert near(blended(Blend.NORMAL), above)
    assert near(blended(Blend.NORMAL, 0.25), tuple(b * 0.75 + a * 0.25 for b, a in pairs))
    assert near(blended(Blend.MULTIPLY), tuple(b * a / 255 for b, a in pairs))
    screen = tuple(255 - (255 - b) * (255 - a) / 255 for b, a in pairs)
    assert near(blended(Blend.SCREEN), screen)


def test_the_lowest_layer_is_as_it_is_whatever_its_mode() -> None:
    layer = base(patterned(9, 9))
    canvas = Canvas(CanvasState(9, 9, (layer, new_layer("Empty", Plane.from_image(filled(1, 1))))))
    layer_operations.set_blend(canvas, layer.id, Blend.MULTIPLY)
    found = Composite(canvas).read(QRect(1, 1, 8, 8))
    assert found == patterned(9, 9).copy(1, 1, 8, 8)


def test_a_plain_photograph_is_not_kept_twice() -> None:
    canvas = small_canvas()
    composite = Composite(canvas)
    tile, done = composite.tile(0, (0, 0), FOREVER)
    assert done
    assert tile is canvas.state.layers[0].plane.tiles[0, 0]
    assert composite.nbytes == 0


def test_a_stroke_is_seen_at_every_level_as_if_all_were_drawn_anew() -> None:
    canvas = small_canvas(600, 520)
    bench = bench_of(canvas)
    canvas.change_layer("Move", canvas.state.layers[1], x=13, y=-7)
    places = [(level, index) for level in (0, 1, 2) for index in ((0, 0), (1, 0), (1, 1))]
    for level, index in places:
        bench.composite.tile(level, index, FOREVER)
    brush = Brush(40, 0.5, colour=QColor("red"))
    stroke = Stroke(canvas, canvas.state.layers[1], brush, "Paint")
    for x, y in ((100, 100), (400, 300)):
        stroke.move_to(QPointF(x, y))
    fresh = Composite(canvas)
    for level, index in places:
        ours, wanted = (each.tile(level, index, FOREVER)[0] for each in (bench.composite, fresh))
        assert ours == wanted, (level, index)


def test_past_the_deadline_it_is_rough_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composite_module, "_ROUGH", 60.0)
    canvas = small_canvas(1200, 1200)
    layer_operations.set_opacity(canvas, canvas.state.layers[0].id, 0.5)
    composite = Composite(canvas)
    rough, done = composite.tile(2, (0, 0), time.perf_counter() - 1)
    assert not done
    assert rough is not None
    assert rough.pixelColor(100, 100).alpha() > 100
    fine, done = composite.tile(2, (0, 0), FOREVER)
    assert done
    assert fine is not None
    assert fine.pixelColor(100, 100) == rough.pixelColor(100, 100)


def test_long_past_the_deadline_it_waits_for_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(composite_module, "_ROUGH", 0.0)
    canvas = small_canvas(1200, 1200)
    layer_operations.set_opacity(canvas, canvas.state.layers[0].id, 0.5)
    composite = Composite(canvas)
    missing, done = composite.tile(2, (0, 0), time.perf_counter() - 1)
    assert not done
    assert missing is not None
    assert missing.pixelColor(100, 100).alpha() == 0
    assert composite.tile(2, (0, 0), FOREVER)[1]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composite_module, "LARGEST_CACHE", 3 * 256 * 256 * 4)
    canvas = small_canvas(2000, 600)
    layer_operations.set_opacity(canvas, canvas.state.layers[0].id, 0.5)
    composite = Composite(canvas)
    for column in range(7):
        composite.tile(0, (column, 0), FOREVER)
    assert composite.nbytes <= 3 * 256 * 256 * 4


def test_a_candidate_lies_on_top_without_being_there() -> None:
    canvas = small_canvas()
    composite = Composite(canvas)
    red = QColor("red")
    composite.extra = new_layer("", Plane.from_image(filled(20, 20, red)), 30, 30)
    assert composite.read(QRect(QPoint(35, 35), QPoint(35, 35))).pixelColor(0, 0) == red
    assert len(canvas.state.layers) == 2
