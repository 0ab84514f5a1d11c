"""One picture as large as the panel: zoomed at the cursor, moved, leafed through."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio import theme
from studio.tokens import PICTURE
from studio.widgets.scrim_button import SIDE, ScrimButton

if TYPE_CHECKING:
    from studio.widgets.picture_item import PictureItem
    from studio.widgets.picture_loader import PictureLoader

_FACTOR = 1.25  # of one notch of the wheel
_HIGHEST = 32.0  # screen pixels to one of the picture
_MARGIN = 24
_EDGE = 12  # of the buttons
_BACK = (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class ZoomView(QWidget):
    """Begins with the whole picture in view, a small one enlarged.

    Signals:
        closed: back to where the picture came from.
        stepped: the next (1) or previous (-1) picture is wanted.
        keep_asked: K was pressed.
    """

    closed = Signal()
    stepped = Signal(int)
    keep_asked = Signal()

    def __init__(self, name: str, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._item: PictureItem | None = None
        self._position = (0, 0)
        self._scale = 0.0  # 0: as large as fits
        self._centre = QPointF(0.5, 0.5)  # the point of the picture in the middle, 0 to 1
        self._grabbed: QPointF | None = None
        self._back = ScrimButton("x", self.tr("Back to all pictures (Esc)"), self)
        self._back.clicked.connect(self.closed)
        self._before = ScrimButton("caret-left", self.tr("Picture before (Left)"), self)
        self._before.clicked.connect(partial(self.stepped.emit, -1))
        self._after = ScrimButton("caret-right", self.tr("Next picture (Right)"), self)
        self._after.clicked.connect(partial(self.stepped.emit, 1))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        loader.loaded.connect(self._on_loader_loaded)
        theme.current().changed.connect(self.update)

    def show_picture(self, item: PictureItem, position: tuple[int, int]) -> None:
        """Shows `item`, which is number `position[0]` of `position[1]`."""
        if self._item is None or self._item.key != item.key:
            self._fit()
        self._item, self._position = item, position
        self._before.setVisible(position[0] > 1)
        self._after.setVisible(position[0] < position[1])
        self.setAccessibleDescription(item.name)
        self.update()

    @property
    def scale(self) -> float:
        """Screen pixels to one pixel of the picture."""
        return self._scale or self._fitting()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms by `factor` and leaves the point `at` (or the middle) where it is."""
        if self._item is None:
            return
        at = at or QRectF(self.rect()).center()
        before = self._frame()
        under = QPointF(
            (at.x() - before.left()) / before.width(), (at.y() - before.top()) / before.height()
        )
        scale = min(_HIGHEST, self.scale * factor)
        if scale <= self._fitting():
            self._fit()
            return
        self._scale = scale
        middle = QRectF(self.rect()).center()
        wide, high = self._item.width * scale, self._item.height * scale
        self._move_to(
            QPointF(
                under.x() + (middle.x() - at.x()) / wide, under.y() + (middle.y() - at.y()) / high
            )
        )

    def _fit(self) -> None:
        self._scale, self._centre = 0.0, QPointF(0.5, 0.5)
        self.update()

    def _fitting(self) -> float:
        if self._item is None:
            return 1.0
        wide, high = max(1, self.width() - 2 * _MARGIN), max(1, self.height() - 2 * _MARGIN)
        return min(wide / self._item.width, high / self._item.height, _HIGHEST)

    def _frame(self) -> QRectF:
        """Where the picture lies on the widget."""
        assert self._item is not None
        wide, high = self._item.width * self.scale, self._item.height * self.scale
        middle = QRectF(self.rect()).center()
        left, top = middle.x() - self._centre.x() * wide, middle.y() - self._centre.y() * high
        return QRectF(left, top, wide, high)

    def _move_to(self, centre: QPointF) -> None:
        """The picture's edge stays outside the view, or it stands in the middle."""
        assert self._item is not None
        spans = (
            self.width() / 2 / (self._item.width * self.scale),
            self.height() / 2 / (self._item.height * self.scale),
        )
        x, y = (
            0.5 if span >= 0.5 else min(1 - span, max(span, value))
            for span, value in zip(spans, (centre.x(), centre.y()), strict=True)
        )
        self._centre = QPointF(x, y)
        self.update()

    def _caption(self) -> str:
        assert self._item is not None
        number, total = self._position
        words = self.tr("{number} of {total} · {caption} · {percent} %")
        percent = round(self.scale * self.devicePixelRatioF() * 100)
        return words.format(number=number, total=total, caption=self._item.caption, percent=percent)

    def _on_loader_loaded(self, path: str) -> None:
        if self._item and self._item.path == path:
            self.update()

    # ---- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("bg"))
        if self._item is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = self._loader.image(self._item.path) or self._loader.nearest(self._item.path)
        if whole:
            painter.drawImage(self._frame(), whole)
        words, font = self._caption(), theme.font(12, 500)
        wide = QFontMetricsF(font).horizontalAdvance(words) + 24
        label = QRectF((self.width() - wide) / 2, self.height() - 36, wide, 24)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(PICTURE["scrim"]))
        painter.drawRoundedRect(label, 12, 12)
        painter.setPen(QColor(PICTURE["on_scrim"]))
        painter.setFont(font)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        right, middle = self.width() - SIDE - _EDGE, (self.height() - SIDE) // 2
        self._back.move(right, _EDGE)
        self._before.move(_EDGE, middle)
        self._after.move(right, middle)
        if self._item:
            self._move_to(self._centre)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_FACTOR ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grabbed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None or self._item is None:
            return
        moved, self._grabbed = event.position() - self._grabbed, event.position()
        frame = self._frame()
        self._move_to(self._centre - QPointF(moved.x() / frame.width(), moved.y() / frame.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _BACK:
            self.closed.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_FACTOR)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _FACTOR)
        elif key == Qt.Key.Key_0:
            self._fit()
        elif key == Qt.Key.Key_1:
            self.zoom(1 / self.scale / self.devicePixelRatioF())
        elif key == Qt.Key.Key_K:
            self.keep_asked.emit()
        else:
            super().keyPressEvent(event)
