"""Whatever was done: undone it is as before, done again it is as after."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QColor, QPainterPath

from studio.canvas import layer_operations, mask_work, operations
from studio.canvas.canvas import Canvas
from studio.canvas.history import CanvasHistory
from studio.canvas.layer import new_layer
from studio.canvas.plane import Plane
from studio.canvas.strokes import Brush, Stroke
from studio.document.canvas.canvas_record import Blend
from tests.studio.canvas.scenes import bench_of, patterned, seen, small_canvas

if TYPE_CHECKING:
    from studio.canvas.edits import Edit, PixelsEdit, StateEdit

pytestmark = pytest.mark.usefixtures("qapp")

Step = Callable[[Canvas], None]


def stroke(points: list[tuple[float, float]], brush: Brush, on_mask: bool) -> Step:
    def step(canvas: Canvas) -> None:
        layer = canvas.state.mask if on_mask else canvas.state.layers[-1]
        made = Stroke(canvas, layer, brush, "Paint")
        for x, y in points:
            made.move_to(QPointF(x, y), 0.7)
        if (edit := made.finish()) is not None:
            canvas.edited.emit(edit)

    return step


def fill(rect: QRect, subtract: bool) -> Step:
    path = QPainterPath()
    path.addEllipse(rect)
    return lambda canvas: canvas.work(mask_work.fill_path(canvas, path, subtract))


def _merge(canvas: Canvas) -> None:
    canvas.work(layer_operations.merge_down(canvas, canvas.state.layers[-1].id))


def _top(step: Callable[[Canvas, str], object]) -> Step:
    def on_top(canvas: Canvas) -> None:
        step(canvas, canvas.state.layers[-1].id)

    return on_top


places = st.integers(-60, 360)
points = st.lists(st.tuples(places, places), min_size=1, max_size=4)
brushes = st.builds(
    Brush, st.floats(1, 90), st.floats(0, 1), st.booleans(), st.just(QColor(200, 20, 90, 255))
)
rects = st.builds(QRect, st.integers(0, 200), st.integers(0, 200), st.integers(1, 150), places)
simple: list[Step] = [
    mask_work.invert,
    lambda canvas: canvas.work(mask_work.clear(canvas)),
    lambda canvas: canvas.work(mask_work.grow(canvas, 9)),
    lambda canvas: canvas.work(mask_work.shrink(canvas, 5)),
    lambda canvas: canvas.work(mask_work.feather(canvas, 6)),
    lambda canvas: canvas.work(
        mask_work.fill_from_transparency(canvas, bench_of(canvas).composite)
    ),
    lambda canvas: canvas.work(operations.flip(canvas, True)),
    lambda canvas: canvas.work(operations.flip(canvas, False)),
    lambda canvas: canvas.work(operations.rotate(canvas, True)),
    lambda canvas: canvas.work(operations.rotate(canvas, False)),
    lambda canvas: canvas.work(operations.resize(canvas, QSize(190, 333))),
    lambda canvas: operations.crop(canvas, QRect(20, 30, 200, 210)),
    lambda canvas: operations.set_canvas_size(canvas, QRect(-40, -9, 380, 300)),
    lambda canvas: layer_operations.add(canvas, new_layer("New")),
    _top(layer_operations.duplicate),
    _top(layer_operations.remove),
    _top(lambda canvas, layer_id: layer_operations.rename(canvas, layer_id, "Roof")),
    _top(lambda canvas, layer_id: layer_operations.move(canvas, layer_id, 0)),
    _top(lambda canvas, layer_id: layer_operations.set_opacity(canvas, layer_id, 0.4)),
    _top(lambda canvas, layer_id: layer_operations.set_blend(canvas, layer_id, Blend.SCREEN)),
    _top(lambda canvas, layer_id: layer_operations.set_visible(canvas, layer_id, False)),
    _top(lambda canvas, layer_id: layer_operations.set_locked(canvas, layer_id, True)),
    _merge,
]
steps = st.one_of(
    st.builds(stroke, points, brushes, st.booleans()),
    st.builds(fill, rects, st.booleans()),
    st.sampled_from(simple),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=1, max_size=6))
def test_undo_brings_back_every_pixel_and_redo_too(doings: list[Step]) -> None:
    canvas = small_canvas()
    history = CanvasHistory(canvas)
    canvas.edited.connect(history.add)
    stages = [seen(canvas)]
    for step in doings:
        before = history.step
        step(canvas)
        canvas.finish_work()
        if history.step > before:
            stages.append(seen(canvas))
        else:
            assert seen(canvas) == stages[-1]
    for number in reversed(range(len(stages))):
        assert history.go_to(number)
        assert seen(canvas) == stages[number]
    for number in range(len(stages)):
        assert history.go_to(number)
        assert seen(canvas) == stages[number]


def test_a_mask_that_was_inverted_and_cleared_is_painted_tile_by_tile() -> None:
    canvas = small_canvas()
    history = CanvasHistory(canvas)
    canvas.edited.connect(history.add)
    mask_work.invert(canvas)
    canvas.work(mask_work.clear(canvas))
    stroke([(50, 50)], Brush(40, 1.0), True)(canvas)
    assert mask_work.area(canvas).right() < 75
    after = seen(canvas)
    assert history.go_to(0)
    assert history.go_to(3)
    assert seen(canvas) == after


def test_a_stroke_is_small_once_it_is_packed() -> None:
    canvas = small_canvas()
    edits: list[PixelsEdit] = []
    canvas.edited.connect(edits.append)
    stroke([(10, 10), (290, 270)], Brush(20, 0.5), True)(canvas)
    for delta in edits[0].deltas:
        for packed in (delta.before, delta.after):
            if packed is not None:
                packed.wait()
    assert 0 < edits[0].nbytes < 20_000


def test_a_stroke_that_changes_nothing_is_no_step() -> None:
    canvas = small_canvas()
    edits: list[Edit] = []
    canvas.edited.connect(edits.append)
    stroke([(10, 10), (90, 90)], Brush(20, 0.5, erase=True), True)(canvas)
    stroke([(-500, -500)], Brush(20, 0.5), True)(canvas)
    assert edits == []
    assert canvas.state.mask.plane.tiles == {}


def test_a_dragged_value_can_be_one_step() -> None:
    canvas = small_canvas()
    edits: list[StateEdit] = []
    canvas.edited.connect(edits.append)
    top = canvas.state.layers[-1].id
    for opacity in (0.9, 0.5, 0.2):
        layer_operations.set_opacity(canvas, top, opacity)
    layer_operations.rename(canvas, top, "Roof")
    first, *others, rename = edits
    for other in others:
        merged = first.merged(other)
        assert merged is not None
        first = merged
    assert first.merged(rename) is None
    rename.undo(canvas)
    first.undo(canvas)
    assert canvas.state.layer(top).opacity == 1.0
    first.redo(canvas)
    assert canvas.state.layer(top).opacity == 0.2


def test_only_planes_that_one_side_has_count() -> None:
    canvas = small_canvas()
    edits: list[Edit] = []
    canvas.edited.connect(edits.append)
    layer_operations.rename(canvas, canvas.state.layers[-1].id, "Roof")
    assert edits[-1].nbytes == 0
    layer_operations.duplicate(canvas, canvas.state.layers[0].id)
    assert edits[-1].nbytes == canvas.state.layers[0].plane.nbytes


def test_history_forgets_the_oldest_and_says_what_it_can_reach() -> None:
    canvas = small_canvas()
    history = CanvasHistory(canvas, limit=150_000)
    canvas.edited.connect(history.add)

    for _ in range(4):
        layer_operations.add(canvas, new_layer("Photo", Plane.from_image(patterned(20, 20))))
    assert history.newest == 4
    assert history.oldest == 3
    assert not history.go_to(2)
    assert history.step == 4
    assert history.go_to(3)
    assert len(canvas.state.layers) == 5
    layer_operations.add(canvas, new_layer("Empty"))  # what was undone is gone
    assert (history.oldest, history.newest, history.step) == (3, 4, 4)
