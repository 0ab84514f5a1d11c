"""Tools that look at the picture's colours: bucket and eyedropper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect

from studio.canvas import mask_work
from studio.canvas.flood import flood
from studio.canvas.plane import Plane
from studio.canvas.tiling import GREY
from studio.canvas.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from studio.canvas.canvas import Work


class Bucket(Tool):
    """Masks what has the colour under the cursor, or takes it from the mask."""

    def press(self, pointer: Pointer) -> None:
        at = _pixel(pointer.at)
        if self.bench.canvas.state.rect.contains(at):
            self.bench.canvas.work(self._fill(at))

    def _fill(self, at: QPoint) -> Work:
        canvas, options = self.bench.canvas, self.bench.options
        frame = canvas.state.rect
        found = yield from flood(
            self.bench.composite, frame, at, options.tolerance, options.contiguous
        )
        return (
            yield from mask_work.combine(canvas, Plane.from_image(found, GREY), options.subtract)
        )


class Eyedropper(Tool):
    """Takes the colour under the cursor for the brush."""

    _pressed = False

    def press(self, pointer: Pointer) -> None:
        self._pressed = True
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        at = _pixel(pointer.at)
        if not self._pressed or not self.bench.canvas.state.rect.contains(at):
            return
        colour = self.bench.composite.read(QRect(at, at)).pixelColor(0, 0)
        if colour.alpha():
            colour.setAlpha(255)
            self.bench.set_options(colour=colour)

    def release(self, pointer: Pointer) -> None:
        self._pressed = False


def _pixel(at: QPointF) -> QPoint:
    return QPoint(math.floor(at.x()), math.floor(at.y()))
