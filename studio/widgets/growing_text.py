"""A text field that is as high as its words, within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from studio import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_MARGINS = (3, 2, 3, 2)  # with the style's own padding the words begin 12 and 9 px inside
_AROUND = 26  # what the height takes beyond its lines


class GrowingText(QPlainTextEdit):
    """Plain text of at least `least` and at most `most` lines; beyond these it scrolls."""

    def __init__(self, name: str, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFont(theme.font())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(*_MARGINS)
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        self._fit_height()

    def _fit_height(self) -> None:
        lines = min(self._most, max(self._least, round(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + _AROUND
        if height != self.height():
            self.setFixedHeight(height)

    # ---- Qt ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())
