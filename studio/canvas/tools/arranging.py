"""Tools that place things: move and scale a layer, crop, and the hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath

from studio.canvas import operations
from studio.canvas.edits import StateEdit
from studio.canvas.extent import extent
from studio.canvas.marks import dashed
from studio.canvas.resampling import LEAST_SCALE, MOST_SCALE
from studio.canvas.tools.frame import Frame
from studio.canvas.tools.tool import Bench, Pointer, Tool
from studio.tokens import PICTURE
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.canvas.layer import CanvasState, Layer
    from studio.canvas.plane import Plane
    from studio.canvas.viewport import Viewport

_MOVED = QT_TRANSLATE_NOOP("Edits", "Move layer")
_NUDGES = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}
_FAR = 10  # pixels, with Shift


class MoveTool(Tool):
    """Drags the chosen layer; its corners scale it (Shift keeps the proportions)."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._before: CanvasState | None = None
        self._layer: Layer | None = None
        self._from = QPointF()
        self._frame: Frame | None = None
        self._scaling = False
        self._seen: tuple[Plane, int, QRect] | None = None

    def press(self, pointer: Pointer) -> None:
        self._layer = self.bench.canvas.paintable()
        if self._layer is None:
            return
        self._before, self._from = self.bench.canvas.state, pointer.at
        self._frame = Frame(QRectF(self._content(self._layer)))
        self._scaling = self._frame.take(
            pointer.at, self.bench.viewport.zoom, corners_only=True, inside=False
        )

    def move(self, pointer: Pointer) -> None:
        if self._layer is None or self._frame is None:
            return
        if self._scaling:
            self._frame.drag(pointer, keep_shape=pointer.constrained)
            self.bench.repaint_tool()
            return
        way = (pointer.at - self._from).toPoint()
        self._show(self._layer, way)

    def release(self, pointer: Pointer) -> None:
        before, layer, frame = self._before, self._layer, self._frame
        scaling = self._scaling
        self._forget()
        canvas = self.bench.canvas
        if before is None or layer is None or frame is None:
            return
        if not scaling:
            if canvas.state != before:
                canvas.edited.emit(StateEdit(_MOVED, before, canvas.state))
            return
        source, target = self._content(layer), frame.rect.toAlignedRect()
        if source.isEmpty() or target == source:
            return
        scales = target.width() / source.width(), target.height() / source.height()
        if all(LEAST_SCALE <= scale <= MOST_SCALE for scale in scales):
            canvas.work(operations.scale_layer(canvas, layer, source, target))

    def cancel(self) -> None:
        before = self._before
        self._forget()
        if before is not None and before != self.bench.canvas.state:
            self.bench.canvas.replace(before)

    def key(self, event: QKeyEvent) -> bool:
        way = _NUDGES.get(Qt.Key(event.key()))
        if way is None:
            return False
        layer = self.bench.canvas.paintable()
        if layer is not None:
            far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            way = way * (_FAR if far else 1)
            self.bench.canvas.change_layer(_MOVED, layer, x=layer.x + way.x(), y=layer.y + way.y())
        return True

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        canvas = self.bench.canvas
        if self._scaling and self._frame is not None:
            self._frame.paint(painter, viewport, corners_only=True)
        elif canvas.current in canvas.state.layers and not canvas.current.locked:
            content = self._content(canvas.current)
            if not content.isEmpty():
                Frame(QRectF(content)).paint(painter, viewport, corners_only=True)

    def _show(self, layer: Layer, way: QPoint) -> None:
        assert self._before is not None
        moved = replace(layer, x=layer.x + way.x(), y=layer.y + way.y())
        self.bench.canvas.replace(self._before.with_layer(moved))

    def _content(self, layer: Layer) -> QRect:
        """Where the layer's pixels lie on the canvas; looked up once for each content."""
        plane = layer.plane
        if self._seen is None or self._seen[:2] != (plane, plane.version):
            self._seen = plane, plane.version, extent(plane, plane.bounds)
        return self._seen[2].translated(layer.offset)

    def _forget(self) -> None:
        self._before = self._layer = self._frame = None
        self._scaling = False
        self.bench.repaint_tool()


