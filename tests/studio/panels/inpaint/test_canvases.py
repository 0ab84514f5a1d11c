"""Canvases in the project: every edit is a step, and everything comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.canvas import layer_operations
from studio.canvas.layer import MASK_ID, new_layer
from studio.canvas.plane import Plane
from studio.document.canvas.canvas_record import from_document
from studio.document.documents import Change, Document
from studio.document.errors import ProjectError
from studio.document.opening import open_project
from studio.wishes import InpaintPicture
from tests.studio.canvas.scenes import drag, filled, mask_at, seen
from tests.studio.panels.inpaint.fakes import mask_box, photo

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from studio.panels.inpaint.panel import InpaintPanel
    from tests.studio.panels.inpaint.conftest import Make
    from tests.studio.panels.inpaint.fakes import Window


def paint(panel: InpaintPanel, *points: tuple[float, float]) -> None:
    """A stroke of the mask brush, and its step in the project."""
    panel.bench.set_options(size=40.0)
    drag(panel.bench.tool, *(points or ((100, 100), (160, 110))))
    panel.session.settle()


def opened(panel: InpaintPanel, qtbot: QtBot) -> InpaintPanel:
    qtbot.waitUntil(lambda: panel.session.record is not None, timeout=10_000)
    return panel


def test_a_picture_becomes_a_canvas_in_one_step(panel: InpaintPanel, window: Window) -> None:
    assert window.project.steps == ["Open Harbour.png"]
    (document,) = window.project.of_kind("canvas")
    record = from_document(document)
    assert (record.name, record.width, record.height) == ("Harbour.png", 320, 240)
    assert record.layers[0].locked
    assert all(window.project.asset(patch.asset) for patch in record.layers[0].pixels.patches)


def test_each_stroke_is_a_step_that_undo_takes_back_at_once(
    panel: InpaintPanel, window: Window
) -> None:
    before = seen(panel.canvas)
    paint(panel)
    painted = seen(panel.canvas)
    paint(panel, (200, 60), (220, 200))
    assert window.project.steps == ["Open Harbour.png", "Paint mask", "Paint mask"]
    window.project.undo()
    assert seen(panel.canvas) == painted
    window.project.undo()
    assert seen(panel.canvas) == before
    window.project.redo()
    assert seen(panel.canvas) == painted


def test_undo_right_after_a_stroke_takes_that_stroke_back(
    panel: InpaintPanel, window: Window
) -> None:
    before = seen(panel.canvas)
    drag(panel.bench.tool, (100, 100), (160, 110))
    window.project.undo()
    assert seen(panel.canvas) == before
    assert window.project.steps[-1] == "Paint mask"


def test_a_stroke_stores_only_the_tiles_it_touched(panel: InpaintPanel, window: Window) -> None:
    def patches() -> set[str]:
        record = from_document(window.project.of_kind("canvas")[0])
        return {p.asset for each in (*record.layers, record.mask) for p in each.pixels.patches}

    before = patches()
    paint(panel, (20, 20), (40, 30))
    assert len(patches() - before) == 1


def test_another_panel_shows_the_same(
    panel: InpaintPanel, window: Window, make: Make, qtbot: QtBot
) -> None:
    paint(panel)
    plane = Plane.from_image(filled(40, 30))
    layer_operations.add(panel.canvas, new_layer("Paint", plane, 7, 9))
    panel.session.settle()
    again = opened(make(), qtbot)
    assert seen(again.canvas) == seen(panel.canvas)


def test_a_saved_project_brings_every_pixel_back(
    panel: InpaintPanel, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    paint(panel)
    before = seen(panel.canvas)
    window.project.project.save_as(tmp_path / "Story.fabula")
    window.project.project.close()
    window.project.replace(open_project(tmp_path / "Story.fabula", tmp_path / "projects"))
    opened(panel, qtbot)
    assert seen(panel.canvas) == before


def test_after_what_is_forgotten_the_canvas_is_read_anew(
    panel: InpaintPanel, window: Window, make: Make, qtbot: QtBot
) -> None:
    before = seen(panel.canvas)
    paint(panel)
    again = opened(make(), qtbot)  # its history begins after the stroke
    with qtbot.waitSignal(again.session.opened):
        window.project.undo()
    assert seen(again.canvas) == before


def test_dragged_opacity_is_one_step(panel: InpaintPanel, window: Window) -> None:
    layer = panel.canvas.state.layers[0].id
    for opacity in (0.9, 0.7, 0.4):
        layer_operations.set_opacity(panel.canvas, layer, opacity)
    panel.session.settle()
    assert window.project.steps == ["Open Harbour.png", "Layer opacity"]
    window.project.undo()
    assert panel.canvas.state.layers[0].opacity == 1.0
    window.project.redo()
    assert panel.canvas.state.layers[0].opacity == 0.4


def test_a_deleted_canvas_comes_back(panel: InpaintPanel, window: Window, qtbot: QtBot) -> None:
    paint(panel)
    before = seen(panel.canvas)
    window.actions.trigger("inpaint.delete_canvas")
    assert panel.session.record is None
    assert panel.view.currentWidget() is panel.view.empty.parentWidget()
    window.project.undo()
    opened(panel, qtbot)
    assert seen(panel.canvas) == before


def test_several_canvases_and_the_last_one_opens_again(
    panel: InpaintPanel, window: Window, make: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    first = panel.session.key
    panel.fulfil(InpaintPicture(photo(tmp_path / "Second.png", 64, 48)))
    qtbot.waitUntil(lambda: panel.session.key not in ("", first), timeout=10_000)
    panel.session.settle()
    assert opened(make(), qtbot).session.key == panel.session.key
    panel.session.open(first)
    qtbot.waitUntil(lambda: panel.canvas.state.width == 320)


def test_what_the_disk_refuses_is_not_on_the_canvas(
    panel: InpaintPanel, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seen(panel.canvas)

    def refuse(*_: object, **__: object) -> None:
        raise ProjectError("disk_full", "The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(window.project.project, "apply", refuse)
        drag(panel.bench.tool, (100, 100), (160, 110))
        panel.session.settle()
    opened(panel, qtbot)
    assert seen(panel.canvas) == before
    assert window.problems
    paint(panel)
    assert window.project.steps[-1] == "Paint mask"
    assert mask_at(panel.canvas, 120, 103) == 255


def test_a_damaged_canvas_is_said(panel: InpaintPanel, window: Window, qtbot: QtBot) -> None:
    document = window.project.of_kind("canvas")[0]
    data = document.data
    data["layers"][0]["patches"][0][2] = "0" * 64
    broken = Document.make("canvas/broken", "canvas", data)
    window.project.edit("Put", Change(puts=(broken,)))
    with qtbot.waitSignal(panel.session.failed):
        panel.session.open("canvas/broken")
    assert "damaged" in panel.view.notice.text


def test_the_mask_is_measured_when_the_person_pauses(panel: InpaintPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel._mask.measured):
        mask_box(panel, 80, 60, 32, 24)
    assert panel._mask.area.getRect() == (80, 60, 32, 24)
    assert panel._mask.share == 32 * 24 / (320 * 240)
    assert "mask 1.0 %" in panel.view.zoom._facts.full_text()


def test_the_canvas_has_the_keys_of_its_tools(panel: InpaintPanel, qtbot: QtBot) -> None:
    panel.focus_first()
    QTest.keyClick(panel.view.canvas, Qt.Key.Key_E)
    assert panel.bench.spec.id == "mask_eraser"
    assert panel.canvas.current.id == MASK_ID
