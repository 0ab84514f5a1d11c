"""Small canvases for tests, and a look at all that is in one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QColor, QImage

from studio.canvas.canvas import Canvas
from studio.canvas.layer import CanvasState, Layer, new_layer
from studio.canvas.plane import Plane
from studio.canvas.tiling import COLOUR
from studio.canvas.tools.tool import Pointer, Tool
from studio.canvas.workbench import Workbench

BLUE, RED = QColor("#3366cc"), QColor("#cc3322")


def filled(width: int, height: int, colour: QColor = BLUE) -> QImage:
    """A picture of one colour."""
    image = QImage(width, height, COLOUR)
    image.fill(colour)
    return image


def patterned(width: int, height: int) -> QImage:
    """A picture in which no two neighbours, and no two corners, are alike."""
    image = QImage(width, height, COLOUR)
    for y in range(height):
        for x in range(width):
            image.setPixelColor(x, y, QColor(x * 7 % 256, y * 5 % 256, (x + y) * 3 % 256))
    return image


def base(image: QImage, *, locked: bool = False) -> Layer:
    """A layer that holds `image` at the canvas's corner."""
    return replace(new_layer("Base", Plane.from_image(image)), locked=locked)


def small_canvas(width: int = 300, height: int = 280) -> Canvas:
    """Blue, two tiles wide and high, with an empty layer above; the mask is chosen."""
    return Canvas(CanvasState(width, height, (base(filled(width, height)), new_layer("Paint"))))


def bench_of(canvas: Canvas) -> Workbench:
    return Workbench(canvas, canvas)


def drag(tool: Tool, *points: tuple[float, float]) -> None:
    """Pressed at the first point, moved over the others, released at the last."""
    first, *others = [Pointer(QPointF(x, y)) for x, y in points]
    tool.press(first)
    for pointer in others:
        tool.move(pointer)
    tool.release(others[-1] if others else first)


def seen(canvas: Canvas) -> list[object]:
    """Everything that undo must bring back: sizes, places and every pixel on the canvas."""
    state = canvas.state
    found: list[object] = [(state.width, state.height)]
    for layer in (*state.layers, state.mask):
        pixels = layer.plane.read(state.rect.translated(-layer.offset))
        found += [
            (layer.id, layer.name, layer.x, layer.y),
            (layer.visible, layer.opacity, layer.blend, layer.locked),
            pixels,
        ]
    return found


def mask_at(canvas: Canvas, x: int, y: int) -> int:
    """What is masked of this pixel, 0 to 255."""
    mask = canvas.state.mask
    place = QRect(QPoint(x, y) - mask.offset, QSize(1, 1))
    return mask.plane.read(place).pixelColor(0, 0).red()


def colour_at(canvas: Canvas, x: int, y: int, layer_id: str = "") -> QColor:
    """Of one layer, by default the top one."""
    layer = canvas.state.layer(layer_id) if layer_id else canvas.state.layers[-1]
    place = QRect(QPoint(x, y) - layer.offset, QSize(1, 1))
    return layer.plane.read(place).pixelColor(0, 0)
