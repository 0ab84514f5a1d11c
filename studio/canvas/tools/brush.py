"""Brushes and erasers: of the mask, and in colour."""

from __future__ import annotations

from studio.canvas.layer import MASK_ID, Layer
from studio.canvas.strokes import Brush, Stroke
from studio.canvas.tools.tool import Pointer, Tool
from studio.translation import QT_TRANSLATE_NOOP


class _BrushTool(Tool):
    round = True
    erase = False
    name = ""
    _stroke: Stroke | None = None

    def layer(self) -> Layer | None:
        """What is painted on; None, after the reason was told, where that cannot be."""
        return self.bench.canvas.state.layer(MASK_ID)

    def press(self, pointer: Pointer) -> None:
        layer = self.layer()
        if layer is None:
            return
        options = self.bench.options
        brush = Brush(options.size, options.hardness, self.erase, options.colour)
        self._stroke = Stroke(self.bench.canvas, layer, brush, self.name)
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        if self._stroke is not None:
            pressure = pointer.pressure if self.bench.options.pressure else 1.0
            self._stroke.move_to(pointer.at, pressure)

    def release(self, pointer: Pointer) -> None:
        stroke, self._stroke = self._stroke, None
        if stroke is not None and (edit := stroke.finish()) is not None:
            self.bench.canvas.edited.emit(edit)

    def cancel(self) -> None:
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            stroke.cancel()


class MaskBrush(_BrushTool):
    """Paints the mask."""

    name = QT_TRANSLATE_NOOP("Edits", "Paint mask")


class MaskEraser(_BrushTool):
    """Takes away from the mask."""

    name = QT_TRANSLATE_NOOP("Edits", "Erase mask")
    erase = True


class PaintBrush(_BrushTool):
    """Paints the chosen layer in the chosen colour."""

    name = QT_TRANSLATE_NOOP("Edits", "Paint")

    def layer(self) -> Layer | None:
        return self.bench.canvas.paintable()


class PaintEraser(PaintBrush):
    """Makes the chosen layer transparent."""

    name = QT_TRANSLATE_NOOP("Edits", "Erase")
    erase = True
