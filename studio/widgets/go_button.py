"""The one primary button of a panel: the word in the middle, its shortcut at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio import theme
from studio.tokens import DISABLED_OPACITY

_HEIGHT = 38
_RADIUS = 6
_PADDING = 12


class GoButton(QAbstractButton):
    """Filled with the accent; faded while it cannot be pressed."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = ""
        self.setText(word)
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def set_shortcut_text(self, keys: str) -> None:
        """What is written at the right; the key itself belongs to the action."""
        self._keys = keys
        self.update()

    def _place_of_word(self, room: QRectF) -> tuple[QRectF, Qt.AlignmentFlag, str]:
        """In the middle; where it would touch the shortcut, at the left and elided."""
        word, keys = QFontMetricsF(theme.font(13, 600)), QFontMetricsF(theme.font(12, 500))
        taken = keys.horizontalAdvance(self._keys) + _PADDING if self._keys else 0.0
        if word.horizontalAdvance(self.text()) <= room.width() - 2 * taken:
            return room, Qt.AlignmentFlag.AlignCenter, self.text()
        left = room.adjusted(0, 0, -taken, 0)
        elided = word.elidedText(self.text(), Qt.TextElideMode.ElideRight, left.width())
        return left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        fill = theme.colour("accent")
        if self.isDown():
            fill = fill.darker(112)
        elif self.underMouse() and self.isEnabled():
            fill = fill.lighter(106)
        whole = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(whole, _RADIUS, _RADIUS)
        words = whole.adjusted(_PADDING, 0, -_PADDING, 0)
        painter.setPen(theme.colour("on_accent"))
        painter.setFont(theme.font(13, 600))
        painter.drawText(*self._place_of_word(words))
        painter.setFont(theme.font(12, 500))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, right, self._keys)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("on_accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(3, 3, -3, -3), _RADIUS - 2, _RADIUS - 2)

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)
