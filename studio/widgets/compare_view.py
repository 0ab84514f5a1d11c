"""Two pictures compared: beside each other, under a slider, or as what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio import theme
from studio.widgets.compare_marks import GRIP, paint_label, paint_slider

if TYPE_CHECKING:
    from studio.widgets.picture_loader import PictureLoader

Mode = Literal["side", "slider", "difference"]

_FACTOR = 1.25  # of one notch of the wheel
_MOST = 64.0  # times as large as fits
_GAP = 12  # between two pictures
_STEP = 0.02  # of the width, for a key


class CompareView(QWidget):
    """Zooming and moving move both pictures. Without a second one, the first is shown whole.

    Signals:
        closed: Esc was pressed.
    """

    closed = Signal()

    def __init__(self, name: str, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._paths = ("", "")
        self._mode: Mode = "slider"
        self._labels = ("A", "B")
        self._share = 1.0  # how much the second covers the first
        self._split = 0.5  # of what is seen of the picture
        self._zoom = 1.0  # 1: as large as fits
        self._centre = QPointF(0.5, 0.5)  # the point of each picture in the middle, 0 to 1
        self._grabbed: QPointF | None = None
        self._sliding = False
        self.setAccessibleName(name)
        self.setMinimumSize(QSize(160, 120))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        loader.loaded.connect(self._on_loader_loaded)
        theme.current().changed.connect(self.update)

    @property
    def zoom_factor(self) -> float:
        """How many times larger than what fits."""
        return self._zoom

    @property
    def split(self) -> float:
        """Where the slider stands, 0 to 1."""
        return self._split

    def show_pictures(self, first: str, second: str) -> None:
        """Compares these files."""
        if (first, second) != self._paths:
            self._paths = (first, second)
            self.fit()

    def set_labels(self, first: str, second: str) -> None:
        """What stands in the corners of the two; "" for nothing."""
        self._labels = (first, second)
        self.update()

    def set_share(self, share: float) -> None:
        """How much of the second is laid over the first under the slider, 0 to 1."""
        self._share = share
        self.update()

    def set_split(self, split: float) -> None:
        """Moves the slider: 1 shows only the first picture, 0 only the second."""
        self._split = min(1.0, max(0.0, split))
        self.update()

    def set_mode(self, mode: Mode) -> None:
        self._mode = mode
        self.update()

    def fit(self) -> None:
        """Shows both whole."""
        self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms by `factor` and leaves the point `at` (or the middle) where it is."""
        image = self._image(0)
        if image is None:
            return
        panes = self._panes()
        pane = next((pane for pane in panes if at and pane.contains(at)), panes[0])
        at = at or pane.center()
        before = self._frame(pane, image)
        under = QPointF(
            (at.x() - before.left()) / before.width(), (at.y() - before.top()) / before.height()
        )
        self._zoom = min(_MOST, self._zoom * factor)
        if self._zoom <= 1:
            self.fit()
            return
        after = self._frame(pane, image).size()
        self._move_to(
            QPointF(
                under.x() + (pane.center().x() - at.x()) / after.width(),
                under.y() + (pane.center().y() - at.y()) / after.height(),
            )
        )

    def seen(self) -> QRectF:
        """Where the picture is seen under the slider; the whole view while there is none."""
        whole, image = QRectF(self.rect()), self._image(0)
        return self._frame(whole, image) & whole if image else whole

    # ---- inside ------------------------------------------------------------------------------

    def _image(self, which: int) -> QImage | None:
        path = self._paths[which]
        return (self._loader.image(path) or self._loader.nearest(path)) if path else None

    def _panes(self) -> tuple[QRectF, QRectF]:
        whole = QRectF(self.rect())
        if self._mode != "side":
            return whole, whole
        half = (whole.width() - _GAP) / 2
        left = QRectF(0, 0, half, whole.height())
        return left, left.translated(half + _GAP, 0)

    def _frame(self, pane: QRectF, image: QImage) -> QRectF:
        """Where the whole picture lies, most of it perhaps outside the pane."""
        size = QSize(image.size()).toSizeF()
        fit = min(pane.width() / size.width(), pane.height() / size.height()) * self._zoom
        wide, high = size.width() * fit, size.height() * fit
        middle = pane.center()
        left, top = middle.x() - self._centre.x() * wide, middle.y() - self._centre.y() * high
        return QRectF(left, top, wide, high)

    def _move_to(self, centre: QPointF) -> None:
        """The picture's edge stays outside the pane, or it stands in the middle."""
        image = self._image(0)
        if image is None:
            return
        pane = self._panes()[0]
        size = self._frame(pane, image).size()
        spans = pane.width() / 2 / size.width(), pane.height() / 2 / size.height()
        x, y = (
            0.5 if span >= 0.5 else min(1 - span, max(span, value))
            for span, value in zip(spans, (centre.x(), centre.y()), strict=True)
        )
        self._centre = QPointF(x, y)
        self.update()

    def _slide_to(self, x: float) -> None:
        seen = self.seen()
        self.set_split((x - seen.left()) / max(1.0, seen.width()))

    def _line(self) -> float:
        seen = self.seen()
        return seen.left() + self._split * seen.width()

    def _near_line(self, point: QPointF) -> bool:
        slides = self._mode == "slider" and bool(self._paths[1])
        return slides and abs(point.x() - self._line()) <= GRIP

    def _on_loader_loaded(self, path: str) -> None:
        if path in self._paths:
            self.update()

    # ---- painting ----------------------------------------------------------------------------

    def _paint_picture(self, painter: QPainter, which: int, clip: QRectF) -> None:
        image = self._image(which)
        if image is not None:
            painter.setClipRect(clip)
            painter.drawImage(self._frame(self._panes()[which], image), image)
            painter.setClipping(False)

    def _paint_difference(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        buffer = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        buffer.setDevicePixelRatio(ratio)
        buffer.fill(QColor(0, 0, 0))
        mixing = QPainter(buffer)
        mixing.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_picture(mixing, 0, QRectF(self.rect()))
        mixing.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        self._paint_picture(mixing, 1, QRectF(self.rect()))
        mixing.end()
        painter.drawImage(QPointF(0, 0), buffer)

    def _paint_covered(self, painter: QPainter) -> None:
        whole, line = QRectF(self.rect()), self._line()
        if not self._paths[1]:
            self._paint_picture(painter, 0, whole)
            return
        left, right = QRectF(whole), QRectF(whole)
        left.setRight(line)
        right.setLeft(line)
        self._paint_picture(painter, 0, whole if self._share < 1 else left)
        painter.setOpacity(self._share)
        self._paint_picture(painter, 1, right)
        painter.setOpacity(1)
        paint_slider(painter, round(self._line()), self.seen())

    def _paint_labels(self, painter: QPainter) -> None:
        slides = self._mode == "slider"
        panes = (self.seen(), self.seen()) if slides else self._panes()
        for which, (pane, words) in enumerate(zip(panes, self._labels, strict=True)):
            if self._paths[1]:
                paint_label(painter, pane, words, at_right=slides and which == 1)

    # ---- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        first, second = self._panes()
        painter.fillRect(first, theme.colour("bg"))
        painter.fillRect(second, theme.colour("bg"))
        if self._mode == "difference":
            self._paint_difference(painter)
        elif self._mode == "slider":
            self._paint_covered(painter)
        else:
            self._paint_picture(painter, 0, first)
            self._paint_picture(painter, 1, second)
        if self._mode != "difference":
            self._paint_labels(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_FACTOR ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._sliding = self._near_line(event.position())
            self._grabbed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        near = self._sliding or self._near_line(at)
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        if self._sliding:
            self._slide_to(at.x())
        elif self._grabbed is not None and (image := self._image(0)):
            moved, self._grabbed = at - self._grabbed, at
            size = self._frame(self._panes()[0], image).size()
            by = QPointF(moved.x() / size.width(), moved.y() / size.height())
            self._move_to(self._centre - by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._sliding, self._grabbed = False, None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._mode == "slider":
            by = -_STEP if key == Qt.Key.Key_Left else _STEP
            self.set_split(self._split + by)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_FACTOR)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _FACTOR)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)
