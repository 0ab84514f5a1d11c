"""Pictures in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtWidgets import QPushButton

from pipelines import pictures
from pipelines.pictures import read_info
from studio import canvas_job
from studio.canvas import layer_operations, mask_work
from studio.canvas.layer import new_layer
from studio.canvas.plane import Plane
from tests.studio.canvas.scenes import filled, mask_at
from tests.studio.panels.inpaint.fakes import mask_box, photo

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from studio.panels.inpaint.panel import InpaintPanel
    from tests.studio.panels.inpaint.conftest import Make
    from tests.studio.panels.inpaint.fakes import Window

_LONG = 10_000


def save(panel: InpaintPanel, path: Path, qtbot: QtBot) -> Path:
    record = panel.session.record
    assert record is not None
    with qtbot.waitSignal(panel.saving.saved, timeout=_LONG):
        panel.saving.save(record, path)
    return path


def test_layers_survive_an_openraster_file(
    panel: InpaintPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    layer_operations.add(panel.canvas, new_layer("Paint", Plane.from_image(filled(40, 30)), 7, 9))
    layer_operations.set_opacity(panel.canvas, panel.canvas.current.id, 0.5)
    rect = panel.canvas.state.rect
    before, key = panel.bench.composite.read(rect), panel.session.key
    path = save(panel, tmp_path / "out.ora", qtbot)
    panel.intake.open(path)
    qtbot.waitUntil(lambda: panel.session.key not in ("", key), timeout=_LONG)
    layers = panel.canvas.state.layers
    assert [(each.name, each.opacity) for each in layers] == [("Harbour", 1.0), ("Paint", 0.5)]
    assert panel.bench.composite.read(rect) == before


def test_a_png_holds_every_pixel_and_jpeg_is_said_to_lose(
    panel: InpaintPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    path = save(panel, tmp_path / "out.png", qtbot)
    with Image.open(path) as made, Image.open(tmp_path / "Harbour.png") as own:
        assert made.tobytes() == own.tobytes()
    save(panel, tmp_path / "out.jpg", qtbot)
    assert "lossy" in panel.view.notice.text


def test_the_library_gets_the_canvas_as_a_picture(
    panel: InpaintPanel, window: Window, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.saving.saved, timeout=_LONG) as told:
        panel.files.save_to_library()
    (entry,) = window.library.recent(5)
    assert str(entry.path) == told.args[0]
    assert (entry.width, entry.height) == (320, 240)
    assert read_info(entry.path).width == 320


def test_a_file_that_cannot_be_written_is_said(
    panel: InpaintPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    record = panel.session.record
    assert record is not None
    with qtbot.waitSignal(panel.saving.refused, timeout=_LONG):
        panel.saving.save(record, tmp_path / "nowhere" / "out.png")
    assert panel.view.notice.text
    assert panel.saving._folders == set()


def test_a_mask_goes_out_and_comes_in(panel: InpaintPanel, tmp_path: Path, qtbot: QtBot) -> None:
    mask_box(panel, 20, 30, 40, 50)
    with qtbot.waitSignal(panel.saving.saved, timeout=_LONG):
        panel.saving.save_mask(tmp_path / "mask.png")
    with Image.open(tmp_path / "mask.png") as made:
        assert (made.mode, made.getbbox()) == ("L", (20, 30, 60, 80))
    panel.canvas.work(mask_work.clear(panel.canvas))
    panel.canvas.finish_work()
    assert mask_at(panel.canvas, 30, 40) == 0
    panel.intake.load_mask(tmp_path / "mask.png")
    qtbot.waitUntil(lambda: mask_at(panel.canvas, 30, 40) == 255, timeout=_LONG)


def test_a_file_that_is_no_picture_is_said(make: Make, tmp_path: Path, qtbot: QtBot) -> None:
    panel = make()
    (tmp_path / "a.png").write_text("no")
    with qtbot.waitSignal(panel.intake.refused, timeout=_LONG):
        panel.intake.open(tmp_path / "a.png")
    assert "a.png" in panel.view.notice.text
    assert panel.view.notice.isVisible()
    assert panel.session.record is None


def test_too_large_a_picture_is_offered_smaller(
    make: Make, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pictures, canvas_job):
        monkeypatch.setattr(module, "MAX_PIXELS", 320 * 240 // 4)
    monkeypatch.setattr(pictures.open_rgb, "__defaults__", (320 * 240 // 4,))
    panel = make()
    with qtbot.waitSignal(panel.intake.refused, timeout=_LONG):
        panel.intake.open(photo(tmp_path / "a.png"))
    (offer,) = (
        each for each in panel.view.notice.findChildren(QPushButton) if "smaller" in each.text()
    )
    offer.click()
    qtbot.waitUntil(lambda: panel.session.record is not None, timeout=_LONG)
    assert (panel.canvas.state.width, panel.canvas.state.height) == (160, 120)
    assert "smaller" in panel.view.notice.text


def test_a_pasted_picture_is_the_first_canvas_then_a_layer(make: Make) -> None:
    panel = make()
    panel.files.take_image(filled(50, 40))
    assert panel.canvas.state.size.toTuple() == (50, 40)
    panel.files.take_image(filled(20, 10))
    panel.session.settle()
    assert [layer.name for layer in panel.canvas.state.layers] == ["Pasted picture"] * 2
