"""The canvas in the project, and raw pixels in files."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QColor, QImage

from studio.canvas import layer_operations, mask_work
from studio.canvas.canvas import Canvas
from studio.canvas.layer import new_layer
from studio.canvas.plane import Plane
from studio.canvas.raw_rows import read_raw, write_raw
from studio.canvas.stored import CanvasStore, plane_of, state_of
from studio.canvas.strokes import Brush, Stroke
from studio.canvas.tiling import COLOUR, GREY
from studio.canvas_files import RawPixels
from studio.document.canvas.canvas_record import (
    CanvasRecord,
    PixelsRecord,
    from_document,
    to_document,
)
from tests.studio.canvas.scenes import filled, patterned, seen, small_canvas

if TYPE_CHECKING:
    from studio.document.assets import Asset

pytestmark = pytest.mark.usefixtures("qapp")

Value = TypeVar("Value")


def done(work: Generator[None, None, Value]) -> Value:
    while True:
        try:
            next(work)
        except StopIteration as end:
            value: Value = end.value
            return value


def reopened(record: CanvasRecord, assets: dict[str, Asset]) -> Canvas:
    record = from_document(to_document(record))
    planes = {}
    for layer in (*record.layers, record.mask):
        patches = [assets[patch.asset].data for patch in layer.pixels.patches]
        planes[layer.id] = done(plane_of(layer.pixels, None, patches, layer.id == "mask"))
    return Canvas(state_of(record, planes))


def test_what_is_stored_comes_back_pixel_by_pixel() -> None:
    canvas, store = small_canvas(), CanvasStore()
    assets: dict[str, Asset] = {}
    record = CanvasRecord("c1", "Harbour", 1, 1)
    soft = Brush(90, 0.0, colour=QColor(200, 90, 10, 120))
    steps: tuple[Callable[[], None], ...] = (
        lambda: Stroke(canvas, canvas.state.mask, Brush(60, 0.2), "").move_to(QPointF(250, 99)),
        lambda: Stroke(canvas, canvas.state.layers[1], soft, "").move_to(QPointF(90, 250)),
        lambda: mask_work.invert(canvas),
        lambda: layer_operations.add(
            canvas, new_layer("Patch", Plane.from_image(patterned(40, 30)), -7, 200)
        ),
    )
    for step in steps:
        step()
        record, new = done(store.update(record, canvas.state))
        assets |= {asset.hash: asset for asset in new}
        assert seen(reopened(record, assets)) == seen(canvas)


def test_a_stroke_stores_its_own_tiles_only() -> None:
    canvas, store = small_canvas(1000, 1000), CanvasStore()
    record, new = done(store.update(CanvasRecord("c1", "", 1, 1), canvas.state))
    assert len(new) == 16
    Stroke(canvas, canvas.state.mask, Brush(10, 1.0), "").move_to(QPointF(300, 300))
    record, new = done(store.update(record, canvas.state))
    assert len(new) == 1
    assert len(record.mask.pixels.patches) == 1
    _, new = done(store.update(record, canvas.state))
    assert new == ()


def test_a_picture_that_was_stored_whole_stays_one_asset() -> None:
    canvas, store = small_canvas(), CanvasStore()
    store.adopt(canvas.state.layers[0].plane, PixelsRecord("ab" * 32))
    record, new = done(store.update(CanvasRecord("c1", "", 1, 1), canvas.state))
    assert new == ()
    assert record.layers[0].pixels == PixelsRecord("ab" * 32)


def test_a_patch_that_is_no_picture_is_refused() -> None:
    canvas, store = small_canvas(), CanvasStore()
    record, _ = done(store.update(CanvasRecord("c1", "", 1, 1), canvas.state))
    pixels = record.layers[0].pixels
    with pytest.raises(ValueError, match="no tile"):
        done(plane_of(pixels, None, [b"nothing"] * len(pixels.patches), False))


@pytest.mark.parametrize("form", [COLOUR, GREY])
def test_raw_rows_go_out_and_come_back(tmp_path: Path, form: QImage.Format) -> None:
    image = patterned(259, 300).convertToFormat(form)
    plane = Plane.from_image(image, form)
    raw = done(write_raw(plane.read, QRect(1, 2, 257, 297), tmp_path / "a.raw"))
    assert (raw.width, raw.height) == (257, 297)
    assert raw.path.stat().st_size == 257 * 297 * (4 if form == COLOUR else 1)
    back = done(read_raw(raw, form))
    assert back.read(QRect(0, 0, 257, 297)) == image.copy(1, 2, 257, 297)


def test_every_colour_of_every_alpha_comes_back(tmp_path: Path) -> None:
    image = QImage(256, 256, COLOUR)
    image.fill(0)
    for alpha in range(256):
        for value in range(alpha + 1):  # premultiplied: no colour above its alpha
            image.setPixel(value, alpha, alpha << 24 | value << 16 | (alpha - value) << 8)
    plane = Plane.from_image(image)
    raw = done(write_raw(plane.read, image.rect(), tmp_path / "a.raw"))
    assert done(read_raw(raw, COLOUR)).read(image.rect()) == image


def test_what_is_transparent_takes_no_tiles_and_a_short_file_is_told(tmp_path: Path) -> None:
    plane = Plane(COLOUR)
    plane.write(QPoint(600, 0), filled(10, 10))
    raw = done(write_raw(plane.read, QRect(0, 0, 800, 20), tmp_path / "a.raw"))
    assert list(done(read_raw(raw, COLOUR)).tiles) == [(2, 0)]
    with pytest.raises(EOFError):
        done(read_raw(RawPixels(raw.path, 800, 21), COLOUR))
