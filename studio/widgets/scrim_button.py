"""A round button that can be read over any picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from studio import phosphor
from studio.tokens import PICTURE

SIDE = 32
_ICON_PX = 18


class ScrimButton(QAbstractButton):
    """White on a dark disc in either theme; `name` is its tooltip and accessible name."""

    def __init__(self, symbol: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bright = self.hasFocus() or self.underMouse()
        edge = QPen(QColor(PICTURE["accent"]), 2) if bright else QPen(Qt.PenStyle.NoPen)
        painter.setPen(edge)
        painter.setBrush(QColor(PICTURE["scrim"]))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        inset = (SIDE - _ICON_PX) / 2
        inner = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        phosphor.paint(painter, inner, self._symbol, QColor(PICTURE["on_scrim"]))

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)
