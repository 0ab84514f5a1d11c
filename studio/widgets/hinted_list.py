"""A list that says what will be in it while there is nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidget, QWidget

from studio import theme

_INSET = 10


class HintedList(QListWidget):
    """`hint` stands where the first row will be."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setAccessibleDescription(hint)
        for changed in (self.model().rowsInserted, self.model().rowsRemoved):
            changed.connect(self._on_model_rows_changed)
        self.model().modelReset.connect(self._on_model_rows_changed)

    def _on_model_rows_changed(self) -> None:
        self.setAccessibleDescription("" if self.count() else self._hint)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count():
            return
        painter = QPainter(self.viewport())
        painter.setFont(theme.font())
        painter.setPen(theme.colour("muted"))
        row = self.viewport().rect().adjusted(_INSET, 6, -_INSET, 0)
        painter.drawText(row, Qt.TextFlag.TextWordWrap, self._hint)
        painter.end()