class CropTool(Tool):
    """A frame to be dragged; Enter leaves what is inside of it, Esc gives it up."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.frame: Frame | None = None
        self._dragging = False

    @property
    def underway(self) -> bool:
        return self.frame is not None

    def press(self, pointer: Pointer) -> None:
        zoom = self.bench.viewport.zoom
        if self.frame is None or not self.frame.take(pointer.at, zoom):
            self.frame = Frame.begun(pointer.at)
        self._dragging = True

    def move(self, pointer: Pointer) -> None:
        if self._dragging and self.frame is not None:
            self.frame.drag(pointer, keep_shape=False)
            self.bench.repaint_tool()

    def release(self, pointer: Pointer) -> None:
        self._dragging = False
        if self.frame is not None and self.area().isEmpty():
            self.frame = None
        self.bench.repaint_tool()

    def double_click(self, pointer: Pointer) -> None:
        self.apply()

    def cancel(self) -> None:
        self.frame = None
        self.bench.repaint_tool()

    def key(self, event: QKeyEvent) -> bool:
        if self.frame is None or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        self.apply()
        return True

    def area(self) -> QRect:
        """What would be left, in pixels of the canvas; empty without a frame."""
        if self.frame is None:
            return QRect()
        box = self.frame.rect
        near = QRect(box.topLeft().toPoint(), QSize(round(box.width()), round(box.height())))
        return near.intersected(self.bench.canvas.state.rect)

    def apply(self) -> None:
        """Crops to the frame, if there is one."""
        area = self.area()
        self.cancel()
        if not area.isEmpty():
            operations.crop(self.bench.canvas, area)

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        if self.frame is None:
            return
        around = QPainterPath()
        around.addRect(viewport.rect_to_window(QRectF(self.bench.canvas.state.rect)))
        inside = QPainterPath()
        inside.addRect(viewport.rect_to_window(QRectF(self.area())))
        painter.fillPath(around.subtracted(inside), QColor(PICTURE["scrim"]))
        dashed(painter, inside)
        self.frame.paint(painter, viewport)


class ExpandTool(Tool):
    """A frame around the canvas, whose sides are drawn outward; whoever expands reads `area`."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._frame = Frame(QRectF(bench.canvas.state.rect))
        self._dragging = False

    @property
    def underway(self) -> bool:
        return self.area() != self.bench.canvas.state.rect

    def press(self, pointer: Pointer) -> None:
        self._dragging = self._frame.take(pointer.at, self.bench.viewport.zoom, inside=False)

    def move(self, pointer: Pointer) -> None:
        if self._dragging:
            self._frame.drag(pointer, keep_shape=False)
            self.bench.repaint_tool()

    def release(self, pointer: Pointer) -> None:
        self._dragging = False
        self.set_area(self.area())

    def cancel(self) -> None:
        self._dragging = False
        self.set_area(self.bench.canvas.state.rect)

    def area(self) -> QRect:
        """The canvas as it would be, in pixels of the present one; never smaller than that."""
        return self._frame.rect.toRect().united(self.bench.canvas.state.rect)

    def set_area(self, area: QRect) -> None:
        """Another frame, typed in numbers."""
        self._frame = Frame(QRectF(area))
        self.bench.repaint_tool()

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        Frame(QRectF(self.area())).paint(painter, viewport)


class HandTool(Tool):
    """Moves what is looked at."""

    cursor = Qt.CursorShape.OpenHandCursor

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._from: QPointF | None = None

    def press(self, pointer: Pointer) -> None:
        self._from = pointer.at

    def move(self, pointer: Pointer) -> None:
        if self._from is not None:
            self.bench.pan(pointer.at - self._from)  # the point taken stays under the cursor

    def release(self, pointer: Pointer) -> None:
        self._from = None

    def cancel(self) -> None:
        self._from = None
