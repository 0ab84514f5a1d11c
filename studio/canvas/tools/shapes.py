"""Shapes that are added to the mask or taken away from it: drawn freely, boxes, polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPolygonF

from studio.canvas import mask_work
from studio.canvas.marks import dashed
from studio.canvas.tools.tool import Bench, Pointer, Tool

if TYPE_CHECKING:
    from studio.canvas.viewport import Viewport

_LEAST = 3  # corners of an area
_NEAR = 8  # device pixels to the first corner: there a polygon closes


class _ShapeTool(Tool):
    def fill(self, path: QPainterPath) -> None:
        path.setFillRule(Qt.FillRule.WindingFill)
        canvas = self.bench.canvas
        canvas.work(mask_work.fill_path(canvas, path, self.bench.options.subtract))


class Lasso(_ShapeTool):
    """Masks what is circled freehand."""

    _points: QPolygonF | None = None

    def press(self, pointer: Pointer) -> None:
        self._points = QPolygonF([pointer.at])

    def move(self, pointer: Pointer) -> None:
        if self._points is not None:
            self._points.append(pointer.at)
            self.bench.repaint_tool()

    def release(self, pointer: Pointer) -> None:
        points, self._points = self._points, None
        self.bench.repaint_tool()
        if points is not None and points.size() >= _LEAST:
            path = QPainterPath()
            path.addPolygon(points)
            path.closeSubpath()
            self.fill(path)

    def cancel(self) -> None:
        self._points = None
        self.bench.repaint_tool()

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        if self._points is not None:
            path = QPainterPath()
            path.addPolygon(QPolygonF([viewport.to_window(p) for p in self._points.toList()]))
            dashed(painter, path)


class _BoxTool(_ShapeTool):
    _from: QPointF | None = None
    _box = QRectF()

    def outline(self, box: QRectF) -> QPainterPath:
        raise NotImplementedError

    def press(self, pointer: Pointer) -> None:
        self._from = pointer.at
        self._box = QRectF(pointer.at, pointer.at)

    def move(self, pointer: Pointer) -> None:
        if self._from is not None:
            self._box = spanned(self._from, pointer)
            self.bench.repaint_tool()

    def release(self, pointer: Pointer) -> None:
        box, was = self._box, self._from
        self.cancel()
        if was is not None and not box.isEmpty():
            self.fill(self.outline(box))

    def cancel(self) -> None:
        self._from, self._box = None, QRectF()
        self.bench.repaint_tool()

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        if self._from is not None:
            dashed(painter, self.outline(viewport.rect_to_window(self._box)))


class RectangleTool(_BoxTool):
    """Masks a rectangle of whole pixels; Shift makes it a square."""

    def outline(self, box: QRectF) -> QPainterPath:
        path = QPainterPath()
        path.addRect(box)
        return path

    def fill(self, path: QPainterPath) -> None:
        super().fill(self.outline(QRectF(path.boundingRect().toAlignedRect())))


class EllipseTool(_BoxTool):
    """Masks an ellipse; Shift makes it a circle."""

    def outline(self, box: QRectF) -> QPainterPath:
        path = QPainterPath()
        path.addEllipse(box)
        return path


class PolygonTool(_ShapeTool):
    """Masks what lies between corners; Enter, a double click or the first corner closes it."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._corners: list[QPointF] = []
        self._cursor: QPointF | None = None

    @property
    def underway(self) -> bool:
        return bool(self._corners)

    def press(self, pointer: Pointer) -> None:
        if len(self._corners) >= _LEAST and self._is_first(pointer.at):
            self._close()
            return
        self._corners.append(pointer.at)
        self._cursor = pointer.at
        self.bench.repaint_tool()

    def move(self, pointer: Pointer) -> None:
        self.hover(pointer)

    def hover(self, pointer: Pointer) -> None:
        if self._corners:
            self._cursor = pointer.at
            self.bench.repaint_tool()

    def double_click(self, pointer: Pointer) -> None:
        self._close()

    def key(self, event: QKeyEvent) -> bool:
        if not self._corners:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close()
        elif event.key() == Qt.Key.Key_Backspace:
            self._corners.pop()
            self.bench.repaint_tool()
        else:
            return False
        return True

    def cancel(self) -> None:
        self._corners, self._cursor = [], None
        self.bench.repaint_tool()

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        if self._corners and self._cursor is not None:
            path = QPainterPath()
            points = [viewport.to_window(p) for p in (*self._corners, self._cursor)]
            path.addPolygon(QPolygonF(points))
            dashed(painter, path)

    def _close(self) -> None:
        corners = self._corners
        self.cancel()
        if len(corners) >= _LEAST:
            path = QPainterPath()
            path.addPolygon(QPolygonF(corners))
            path.closeSubpath()
            self.fill(path)

    def _is_first(self, at: QPointF) -> bool:
        way = (at - self._corners[0]) * self.bench.viewport.zoom
        return way.manhattanLength() <= _NEAR


def spanned(start: QPointF, pointer: Pointer) -> QRectF:
    """The box between two corners; with Shift a square."""
    way = pointer.at - start
    if pointer.constrained:
        side = max(abs(way.x()), abs(way.y()))
        way = QPointF(side if way.x() >= 0 else -side, side if way.y() >= 0 else -side)
    return QRectF(start, start + way).normalized()
