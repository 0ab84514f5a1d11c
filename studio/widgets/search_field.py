"""A line to search with: a magnifying glass at its left, a cross at its right to empty it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.widgets.glyph import Glyph
from studio.widgets.plain import icon_button

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

_HEIGHT = 34
_SYMBOL = 16
_INDENT = 10
_CROSS = 24


class SearchField(QLineEdit):
    """Esc empties it.

    Signals:
        left: Enter or Down was pressed: on to what was found.
    """

    left = Signal()

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFixedHeight(_HEIGHT)
        # The style sheet's padding is 9 already.
        self.setTextMargins(_INDENT + _SYMBOL, 0, _CROSS, 0)
        self._glass = Glyph("magnifying-glass", "muted", _SYMBOL, self)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._cross = icon_button("x", self.tr("Empty the search (Esc)"))
        self._cross.setParent(self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setFixedSize(_CROSS, _CROSS)
        self._cross.hide()
        self._cross.clicked.connect(self.clear)
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self.left)

    def _on_text_changed(self, text: str) -> None:
        self._cross.setVisible(bool(text))

    # ---- Qt ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        middle = self.height() // 2
        self._glass.move(_INDENT + 3, middle - _SYMBOL // 2)
        self._cross.move(self.width() - _CROSS - 6, middle - _CROSS // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)
