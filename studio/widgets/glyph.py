"""An icon that stands by itself and follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio import theme
from studio.icons import icon


class Glyph(QWidget):
    """Shows the icon `name` in the colour of `token`, `px` pixels a side. It is decoration."""

    def __init__(
        self, name: str, token: str = "muted", px: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon(name, token)
        self.setFixedSize(QSize(px, px))
        theme.current().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()
