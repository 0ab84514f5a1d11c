"""Layers list, options bar and tool column."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from studio import theme
from studio.canvas import layer_operations, layer_row, mask_work
from studio.canvas.colour_button import ColourButton
from studio.canvas.layer import MASK_ID, new_layer
from studio.canvas.layer_menu import LayerMenu
from studio.canvas.layer_row import HEIGHT
from studio.canvas.layers_list import LayersPane
from studio.canvas.mask_menu import MaskMenu
from studio.canvas.options_bar import OptionsBar
from studio.canvas.plane import Plane
from studio.canvas.tool_column import ToolColumn
from studio.document.canvas.canvas_record import Blend
from studio.widgets.inline_knob import InlineKnob
from tests.studio.canvas.scenes import bench_of, drag, filled, mask_at, small_canvas
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.canvas.workbench import Workbench

Child = TypeVar("Child", bound=QObject)


@pytest.fixture
def bench(qtbot: QtBot) -> Workbench:
    theme.current().set("dark")
    return bench_of(small_canvas())


@pytest.fixture
def pane(qtbot: QtBot, bench: Workbench) -> LayersPane:
    made = LayersPane(bench)
    qtbot.addWidget(made)
    made.resize(264, 300)
    made.show()
    return made


@pytest.fixture
def bar(qtbot: QtBot, bench: Workbench) -> OptionsBar:
    made = OptionsBar(bench)
    qtbot.addWidget(made)
    made.resize(1100, 44)
    made.show()
    return made


@pytest.fixture
def column(qtbot: QtBot, bench: Workbench) -> ToolColumn:
    made = ToolColumn(bench)
    qtbot.addWidget(made)
    made.show()
    return made


def named(parent: QWidget, kind: type[Child], name: str) -> Child:
    """The one of this kind with this accessible name or text."""
    for child in parent.findChildren(kind):
        assert isinstance(child, QWidget)
        if child.accessibleName() == name:
            return child
    raise AssertionError(name)


def names(pane: LayersPane) -> list[str]:
    return [pane.list.item(row).text() for row in range(pane.list.count())]


def click(pane: LayersPane, row: int, x: int) -> None:
    place = pane.list.visualItemRect(pane.list.item(row))
    at = QPoint(x if x >= 0 else place.right() + x, place.center().y())
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=at)


# ---- layers -----------------------------------------------------------------------------------


def test_the_mask_stands_on_top_and_the_locked_base_at_the_bottom(
    pane: LayersPane, bench: Workbench
) -> None:
    layer_operations.set_locked(bench.canvas, bench.canvas.state.layers[0].id, True)
    assert names(pane) == ["Mask", "Paint", "Base"]
    facts = [pane.list.item(row).data(layer_row.FACT) for row in range(3)]
    assert facts == ["50 % overlay", "Normal · 100 %", "Base"]
    spoken = pane.list.item(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Base, Base, locked"
    assert pane.list.height() == 3 * HEIGHT


def test_a_click_chooses_and_the_list_follows_the_canvas(
    pane: LayersPane, bench: Workbench
) -> None:
    click(pane, 1, 120)
    assert bench.canvas.current.name == "Paint"
    bench.canvas.choose(MASK_ID)
    assert pane.list.currentRow() == 0


def test_the_eye_and_space_show_and_hide(pane: LayersPane, bench: Workbench) -> None:
    click(pane, 1, 12)
    assert not bench.canvas.state.layers[1].visible
    pane.list.setCurrentRow(2)
    QTest.keyClick(pane.list, Qt.Key.Key_Space)
    assert not bench.canvas.state.layers[0].visible
    pane.list.setCurrentRow(0)
    QTest.keyClick(pane.list, Qt.Key.Key_Space)
    assert not bench.canvas.state.mask.visible


def test_f2_renames_and_an_empty_name_is_none(
    qtbot: QtBot, pane: LayersPane, bench: Workbench
) -> None:
    pane.list.setCurrentRow(1)
    for text in ("Roof", ""):
        QTest.keyClick(pane.list, Qt.Key.Key_F2)
        editor = pane.list.findChild(QLineEdit)
        assert isinstance(editor, QLineEdit)
        editor.setText(text)
        QTest.keyClick(editor, Qt.Key.Key_Return)  # the list takes it over a moment later
        qtbot.waitUntil(lambda: pane.list.findChild(QLineEdit) is None)
        assert bench.canvas.state.layers[1].name == "Roof"
        assert names(pane)[1] == "Roof"


def test_keys_reorder_and_delete(pane: LayersPane, bench: Workbench) -> None:
    pane.list.setCurrentRow(1)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(pane.list, Qt.Key.Key_Down, control)
    assert names(pane) == ["Mask", "Base", "Paint"]
    assert pane.list.currentRow() == 2
    QTest.keyClick(pane.list, Qt.Key.Key_Up, control)
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    assert names(pane) == ["Mask", "Base"]


def test_plus_adds_a_layer(pane: LayersPane, bench: Workbench) -> None:
    named(pane, QPushButton, "Add a layer").click()
    assert names(pane) == ["Mask", "Layer 2", "Paint", "Base"]


def test_thumbnails_show_the_patch_on_a_checkerboard(
    qtbot: QtBot, pane: LayersPane, bench: Workbench
) -> None:
    red = QColor("#ff0000")
    patch = new_layer("Patch", Plane.from_image(filled(100, 100, red)), 100, 90)
    layer_operations.add(bench.canvas, patch)

    def drawn() -> bool:
        image = pane.list.item(1).data(layer_row.THUMBNAIL)
        return image is not None and image.pixelColor(21, 14) == red

    qtbot.waitUntil(drawn)
    image = pane.list.item(1).data(layer_row.THUMBNAIL)
    around = {image.pixelColor(x, 3).name() for x in range(8, 34)}
    assert len(around) > 1
    assert red.name() not in around


def test_the_menu_does_what_it_says(qtbot: QtBot, pane: LayersPane, bench: Workbench) -> None:
    canvas = bench.canvas
    top = canvas.state.layers[1]
    menu = LayerMenu(canvas, top, lambda: None, pane)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert not actions["Move up"].isEnabled()
    assert actions["Normal"].isChecked()
    actions["Screen"].trigger()
    actions["Lock"].trigger()
    knob = menu.findChild(InlineKnob)
    assert isinstance(knob, InlineKnob)
    knob.value_changed.emit(40)
    changed = canvas.state.layer(top.id)
    assert (changed.blend, changed.locked, changed.opacity) == (Blend.SCREEN, True, 0.4)
    assert pane.list.item(1).data(layer_row.FACT) == "Screen · 40 %"
    actions["Move down"].trigger()
    assert canvas.state.layers[0].id == top.id
    actions["Duplicate"].trigger()
    assert len(canvas.state.layers) == 3


@OFFSCREEN
def test_the_dots_open_the_menu_of_their_row(
    qtbot: QtBot, pane: LayersPane, bench: Workbench
) -> None:
    for row, kind in ((0, MaskMenu), (1, LayerMenu)):
        click(pane, row, -12)
        menu = pane.list.findChild(kind)
        assert isinstance(menu, kind)
        assert menu.isVisible()
        menu.close()


# ---- options ----------------------------------------------------------------------------------


def test_only_the_options_of_the_tool_are_shown(bar: OptionsBar, bench: Workbench) -> None:
    shown = {
        "mask_brush": {"Size", "Hardness"},
        "bucket": {"Tolerance"},
        "hand": set(),
        "paint_brush": {"Size", "Hardness"},
    }
    for tool, wanted in shown.items():
        bench.take(tool)
        knobs = [knob for knob in bar.findChildren(InlineKnob) if knob.isVisible()]
        assert {knob.name for knob in knobs} == wanted
        assert named(bar, QPushButton, "Invert").isVisible() == (bench.spec.group == "mask")
    assert named(bar, ColourButton, "Colour").isVisible()


def test_knobs_and_options_agree(bar: OptionsBar, bench: Workbench) -> None:
    bench.set_options(size=120.0, hardness=0.25)
    size, hardness = bar.findChildren(InlineKnob)[:2]
    assert (size.value, hardness.value) == (120, 25)
    hardness.value_changed.emit(60)
    assert bench.options.hardness == 0.6


def test_buttons_change_the_mask(bar: OptionsBar, bench: Workbench) -> None:
    drag(bench.tool, (100, 100))
    grow = named(bar, QPushButton, "Grow").menu()
    assert isinstance(grow, QMenu)
    before = mask_work.area(bench.canvas)
    next(action for action in grow.actions() if action.text() == "8 px").trigger()
    bench.canvas.finish_work()
    assert mask_work.area(bench.canvas) == before.adjusted(-8, -8, 8, 8)
    named(bar, QPushButton, "Invert").click()
    assert mask_at(bench.canvas, 100, 100) == 0
    named(bar, QPushButton, "Clear").click()
    bench.canvas.finish_work()
    assert mask_work.area(bench.canvas) == QRect()


def test_a_narrow_bar_leaves_its_buttons_to_the_menu(bar: OptionsBar, bench: Workbench) -> None:
    more = named(bar, QPushButton, "More for the mask").menu()
    assert isinstance(more, QMenu)
    assert named(bar, QPushButton, "Invert").isVisible()
    bar.resize(560, 44)
    assert not named(bar, QPushButton, "Invert").isVisible()
    next(action for action in more.actions() if action.text() == "Invert").trigger()
    assert mask_at(bench.canvas, 5, 5) == 255
    bar.resize(1100, 44)
    assert named(bar, QPushButton, "Invert").isVisible()


def test_the_mask_menu_masks_what_is_transparent_and_asks_the_panel_for_files(
    qtbot: QtBot, bench: Workbench
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    actions = {action.text(): action for action in MaskMenu(bench, parent).actions()}
    layer_operations.set_visible(bench.canvas, bench.canvas.state.layers[0].id, False)
    actions["Mask what is transparent"].trigger()
    bench.canvas.finish_work()
    assert mask_work.area(bench.canvas) == bench.canvas.state.rect
    actions["Clear"].trigger()
    bench.canvas.finish_work()
    assert mask_work.area(bench.canvas).isEmpty()
    for text, signal in (
        ("Paste mask", bench.paste_mask_asked),
        ("Load mask…", bench.load_mask_asked),
        ("Save mask…", bench.save_mask_asked),
    ):
        with qtbot.waitSignal(signal):
            actions[text].trigger()


def test_the_bar_applies_a_crop(bar: OptionsBar, bench: Workbench) -> None:
    bench.take("crop")
    drag(bench.tool, (10, 10), (110, 60))
    named(bar, QPushButton, "Crop to frame").click()
    assert bench.canvas.state.size == QSize(100, 50)


# ---- tools ------------------------------------------------------------------------------------


def test_a_click_takes_the_tool_and_the_column_follows(
    column: ToolColumn, bench: Workbench
) -> None:
    buttons = {button.objectName(): button for button in column.findChildren(QPushButton)}
    assert list(buttons)[:3] == ["mask_brush", "mask_eraser", "lasso"]
    buttons["lasso"].click()
    assert bench.spec.id == "lasso"
    bench.take("paint_brush")
    assert buttons["paint_brush"].isChecked()
    assert not buttons["lasso"].isChecked()
    bench.swap()
    assert bench.spec.id == "paint_eraser"
    assert buttons["paint_brush"].isChecked()
    assert all(button.accessibleName() for button in buttons.values())
    assert "(B)" in buttons["mask_brush"].toolTip()


def test_arrows_go_from_tool_to_tool(column: ToolColumn, bench: Workbench) -> None:
    first = column.findChildren(QPushButton)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert bench.spec.id == "mask_eraser"
    QTest.keyClick(column, Qt.Key.Key_Up)
    assert bench.spec.id == "mask_brush"
    QTest.keyClick(column, Qt.Key.Key_Up)
    assert bench.spec.id == "hand"


def test_a_steep_knob_gives_small_numbers_room(qtbot: QtBot) -> None:
    knob = InlineKnob("Size", 1, 2000, "px", steep=True)
    qtbot.addWidget(knob)
    told: list[int] = []
    knob.value_changed.connect(told.append)
    knob.set_value(48)
    assert (knob.value, told) == (48, [])
    knob._slider.setValue(100)
    assert told == [knob.value]
    assert 200 < knob.value < 300
    knob._field.setValue(9)
    assert told[-1] == 9
    assert knob._slider.value() > 20
