"""The widget that shows the canvas and hands the person's doings to the tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QInputDevice,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio import theme
from studio.canvas.hands import Hands
from studio.canvas.layer import new_layer
from studio.canvas.screen import Screen
from studio.canvas.tools.tool import Pointer
from studio.canvas.view_marks import ViewMarks
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_mime import dropped_pictures

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from studio.canvas.plane import Plane
    from studio.canvas.workbench import Workbench


class CanvasView(QWidget):
    """Zoom with the wheel, + and -, 0 shows all, 1 is 100 %; Space or the middle button pans.

    Signals:
        zoom_changed: device pixels to a pixel of the canvas.
        cursor_moved: the pixel under the cursor (QPoint), None outside of the canvas.
        pictures_dropped: these files were dropped.
        image_pasted: the clipboard holds this QImage.
        context_menu_asked: at this global point.
    """

    zoom_changed = Signal(float)
    cursor_moved = Signal(object)
    pictures_dropped = Signal(list)
    image_pasted = Signal(QImage)
    context_menu_asked = Signal(QPoint)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._screen = Screen(bench, self)
        self._hands = Hands(bench)
        self._marks = ViewMarks(bench, self._hands)
        self._zoom = 0.0
        self.setAccessibleName(self.tr("Canvas"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        bench.canvas.pixels_changed.connect(self._on_canvas_pixels_changed)
        bench.canvas.state_changed.connect(self._on_canvas_state_changed)
        bench.canvas.busy_changed.connect(self._show_cursor)
        bench.tool_changed.connect(self._on_bench_tool_changed)
        bench.options_changed.connect(self.update)
        bench.tool_repainted.connect(self.update)
        bench.view_moved.connect(self._on_bench_view_moved)
        self._screen.refined.connect(self.update)
        PictureDrops(self).dropped.connect(self._on_drops_dropped)
        theme.current().changed.connect(self._on_bench_view_moved)
        self._show_cursor()

    @property
    def zoom(self) -> float:
        """Device pixels to a pixel of the canvas."""
        return self._bench.viewport.zoom

    def set_zoom(self, zoom: float) -> None:
        """About the middle of what is seen; 0.05 to 32."""
        self._bench.viewport.set_zoom(zoom, self._middle())
        self._bench.view_moved.emit()

    def zoom_step(self, direction: int) -> None:
        """To the next round zoom: nearer (1) or farther (-1), at the cursor if it is here."""
        self._bench.viewport.step(direction, self._marks.cursor or self._middle())
        self._bench.view_moved.emit()

    def fit(self) -> None:
        """Shows all of the canvas, also when the widget's size changes."""
        self._bench.viewport.fit()
        self._bench.view_moved.emit()

    def show_candidate(self, plane: Plane, at: QPoint) -> None:
        """Shows pixels in place, from `at` of the canvas on, until `hide_candidate`.

        The canvas itself stays as it is; meanwhile the mask is not shown.
        """
        layer = new_layer("", plane, at.x(), at.y())
        self._bench.composite.extra = layer
        self._on_candidate_changed()

    def hide_candidate(self) -> None:
        """Ends `show_candidate`."""
        if self._bench.composite.extra is not None:
            self._bench.composite.extra = None
            self._on_candidate_changed()

    def show_frame(self, rect: QRect | None, text: str = "") -> None:
        """A dashed frame with a label, in pixels of the canvas; None takes it away."""
        self._marks.frame = None if rect is None else (rect, text)
        self.update()

    def paste(self) -> None:
        """Tells of the picture or the files in the clipboard; does nothing without any."""
        mime = QGuiApplication.clipboard().mimeData()
        if paths := dropped_pictures(mime):
            self.pictures_dropped.emit(paths)
        elif mime.hasImage():
            self.image_pasted.emit(QGuiApplication.clipboard().image())

    # ---- slots -------------------------------------------------------------------------------

    def _on_canvas_pixels_changed(self, part: QRect) -> None:
        seen = self._screen.invalidate(part)
        self.update(self._logical(seen))

    def _on_canvas_state_changed(self) -> None:
        viewport, size = self._bench.viewport, self._bench.canvas.state.size
        if viewport.canvas != size:
            viewport.canvas = size
            viewport.fit()
        self._on_bench_view_moved()

    def _on_candidate_changed(self) -> None:
        self._bench.composite.clear()
        self._screen.invalidate_all()
        self.update()

    def _on_bench_tool_changed(self) -> None:
        self._show_cursor()
        self.update()

    def _on_bench_view_moved(self) -> None:
        self._screen.invalidate_all()
        self._show_cursor()
        self.update()
        if self._zoom != self.zoom:
            self._zoom = self.zoom
            self.zoom_changed.emit(self._zoom)

    def _on_drops_dropped(self, mime: QMimeData) -> None:
        self.pictures_dropped.emit(dropped_pictures(mime))

    # ---- places ------------------------------------------------------------------------------

    def _middle(self) -> QPointF:
        size = self._bench.viewport.size
        return QPointF(size.width() / 2, size.height() / 2)

    def _device(self, point: QPointF) -> QPointF:
        return point * self.devicePixelRatioF()

    def _logical(self, rect: QRect) -> QRect:
        ratio = self.devicePixelRatioF()
        return QRectF(
            QPointF(rect.topLeft()) / ratio, rect.size().toSizeF() / ratio
        ).toAlignedRect()

    def _pointer(
        self, at: QPointF, modifiers: Qt.KeyboardModifier, pressure: float = 1.0
    ) -> Pointer:
        return Pointer(self._bench.viewport.to_canvas(self._device(at)), pressure, modifiers)

    def _note_cursor(self, at: QPointF | None) -> None:
        marks = self._marks
        self.update(self._logical(marks.around_cursor()))
        marks.cursor = None if at is None else self._device(at)
        self.update(self._logical(marks.around_cursor()))
        self.cursor_moved.emit(marks.pixel())

    def _show_cursor(self) -> None:
        self.setCursor(self._marks.cursor_shape())

    # ---- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = self._screen.picture()
        painter = QPainter(self)
        painter.setClipRegion(event.region())
        painter.drawImage(0, 0, picture)
        painter.scale(1 / self.devicePixelRatioF(), 1 / self.devicePixelRatioF())
        self._marks.paint(painter, self.devicePixelRatioF())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRect(QRectF(picture.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        viewport = self._bench.viewport
        ratio = self.devicePixelRatioF()
        viewport.size = (self.size().toSizeF() * ratio).toSize()
        viewport.canvas = self._bench.canvas.state.size
        if viewport.fits:
            viewport.fit()
        self._bench.view_moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._bench.viewport.move(QPointF(turned.y() or turned.x(), 0))
        else:
            factor = 1.2 ** (turned.y() / 120)
            at = self._device(event.position())
            self._bench.viewport.set_zoom(self.zoom * factor, at)
        self._bench.view_moved.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self.context_menu_asked.emit(event.globalPosition().toPoint())
            return
        self._note_cursor(event.position())
        pointer = self._pointer(event.position(), event.modifiers())
        self._hands.press(pointer, self._device(event.position()), event.button())
        self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pointer = self._pointer(event.position(), event.modifiers())
        self._hands.move(pointer, self._device(event.position()))
        self._note_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hands.release(self._pointer(event.position(), event.modifiers()), event.button())
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._hands.double_click(self._pointer(event.position(), event.modifiers()))

    def tabletEvent(self, event: QTabletEvent) -> None:
        pen = event.pointingDevice()
        can_press = pen.capabilities() & QInputDevice.Capability.Pressure
        pressure = event.pressure() if can_press else 1.0
        pointer = self._pointer(event.position(), event.modifiers(), pressure)
        at = self._device(event.position())
        self._hands.pen(event, pointer, at)
        self._note_cursor(event.position())
        event.accept()  # else Qt would send the same again as a mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_step(1)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_step(-1)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        elif event.key() == Qt.Key.Key_1:
            self.set_zoom(1.0)
        elif not self._hands.key_pressed(event):
            super().keyPressEvent(event)
        self._show_cursor()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hands.space = False
            self._show_cursor()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._hands.space = False
        super().focusOutEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._note_cursor(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._note_cursor(None)
