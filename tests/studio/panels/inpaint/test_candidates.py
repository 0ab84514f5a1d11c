"""Candidates: asked for, looked at in their place, kept or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from pipelines.edit_requests import RemoveRequest
from studio.canvas import mask_work
from studio.canvas.tools.arranging import ExpandTool
from studio.panels.inpaint.state import with_mode, with_model
from tests.studio.canvas.scenes import drag, seen
from tests.studio.panels.imagine.fakes import STARTER
from tests.studio.panels.inpaint.fakes import mask_box

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from studio.panels.inpaint.panel import InpaintPanel
    from tests.studio.panels.inpaint.conftest import Make
    from tests.studio.panels.inpaint.fakes import Window

_LONG = 20_000


@pytest.fixture
def removing(panel: InpaintPanel) -> InpaintPanel:
    """A thing is masked, and two candidates are wanted."""
    panel.set_state(with_mode(panel.state, "remove"))
    panel.edit({"count": 2, "seed": 5, "without_model": True})
    mask_box(panel, 120, 90, 40, 36)
    return panel


def ask(panel: InpaintPanel, qtbot: QtBot) -> None:
    """Presses the button and waits for all that comes, and for the first to be shown."""
    panel.go()
    qtbot.waitUntil(panel.desk.has_candidate, timeout=_LONG)
    qtbot.waitUntil(lambda: not panel.desk.is_making, timeout=_LONG)
    qtbot.waitUntil(lambda: panel.looking._plane is not None, timeout=_LONG)


def picture(panel: InpaintPanel) -> QImage:
    """What is seen, without a candidate that is only looked at."""
    extra, panel.bench.composite.extra = panel.bench.composite.extra, None
    panel.bench.composite.clear()
    image = panel.bench.composite.read(panel.canvas.state.rect)
    panel.bench.composite.extra = extra
    panel.bench.composite.clear()
    return image


def test_what_is_kept_is_a_layer_and_one_step(
    removing: InpaintPanel, window: Window, qtbot: QtBot
) -> None:
    panel = removing
    before, steps = picture(panel), window.project.steps
    ask(panel, qtbot)
    assert picture(panel) == before
    assert window.project.steps == steps
    QTest.keyClick(panel.view.canvas, Qt.Key.Key_Right)
    assert panel.looking.cell is panel.desk.batch.ready[1]  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: panel.looking._plane is not None)
    QTest.keyClick(panel.view.canvas, Qt.Key.Key_Return)
    panel.session.settle()
    assert window.project.steps == [*steps, "Remove"]
    base, kept = panel.canvas.state.layers
    assert (base.name, kept.name) == ("Harbour", "Remove")
    assert mask_work.area(panel.canvas).isEmpty()
    assert not panel.view.tray.isVisible()
    box, after = QRect(120, 90, 40, 36), picture(panel)
    assert after.copy(box) != before.copy(box)
    for outside in (QRect(0, 0, 320, 90), QRect(0, 126, 320, 114), QRect(0, 90, 120, 36)):
        assert after.copy(outside) == before.copy(outside)
    window.project.undo()
    assert picture(panel) == before
    assert mask_work.area(panel.canvas) == box
    window.project.redo()
    assert picture(panel) == after


def test_the_canvas_has_the_keys_once_it_was_asked_for(
    removing: InpaintPanel, qtbot: QtBot
) -> None:
    """Enter and Esc are for the candidates, whichever button began them."""
    panel = removing
    panel.view.zoom.name.setFocus()
    assert panel.focusWidget() is panel.view.zoom.name
    ask(panel, qtbot)
    assert panel.focusWidget() is panel.view.canvas


def test_rejecting_leaves_nothing(removing: InpaintPanel, window: Window, qtbot: QtBot) -> None:
    before, steps = seen(removing.canvas), window.project.steps
    ask(removing, qtbot)
    QTest.keyClick(removing.view.canvas, Qt.Key.Key_Escape)
    assert seen(removing.canvas) == before
    assert window.project.steps == steps
    assert removing.looking.cell is None
    assert removing.bench.composite.extra is None
    assert not removing.view.tray.isVisible()


def test_more_stand_beside_those_that_are_there(removing: InpaintPanel, qtbot: QtBot) -> None:
    ask(removing, qtbot)
    removing.desk.more()
    qtbot.waitUntil(lambda: not removing.desk.is_making, timeout=_LONG)
    batch = removing.desk.batch
    assert batch is not None
    assert [cell.patch.seed for cell in batch.ready if cell.patch] == [5, 6, 7, 8]


def test_painting_ends_the_look(removing: InpaintPanel, qtbot: QtBot) -> None:
    ask(removing, qtbot)
    drag(removing.bench.tool, (10, 10), (20, 20))
    assert removing.looking.cell is None
    assert removing.desk.has_candidate()


def test_the_job_is_given_no_more_than_it_needs(removing: InpaintPanel, qtbot: QtBot) -> None:
    removing.edit({"context": 20})
    ask(removing, qtbot)
    assert removing.desk.batch is not None
    request = removing.desk.batch.request
    assert isinstance(request, RemoveRequest)
    assert (request.x, request.y) == (100, 70)
    assert request.picture_source == removing.session.key


def test_a_failure_is_said_in_the_tray_and_can_be_tried_again(
    removing: InpaintPanel, window: Window, qtbot: QtBot
) -> None:
    mask_work.invert(removing.canvas)
    mask_box(removing, 120, 90, 40, 36)  # now everything is masked
    removing.go()
    qtbot.waitUntil(lambda: len(window.jobs.stopped()) == 1, timeout=_LONG)
    batch = removing.desk.batch
    assert batch is not None
    assert batch.failed
    assert "nothing is left" in removing.view.tray._text.text()
    assert removing.view.tray._retry.isVisible()
    QTest.mouseClick(removing.view.tray._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.jobs.stopped()) == 1 and removing.desk.batch.failed)  # type: ignore[union-attr]
    removing.desk.reject()
    assert not removing.view.tray.isVisible()


def test_expanding_shows_a_wider_canvas_that_nothing_changes_until_it_is_kept(
    panel: InpaintPanel, window: Window, qtbot: QtBot
) -> None:
    panel.set_state(with_mode(panel.state, "expand"))
    panel.edit({"left": 48, "count": 1, "without_model": True, "seed": 1})
    before, own, steps = seen(panel.canvas), picture(panel), window.project.steps
    ask(panel, qtbot)
    assert panel.canvas.state.width == 368
    assert not panel.view.tools.isEnabled()
    frame = panel.bench.tool
    assert isinstance(frame, ExpandTool)
    assert frame.area() == panel.canvas.state.rect, "it is as wide as it will be"
    mask_work.invert(panel.canvas)
    panel.session.settle()
    assert window.project.steps == steps
    panel.looking.end()
    assert seen(panel.canvas) == before
    assert frame.area() == panel.canvas.state.rect.adjusted(-48, 0, 0, 0)
    panel.desk.step(1)
    qtbot.waitUntil(lambda: panel.looking.is_holding)
    panel.desk.keep()
    panel.session.settle()
    assert window.project.steps == [*steps, "Expand"]
    assert panel.canvas.state.width == 368
    wide = picture(panel)
    assert wide.copy(QRect(48, 0, 320, 240)) == own
    assert wide.pixelColor(10, 100).alpha() == 255
    window.project.undo()
    assert picture(panel) == own


def test_the_frame_and_its_numbers_follow_each_other(panel: InpaintPanel, qtbot: QtBot) -> None:
    panel.set_state(with_mode(panel.state, "expand"))
    tool = panel.bench.tool
    assert tool.area() == QRect(-256, 0, 576, 240)  # type: ignore[attr-defined]
    drag(tool, (-256, 120), (-100, 120))
    qtbot.waitUntil(lambda: panel.state.left == 100)
    panel.edit({"bottom": 64})
    assert tool.area() == QRect(-100, 0, 420, 304)  # type: ignore[attr-defined]


def test_what_is_missing_is_said(panel: InpaintPanel, make: Make) -> None:
    said = panel.inspector._verdict
    panel.set_state(with_mode(panel.state, "replace"))
    assert "Write what" in said.text()
    panel.edit({"prompt": "a brick wall"})
    assert "Paint over" in said.text()
    assert not panel.inspector._go.isEnabled()
    mask_box(panel, 10, 10, 50, 50)
    panel._mask.measure()
    assert panel.inspector._go.isEnabled()
    panel.edit({"model": "gone", "without_model": False})
    assert "needs a model" in said.text()
    panel.set_state(with_mode(panel.state, "expand"))
    panel.edit({"left": 0, "without_model": True})
    assert "by how much" in said.text()
    panel.edit({"left": 4000, "top": 4000, "without_model": True})
    panel.edit({"right": 4000, "bottom": 8000})
    assert "too many" in said.text()


def test_a_small_model_says_what_it_is_not_good_at(panel: InpaintPanel) -> None:
    panel.set_state(with_mode(with_model(panel.state, STARTER), "replace"))
    assert "needs a larger model" in panel.inspector._advice.text()
    panel.edit({"model": "sdxl-base"})
    assert panel.inspector._advice.text() == ""
    assert panel.view.canvas._marks.frame is None
    mask_box(panel, 100, 100, 40, 40)
    panel._mask.measure()
    assert panel.view.canvas._marks.frame[1].startswith("Context 320 px, drawn at ")  # type: ignore[index]


@pytest.mark.slow
def test_the_starter_replaces_a_part_of_an_icon(
    panel: InpaintPanel, window: Window, qtbot: QtBot
) -> None:
    """With the real model in a child of its own."""
    from pipelines.driver import Driver
    from pipelines.shipped import shipped_models
    from studio.jobs.lane import Lane

    lane = Lane(Driver())
    window.jobs._lanes["gpu"].shutdown()
    window.jobs._lanes["gpu"] = lane
    lane.start()
    (starter,) = shipped_models()
    window.models.models = (starter,)
    panel.set_state(with_mode(with_model(panel.state, starter), "replace"))
    panel.edit({"prompt": "a castle", "count": 2, "steps": 4})
    mask_box(panel, 100, 80, 90, 90)
    before = picture(panel)
    panel.go()
    qtbot.waitUntil(panel.desk.has_candidate, timeout=120_000)
    qtbot.waitUntil(lambda: not panel.desk.is_making, timeout=120_000)
    qtbot.waitUntil(lambda: panel.looking._plane is not None, timeout=_LONG)
    panel.desk.keep()
    panel.session.settle()
    assert window.project.steps[-1] == "Replace: a castle"
    after = picture(panel)
    assert after.copy(QRect(0, 0, 320, 80)) == before.copy(QRect(0, 0, 320, 80))
    assert after.copy(QRect(100, 80, 90, 90)) != before.copy(QRect(100, 80, 90, 90))
