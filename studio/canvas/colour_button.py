"""A button that shows a colour and lets the person choose another."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QWidget

from studio import theme

_SIZE = QSize(40, 24)
_RADIUS = 6


class ColourButton(QAbstractButton):
    """Signals:
    colour_changed: the person chose this one.
    """

    colour_changed = Signal(QColor)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(_SIZE)
        self.clicked.connect(self._on_clicked)
        theme.current().changed.connect(self.update)

    def set_colour(self, colour: QColor) -> None:
        """Shows `colour`, without a signal."""
        self._colour = colour
        self.setToolTip(f"{self.accessibleName()}: {colour.name()}")
        self.setAccessibleDescription(colour.name())
        self.update()

    def _on_clicked(self) -> None:
        chosen = QColorDialog.getColor(self._colour, self.window(), self.accessibleName())
        if chosen.isValid():
            self.colour_changed.emit(chosen)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = "accent" if self.hasFocus() else "muted"
        painter.setPen(QPen(theme.colour(line), 1))
        painter.setBrush(self._colour)
        box = QRectF(QRect(0, 0, self.width(), self.height())).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        painter.end()
