"""A scroll area whose bar lies in its margin, so that what it holds stays flush with the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class FlushScroll(QScrollArea):
    """Holds a column, `column`, with `margin` pixels around it; it scrolls up and down only."""

    def __init__(self, margin: int, bottom: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._margin, self._bottom = margin, bottom
        inside = QWidget()
        inside.setProperty("scrolled", "true")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(margin, margin, margin, bottom)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Also called when the bar comes or goes: then the viewport has another width.
        super().resizeEvent(event)
        bar = self.width() - self.viewport().width()
        right = max(0, self._margin - bar)
        self.column.setContentsMargins(self._margin, self._margin, right, self._bottom)
