"""The canvas on the screen: zoom, pan, pixels, cursor, keys, drops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio import theme
from studio.canvas import layer_operations
from studio.canvas.history import CanvasHistory
from studio.canvas.plane import Plane
from studio.canvas.view import CanvasView
from studio.canvas.viewport import HIGHEST, LOWEST, Viewport
from tests.studio.canvas.scenes import BLUE, bench_of, filled, mask_at, seen, small_canvas
from tests.studio.dragging import drop_on

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.canvas.workbench import Workbench


@pytest.fixture
def bench(qtbot: QtBot) -> Workbench:
    theme.current().set("dark")
    return bench_of(small_canvas(400, 300))


@pytest.fixture
def view(qtbot: QtBot, bench: Workbench) -> CanvasView:
    made = CanvasView(bench)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.setFocus()
    return made


def looks(view: CanvasView, x: int, y: int) -> QColor:
    return view.grab().toImage().pixelColor(x, y)


def wheel(view: CanvasView, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(),
        QPoint(0, notches * 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_a_small_canvas_begins_at_its_own_size_in_the_middle(view: CanvasView) -> None:
    assert view.zoom == 1.0
    assert looks(view, 300, 200) == BLUE
    assert looks(view, 101, 51) == BLUE
    assert looks(view, 98, 48) == theme.colour("bg")


def test_the_wheel_leaves_the_point_under_the_cursor(view: CanvasView, bench: Workbench) -> None:
    at = QPointF(431, 122)
    for notches in (1, 3, -2, 9, -20, 30):
        before = bench.viewport.to_canvas(at)
        wheel(view, at, notches)
        way = (bench.viewport.to_canvas(at) - before) * view.zoom
        if LOWEST < view.zoom < HIGHEST:
            assert abs(way.x()) <= 0.5, notches  # of a device pixel
            assert abs(way.y()) <= 0.5, notches


def test_zoom_is_held_to_its_range_and_told(view: CanvasView) -> None:
    told: list[float] = []
    view.zoom_changed.connect(told.append)
    view.set_zoom(1000)
    assert view.zoom == HIGHEST == 32
    view.set_zoom(0.0001)
    assert view.zoom == LOWEST == 0.05
    assert told == [HIGHEST, LOWEST]


def test_keys_zoom(view: CanvasView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == 1.5
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(0.67)
    QTest.keyClick(view, Qt.Key.Key_1)
    assert view.zoom == 1.0
    view.set_zoom(8)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1.0


def test_a_large_canvas_is_fitted_again_when_the_window_changes(qtbot: QtBot) -> None:
    bench = bench_of(small_canvas(3000, 1500))
    view = CanvasView(bench)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    assert view.zoom == pytest.approx(568 / 3000)
    view.resize(900, 400)
    assert view.zoom == pytest.approx(368 / 1500)
    view.set_zoom(0.5)
    view.resize(500, 400)
    assert view.zoom == 0.5


def test_space_and_the_middle_button_pan(view: CanvasView, bench: Workbench) -> None:
    origin = QPointF(bench.viewport.origin)
    QTest.keyPress(view, Qt.Key.Key_Space)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.mouseMove(view, QPoint(330, 180))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(330, 180))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert bench.viewport.origin - origin == QPointF(30, -20)
    QTest.mousePress(view, Qt.MouseButton.MiddleButton, pos=QPoint(300, 200))
    QTest.mouseMove(view, QPoint(270, 220))
    QTest.mouseRelease(view, Qt.MouseButton.MiddleButton, pos=QPoint(270, 220))
    assert bench.viewport.origin == origin
    assert bench.canvas.state.mask.plane.tiles == {}


def test_the_canvas_cannot_be_lost_from_sight() -> None:
    viewport = Viewport()
    viewport.size, viewport.canvas = QRect(0, 0, 600, 400).size(), QRect(0, 0, 300, 300).size()
    viewport.fit()
    viewport.move(QPointF(-9000, 9000))
    seen = viewport.rect_to_canvas(QRect(0, 0, 600, 400))
    assert (seen.width(), seen.height()) == (64, 64)


def test_a_stroke_with_the_mouse_is_seen_and_is_one_step(
    view: CanvasView, bench: Workbench
) -> None:
    edits: list[object] = []
    bench.canvas.edited.connect(edits.append)
    bench.set_options(size=40.0, hardness=1.0)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    QTest.mouseMove(view, QPoint(300, 150))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert len(edits) == 1
    assert mask_at(bench.canvas, 150, 100) == 255
    mask = theme.colour("mask")
    half = looks(view, 250, 150)
    assert abs(half.red() - (mask.red() + BLUE.red()) / 2) < 4
    QTest.mouseMove(view, QPoint(500, 350))
    ring = [looks(view, 250, y) for y in (128, 129, 130, 131)]
    assert mask in ring  # the outline is not mixed
    layer_operations.set_visible(bench.canvas, "mask", False)
    assert looks(view, 250, 150) == BLUE


def test_only_what_changed_is_drawn_again_and_looks_as_if_all_were(
    view: CanvasView, bench: Workbench
) -> None:
    view.set_zoom(0.5)
    view.grab()
    bench.set_options(size=90.0, hardness=0.3)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(250, 150))
    for x in (260, 300, 340):
        QTest.mouseMove(view, QPoint(x, 200))
        view.grab()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(340, 200))
    QTest.mouseMove(view, QPoint(5, 5))
    parts = view.grab().toImage()
    bench.view_moved.emit()
    assert view.grab().toImage() == parts


def test_alt_drag_sets_size_and_hardness(view: CanvasView, bench: Workbench) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    QTest.mousePress(view, Qt.MouseButton.LeftButton, alt, QPoint(300, 200))
    QTest.mouseMove(view, QPoint(320, 230))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, alt, QPoint(320, 230))
    assert bench.options.size == 48 + 40
    assert bench.options.hardness == pytest.approx(0.7)
    assert bench.canvas.state.mask.plane.tiles == {}


def test_keys_take_tools_and_sizes(view: CanvasView, bench: Workbench) -> None:
    for key, tool in (
        (Qt.Key.Key_E, "mask_eraser"),
        (Qt.Key.Key_L, "lasso"),
        (Qt.Key.Key_R, "rectangle"),
        (Qt.Key.Key_G, "bucket"),
        (Qt.Key.Key_B, "mask_brush"),
        (Qt.Key.Key_X, "mask_eraser"),
        (Qt.Key.Key_X, "mask_brush"),
    ):
        QTest.keyClick(view, key)
        assert bench.spec.id == tool
    QTest.keyClick(view, Qt.Key.Key_BracketRight)
    assert bench.options.size == 55
    QTest.keyClick(view, Qt.Key.Key_BracketLeft)
    assert bench.options.size == 48
    QTest.keyClick(view, Qt.Key.Key_R)
    QTest.keyClick(view, Qt.Key.Key_X)
    assert bench.options.subtract


def test_escape_gives_a_stroke_up(view: CanvasView, bench: Workbench) -> None:
    edits: list[object] = []
    bench.canvas.edited.connect(edits.append)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    QTest.keyClick(view, Qt.Key.Key_E)  # no change of tools in the middle of a stroke
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert (edits, bench.spec.id) == ([], "mask_brush")
    assert mask_at(bench.canvas, 100, 100) == 0


def test_undoing_in_the_middle_of_a_stroke_gives_it_up_first(
    view: CanvasView, bench: Workbench
) -> None:
    history = CanvasHistory(bench.canvas)
    bench.canvas.edited.connect(history.add)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    first = seen(bench.canvas)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert history.go_to(0)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert mask_at(bench.canvas, 100, 100) == mask_at(bench.canvas, 200, 100) == 0
    assert history.newest == 1
    assert history.go_to(1)
    assert seen(bench.canvas) == first


def pen_events(view: CanvasView, kind: QPointingDevice.PointerType, pressure: float) -> None:
    """A pen touches the middle and leaves."""
    capabilities = QPointingDevice.Capability.Position | QPointingDevice.Capability.Pressure
    stylus = QPointingDevice.DeviceType.Stylus
    pen = QPointingDevice("pen", 1, stylus, kind, capabilities, 1, 2)
    at = QPointF(300, 200)
    for what, buttons in (
        (QTabletEvent.Type.TabletPress, Qt.MouseButton.LeftButton),
        (QTabletEvent.Type.TabletRelease, Qt.MouseButton.NoButton),
    ):
        event = QTabletEvent(
            what, pen, at, view.mapToGlobal(at), pressure, 0.0, 0.0, 0.0, 0.0, 0.0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, buttons,
        )  # fmt: skip
        QApplication.sendEvent(view, event)
        assert event.isAccepted()


def test_a_pen_draws_as_hard_as_it_presses_and_its_other_end_erases(
    view: CanvasView, bench: Workbench
) -> None:
    bench.set_options(size=80.0, hardness=1.0)
    pen_events(view, QPointingDevice.PointerType.Pen, 0.1)
    assert mask_at(bench.canvas, 200, 150) == 255
    assert mask_at(bench.canvas, 215, 150) == 0
    pen_events(view, QPointingDevice.PointerType.Eraser, 1.0)
    assert mask_at(bench.canvas, 200, 150) == 0
    assert bench.spec.id == "mask_brush"


def test_a_candidate_is_shown_in_place_and_the_mask_steps_back(
    view: CanvasView, bench: Workbench
) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    red = QColor("#ff0000")
    view.show_candidate(Plane.from_image(filled(50, 50, red)), QPoint(10, 10))
    QTest.mouseMove(view, QPoint(590, 390))
    assert looks(view, 120, 70) == red
    assert looks(view, 300, 200) == BLUE
    view.hide_candidate()
    assert looks(view, 120, 70) == BLUE
    assert looks(view, 300, 200) != BLUE


def test_transparency_is_a_checkerboard_and_close_up_there_is_a_grid(
    view: CanvasView, bench: Workbench
) -> None:
    layer_operations.set_visible(bench.canvas, bench.canvas.state.layers[0].id, False)
    image = view.grab().toImage()
    found = {image.pixelColor(x, 205).name() for x in range(200, 240)}
    assert len(found) == 2
    layer_operations.set_visible(bench.canvas, bench.canvas.state.layers[0].id, True)
    view.set_zoom(7.9)
    assert {view.grab().toImage().pixelColor(x, 203).name() for x in range(200, 216)} == {
        BLUE.name()
    }
    view.set_zoom(8)
    assert len({view.grab().toImage().pixelColor(x, 203).name() for x in range(200, 216)}) > 1


def test_pixels_are_sharp_close_up(view: CanvasView, bench: Workbench) -> None:
    bench.canvas.state.layers[1].plane.write(QPoint(200, 150), filled(1, 1, QColor("#ff0000")))
    bench.canvas.report(QRect(200, 150, 1, 1))
    view.set_zoom(6)
    corner = bench.viewport.to_window(QPointF(200, 150)).toPoint()
    image = view.grab().toImage()
    assert image.pixelColor(corner) == QColor("#ff0000")
    assert image.pixelColor(corner + QPoint(5, 5)) == QColor("#ff0000")
    assert image.pixelColor(corner + QPoint(6, 0)) == BLUE
    assert image.pixelColor(corner - QPoint(1, 0)) == BLUE


def test_the_context_frame_has_a_dark_and_a_light_line(view: CanvasView) -> None:
    view.show_frame(QRect(100, 100, 200, 100), "Context 200 px")
    image = view.grab().toImage()
    line = {image.pixelColor(x, 150).name() for x in range(350, 390)}
    assert "#ffffff" in line
    assert len(line) > 1
    view.show_frame(None)
    assert looks(view, 360, 150) == BLUE


def test_the_pixel_under_the_cursor_is_told(view: CanvasView) -> None:
    told: list[QPoint | None] = []
    view.cursor_moved.connect(told.append)
    QTest.mouseMove(view, QPoint(150, 75))
    QTest.mouseMove(view, QPoint(5, 5))
    assert told[-2:] == [QPoint(50, 25), None]


def test_dropped_and_pasted_pictures_are_told(
    qtbot: QtBot, view: CanvasView, tmp_path: Path
) -> None:
    path = str(tmp_path / "a.png")
    assert QImage(filled(4, 4)).save(path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path)])
    with qtbot.waitSignal(view.pictures_dropped) as dropped:
        drop_on(view, mime)
    assert dropped.args == [[path]]
    QGuiApplication.clipboard().setImage(filled(7, 5))
    with qtbot.waitSignal(view.image_pasted) as pasted:
        QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args[0].size() == filled(7, 5).size()


def test_it_has_a_name_and_shows_its_focus(view: CanvasView) -> None:
    assert view.accessibleName() == "Canvas"
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
