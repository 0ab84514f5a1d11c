"""A small picture that opens at a click and can be dragged anywhere as its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QDrag,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from studio import theme
from studio.widgets.picture_mime import files_mime
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from pathlib import Path

_RADIUS = 6
_WIDEST = 2.5  # width by height; a panorama is cropped in the middle


class Thumbnail(QAbstractButton):
    """`height` pixels high, as wide as its picture asks for."""

    def __init__(self, path: Path, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._pixmap = QPixmap()
        self._pressed_at: QPoint | None = None
        self.setFixedSize(QSize(height, height))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Picture %1").replace("%1", path.stem))
        self.setToolTip(plain_tip(path.stem))
        theme.current().changed.connect(self.update)

    def show_image(self, image: QImage) -> None:
        """Shows the decoded picture and takes its width."""
        self._pixmap = QPixmap.fromImage(image)
        aspect = min(image.width() / image.height(), _WIDEST)
        self.setFixedWidth(max(1, round(self.height() * aspect)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(rect, _RADIUS, _RADIUS)
        painter.fillPath(outline, theme.colour("field"))
        if not self._pixmap.isNull():
            painter.setClipPath(outline)
            scale = rect.height() / self._pixmap.height()
            width = self._pixmap.width() * scale
            place = QRectF((rect.width() - width) / 2, 0, width, rect.height())
            painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
            painter.setClipping(False)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _RADIUS - 1, _RADIUS - 1)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if way < QApplication.startDragDistance():
            return
        self.setDown(False)
        drag = QDrag(self)
        drag.setMimeData(files_mime([str(self.path)]))
        drag.setPixmap(self._pixmap.scaledToHeight(self.height()))
        self._pressed_at = None
        drag.exec(Qt.DropAction.CopyAction)
