"""Operations on canvas and layers, by their pixels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage

from studio.canvas import layer_operations, operations
from studio.canvas.canvas import Canvas
from studio.canvas.composite import Composite
from studio.canvas.layer import MASK_ID, CanvasState, new_layer
from studio.canvas.plane import Plane
from studio.canvas.tiling import COLOUR
from studio.document.canvas.canvas_record import Blend
from tests.studio.canvas.scenes import base, colour_at, filled, patterned, small_canvas

pytestmark = pytest.mark.usefixtures("qapp")


def picture_of(canvas: Canvas) -> QImage:
    return Composite(canvas).read(canvas.state.rect)


def patterned_canvas(width: int = 70, height: int = 40) -> tuple[Canvas, QImage]:
    image = patterned(width, height)
    return Canvas(CanvasState(width, height, (base(image), new_layer("Paint")))), image


def test_a_quarter_turn_moves_every_pixel() -> None:
    canvas, image = patterned_canvas()
    canvas.work(operations.rotate(canvas, clockwise=True))
    assert canvas.state.size == QSize(40, 70)
    turned = picture_of(canvas)
    assert turned.pixelColor(39, 0) == image.pixelColor(0, 0)
    assert turned.pixelColor(0, 69) == image.pixelColor(69, 39)
    canvas.work(operations.rotate(canvas, clockwise=False))
    assert picture_of(canvas) == image


def test_a_flip_is_exact_also_for_moved_layers_and_twice_is_none() -> None:
    canvas, image = patterned_canvas()
    top = new_layer("Patch", Plane.from_image(filled(5, 4)), 60, 3)
    layer_operations.add(canvas, top)
    both = picture_of(canvas)
    canvas.work(operations.flip(canvas, horizontal=True))
    assert picture_of(canvas) == both.flipped(Qt.Orientation.Horizontal)
    canvas.work(operations.flip(canvas, horizontal=True))
    assert picture_of(canvas) == both
    canvas.work(operations.flip(canvas, horizontal=False))
    assert picture_of(canvas).pixelColor(0, 39) == image.pixelColor(0, 0)


def test_crop_shows_a_part_and_loses_nothing() -> None:
    canvas, image = patterned_canvas()
    operations.crop(canvas, QRect(10, 5, 30, 20))
    assert picture_of(canvas) == image.copy(10, 5, 30, 20)
    operations.set_canvas_size(canvas, QRect(-10, -5, 70, 40))
    assert picture_of(canvas) == image
    operations.set_canvas_size(canvas, QRect(-8, 0, 90, 40))
    assert picture_of(canvas).pixelColor(3, 3).alpha() == 0
    assert picture_of(canvas).pixelColor(8, 0) == image.pixelColor(0, 0)


def test_a_canvas_that_cannot_be_is_refused_with_a_sentence() -> None:
    canvas, _ = patterned_canvas()
    refused: list[str] = []
    canvas.refused.connect(refused.append)
    before = canvas.state
    operations.set_canvas_size(canvas, QRect(0, 0, 20_000, 10))
    canvas.work(operations.resize(canvas, QSize(0, 10)))
    canvas.work(operations.resize(canvas, QSize(16_000, 16_000)))
    canvas.finish_work()
    assert len(refused) == 3
    assert canvas.state is before


def test_resizing_keeps_colours_edges_and_has_no_seams() -> None:
    canvas = small_canvas(600, 300)
    for size in (QSize(211, 105), QSize(1300, 650)):
        canvas.work(operations.resize(canvas, size))
        canvas.finish_work()
        found = picture_of(canvas)
        assert found.size() == size
        assert found == filled(size.width(), size.height())


def test_halving_is_the_mean() -> None:
    image = filled(64, 64, QColor("black"))
    for y in range(64):
        for x in range(32, 64):
            image.setPixelColor(x, y, QColor("white"))
    canvas = Canvas(CanvasState(64, 64, (base(image),)))
    canvas.work(operations.resize(canvas, QSize(32, 32)))
    canvas.finish_work()
    found = picture_of(canvas)
    assert found.pixelColor(5, 16).red() == 0
    assert found.pixelColor(26, 16).red() == 255


def test_a_scaled_layer_fills_its_new_place() -> None:
    canvas = small_canvas()
    patch = new_layer("Patch", Plane.from_image(filled(20, 10, QColor("red"))), 30, 40)
    layer_operations.add(canvas, patch)
    source, target = QRect(30, 40, 20, 10), QRect(100, 50, 60, 45)
    canvas.work(operations.scale_layer(canvas, patch, source, target))
    canvas.finish_work()
    assert colour_at(canvas, 100, 50, patch.id) == QColor("red")
    assert colour_at(canvas, 159, 94, patch.id) == QColor("red")
    assert colour_at(canvas, 160, 94, patch.id).alpha() == 0
    assert colour_at(canvas, 35, 45, patch.id).alpha() == 0


def test_merging_looks_the_same_as_before() -> None:
    for blend in Blend:
        canvas, _ = patterned_canvas()
        patch = new_layer("Patch", Plane.from_image(filled(30, 20, QColor(200, 120, 40))), 10, 5)
        layer_operations.add(canvas, patch)
        layer_operations.set_blend(canvas, patch.id, blend)
        layer_operations.set_opacity(canvas, patch.id, 0.5)
        layer_operations.move(canvas, patch.id, 1)
        before = picture_of(canvas)
        canvas.work(layer_operations.merge_down(canvas, patch.id))
        canvas.finish_work()
        assert [layer.name for layer in canvas.state.layers] == ["Base", "Paint"]
        assert picture_of(canvas) == before
        assert canvas.current.name == "Base"


def test_what_cannot_be_done_with_a_layer_is_said() -> None:
    canvas = small_canvas()
    bottom, top = canvas.state.layers
    refused: list[str] = []
    canvas.refused.connect(refused.append)
    layer_operations.set_locked(canvas, bottom.id, True)
    layer_operations.remove(canvas, bottom.id)
    canvas.work(layer_operations.merge_down(canvas, top.id))
    canvas.work(layer_operations.merge_down(canvas, bottom.id))
    assert [sentence.split()[-1] for sentence in refused] == ["locked.", "merge.", "one."]
    assert len(canvas.state.layers) == 2
    layer_operations.set_locked(canvas, bottom.id, False)
    layer_operations.remove(canvas, bottom.id)
    layer_operations.remove(canvas, top.id)
    assert refused[-1].startswith("A canvas keeps")


def test_a_new_layer_lies_above_the_current_one_and_is_chosen() -> None:
    canvas = small_canvas()
    canvas.choose(canvas.state.layers[0].id)
    layer_operations.add(canvas, new_layer("Between"))
    assert [layer.name for layer in canvas.state.layers] == ["Base", "Between", "Paint"]
    assert canvas.current.name == "Between"
    canvas.choose(MASK_ID)
    layer_operations.add(canvas, new_layer("Top"))
    assert canvas.state.layers[-1].name == "Top"
    layer_operations.remove(canvas, canvas.current.id)
    assert canvas.current.name == "Paint"


def test_a_duplicate_is_free_and_independent() -> None:
    canvas = small_canvas()
    bottom = canvas.state.layers[0]
    layer_operations.set_locked(canvas, bottom.id, True)
    layer_operations.duplicate(canvas, bottom.id)
    twin = canvas.current
    assert (twin.name, twin.locked) == ("Base copy", False)
    twin.plane.write(QPoint(), filled(5, 5, QColor("red")))
    assert colour_at(canvas, 1, 1, bottom.id) != QColor("red")


def test_the_same_again_is_no_step() -> None:
    canvas = small_canvas()
    edits: list[object] = []
    canvas.edited.connect(edits.append)
    layer_operations.set_opacity(canvas, canvas.state.layers[0].id, 1.0)
    layer_operations.rename(canvas, canvas.state.layers[0].id, "  ")
    operations.crop(canvas, QRect(500, 500, 10, 10))
    assert edits == []
    assert picture_of(canvas).format() == COLOUR
