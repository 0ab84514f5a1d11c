"""Each tool by what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent

from studio.canvas import layer_operations, mask_work
from studio.canvas.layer import new_layer
from studio.canvas.plane import Plane
from studio.canvas.tool_table import TOOLS, tool_spec
from studio.canvas.tools.arranging import CropTool, ExpandTool
from studio.canvas.tools.tool import Pointer
from studio.phosphor import codes
from tests.studio.canvas.scenes import bench_of, colour_at, drag, filled, mask_at, small_canvas

if TYPE_CHECKING:
    from studio.canvas.edits import StateEdit
    from studio.canvas.workbench import Workbench

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bench(qapp: object) -> Workbench:
    return bench_of(small_canvas())


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifier)


def test_the_table_is_whole(qapp: object) -> None:
    keys = [spec.key for spec in TOOLS if spec.key]
    assert len(keys) == len(set(keys))
    assert {"B", "E", "L", "R", "G"} <= set(keys)
    assert all(spec.icon in codes() for spec in TOOLS)
    assert all(tool_spec(spec.twin).twin == spec.id for spec in TOOLS if spec.twin)
    with pytest.raises(KeyError):
        tool_spec("laser")


def test_brush_and_eraser_of_the_mask(bench: Workbench) -> None:
    drag(bench.tool, (50, 50), (100, 50))
    assert mask_at(bench.canvas, 75, 50) == 255
    bench.swap()
    drag(bench.tool, (75, 50))
    assert mask_at(bench.canvas, 75, 50) == 0
    assert mask_at(bench.canvas, 40, 50) == 255


def test_the_lasso_fills_what_it_circles(bench: Workbench) -> None:
    bench.take("lasso")
    drag(bench.tool, (50, 50), (150, 50), (150, 150), (50, 150))
    assert mask_at(bench.canvas, 100, 100) == 255
    assert mask_at(bench.canvas, 160, 100) == 0
    drag(bench.tool, (200, 200), (210, 210))  # no area
    assert mask_at(bench.canvas, 205, 205) == 0


def test_a_rectangle_is_of_whole_pixels_and_shift_makes_a_square(bench: Workbench) -> None:
    bench.take("rectangle")
    drag(bench.tool, (50.4, 60.4), (80.2, 70.2))
    assert mask_work.area(bench.canvas) == QRect(50, 60, 31, 11)
    bench.canvas.work(mask_work.clear(bench.canvas))
    bench.tool.press(Pointer(QPointF(100, 100)))
    bench.tool.move(Pointer(QPointF(90, 140), modifiers=SHIFT))
    bench.tool.release(Pointer(QPointF(90, 140), modifiers=SHIFT))
    assert mask_work.area(bench.canvas) == QRect(60, 100, 40, 40)


def test_an_ellipse_leaves_the_corners_and_can_subtract(bench: Workbench) -> None:
    bench.take("ellipse")
    drag(bench.tool, (50, 50), (150, 150))
    assert mask_at(bench.canvas, 100, 100) == 255
    assert mask_at(bench.canvas, 52, 52) == 0
    bench.set_options(subtract=True)
    drag(bench.tool, (90, 90), (110, 110))
    assert mask_at(bench.canvas, 100, 100) == 0


def test_a_polygon_is_closed_by_enter_or_by_its_first_corner(bench: Workbench) -> None:
    bench.take("polygon")
    for x, y in ((50, 50), (150, 50), (150, 150)):
        drag(bench.tool, (x, y))
    assert bench.tool.underway
    assert bench.tool.key(press(Qt.Key.Key_Return))
    assert not bench.tool.underway
    assert mask_at(bench.canvas, 140, 60) == 255
    assert mask_at(bench.canvas, 60, 140) == 0
    for x, y in ((200, 200), (260, 200), (260, 260), (200, 203)):
        drag(bench.tool, (x, y))
    assert mask_at(bench.canvas, 250, 210) == 255
    drag(bench.tool, (10, 10))
    assert bench.tool.key(press(Qt.Key.Key_Backspace))
    assert not bench.tool.underway


def test_the_bucket_masks_one_colour_and_stays_on_the_canvas(bench: Workbench) -> None:
    bench.canvas.state.layers[0].plane.write(QPoint(100, 0), filled(200, 280, QColor("white")))
    bench.take("bucket")
    drag(bench.tool, (10, 10))
    bench.canvas.finish_work()
    assert mask_work.area(bench.canvas) == QRect(0, 0, 100, 280)
    bench.set_options(subtract=True)
    drag(bench.tool, (10, 10))
    bench.canvas.finish_work()
    assert mask_work.area(bench.canvas).isEmpty()
    drag(bench.tool, (-5, 10))
    assert not bench.canvas.busy


def test_the_paint_brush_paints_the_chosen_layer_or_says_why_not(bench: Workbench) -> None:
    refused: list[str] = []
    bench.canvas.refused.connect(refused.append)
    bench.take("paint_brush")
    assert bench.canvas.current.name == "Paint"
    bench.set_options(colour=QColor("#12ab34"))
    drag(bench.tool, (50, 50))
    assert colour_at(bench.canvas, 50, 50) == QColor("#12ab34")
    bench.swap()
    drag(bench.tool, (50, 50))
    assert colour_at(bench.canvas, 50, 50).alpha() == 0
    layer_operations.set_locked(bench.canvas, bench.canvas.current.id, True)
    drag(bench.tool, (50, 50))
    layer_operations.set_locked(bench.canvas, bench.canvas.current.id, False)
    layer_operations.set_visible(bench.canvas, bench.canvas.current.id, False)
    drag(bench.tool, (50, 50))
    bench.canvas.choose("mask")
    drag(bench.tool, (50, 50))
    assert ["locked" in refused[0], "hidden" in refused[1], "layer" in refused[2]] == [True] * 3


def test_the_eyedropper_takes_what_is_seen(bench: Workbench) -> None:
    bench.canvas.state.layers[1].plane.write(QPoint(5, 5), filled(1, 1, QColor("#c0ffee")))
    bench.canvas.report(QRect(5, 5, 1, 1))
    bench.take("eyedropper")
    drag(bench.tool, (5.9, 5.1))
    assert bench.options.colour == QColor("#c0ffee")
    drag(bench.tool, (-5, 5))
    assert bench.options.colour == QColor("#c0ffee")


def test_a_layer_is_moved_by_dragging_and_by_keys(bench: Workbench) -> None:
    edits: list[StateEdit] = []
    bench.canvas.edited.connect(edits.append)
    bench.take("move")
    bench.canvas.state.layers[1].plane.write(QPoint(50, 50), filled(100, 100))
    drag(bench.tool, (100, 100), (110, 103), (137, 88))
    top = bench.canvas.state.layers[1]
    assert (top.x, top.y, len(edits)) == (37, -12, 1)
    assert bench.tool.key(press(Qt.Key.Key_Left))
    assert bench.tool.key(press(Qt.Key.Key_Down, SHIFT))
    top = bench.canvas.state.layers[1]
    assert (top.x, top.y, len(edits)) == (36, -2, 3)
    for edit in reversed(edits):
        edit.undo(bench.canvas)
    assert (bench.canvas.state.layers[1].x, bench.canvas.state.layers[1].y) == (0, 0)


def test_a_move_that_is_given_up_leaves_the_layer(bench: Workbench) -> None:
    bench.take("move")
    bench.tool.press(Pointer(QPointF(10, 10)))
    bench.tool.move(Pointer(QPointF(90, 90)))
    bench.tool.cancel()
    assert bench.canvas.state.layers[1].x == 0


def test_a_corner_scales_the_layer(bench: Workbench) -> None:
    patch = new_layer("Patch", Plane.from_image(filled(40, 20, QColor("red"))), 100, 100)
    layer_operations.add(bench.canvas, patch)
    bench.take("move")
    drag(bench.tool, (140, 120), (160, 150), (180, 160))
    bench.canvas.finish_work()
    assert colour_at(bench.canvas, 179, 159, patch.id) == QColor("red")
    assert colour_at(bench.canvas, 100, 100, patch.id) == QColor("red")
    assert colour_at(bench.canvas, 181, 159, patch.id).alpha() == 0


def test_crop_is_drawn_changed_and_applied(bench: Workbench) -> None:
    bench.take("crop")
    tool = bench.tool
    assert isinstance(tool, CropTool)
    drag(tool, (50, 50), (150, 120))
    assert tool.area() == QRect(50, 50, 100, 70)
    drag(tool, (150, 85), (170, 300))  # the right side follows only sideways
    drag(tool, (100, 80), (110, 85))  # inside: all of it
    assert tool.area() == QRect(60, 55, 120, 70)
    assert tool.key(press(Qt.Key.Key_Return))
    assert bench.canvas.state.size == QSize(120, 70)
    assert not tool.key(press(Qt.Key.Key_Return))


def test_the_frame_of_expand_grows_only_outward(bench: Workbench) -> None:
    bench.take("expand")
    tool = bench.tool
    assert isinstance(tool, ExpandTool)
    drag(tool, (300, 140), (420, 500))
    assert tool.area() == QRect(0, 0, 420, 280)
    drag(tool, (0, 0), (50, -30))  # a corner, and inward it does not go
    assert tool.area() == QRect(0, -30, 420, 310)
    drag(tool, (100, 100), (150, 100))  # inside there is nothing to take
    assert tool.area() == QRect(0, -30, 420, 310)
    assert tool.underway
    tool.cancel()
    assert tool.area() == bench.canvas.state.rect
    tool.set_area(QRect(-10, 0, 310, 280))
    assert tool.area().left() == -10


def test_the_hand_takes_the_canvas_along(bench: Workbench) -> None:
    bench.viewport.size, bench.viewport.canvas = QSize(200, 200), bench.canvas.state.size
    bench.take("hand")
    origin = QPointF(bench.viewport.origin)
    bench.tool.press(Pointer(QPointF(50, 50)))
    bench.tool.move(Pointer(QPointF(40, 45)))
    bench.tool.release(Pointer(QPointF(40, 45)))
    assert bench.viewport.origin - origin == QPointF(-10, -5)


def test_taking_a_tool_gives_up_what_the_other_had_begun_and_chooses_its_layer(
    bench: Workbench,
) -> None:
    bench.tool.press(Pointer(QPointF(50, 50)))
    bench.take("paint_brush")
    assert mask_at(bench.canvas, 50, 50) == 0
    assert bench.canvas.current.name == "Paint"
    bench.take("lasso")
    assert bench.canvas.current.id == "mask"


def test_options_are_held_to_their_ranges(bench: Workbench) -> None:
    told: list[int] = []
    bench.options_changed.connect(lambda: told.append(1))
    bench.set_options(size=0.0, hardness=7.0)
    assert (bench.options.size, bench.options.hardness) == (1, 1)
    bench.set_options(size=-5.0)
    assert len(told) == 1
    bench.step_size(1)
    assert bench.options.size == 2
