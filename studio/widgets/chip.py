"""A word that can be taken with one click."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio import theme

_HEIGHT = 24
_PADDING = 10


class Chip(QAbstractButton):
    """A rounded word; it tells of its click as any button does."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(word)
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bright = self.underMouse() or self.isDown()
        edge = QPen(theme.colour("accent"), 1.5) if self.hasFocus() else QPen(Qt.PenStyle.NoPen)
        painter.setPen(edge)
        painter.setBrush(theme.colour("selection" if bright else "raised"))
        inside = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
        painter.setPen(theme.colour("text" if bright else "muted"))
        painter.setFont(theme.font(12))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def sizeHint(self) -> QSize:
        wide = QFontMetricsF(theme.font(12)).horizontalAdvance(self.text())
        return QSize(round(wide) + 2 * _PADDING, _HEIGHT)
