"""A filter as a rounded word: with a plus while it is off, with its value and a cross while on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio import phosphor, theme

_HEIGHT = 24
_PADDING = 10
_SYMBOL = 12
_GAP = 6
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class FilterChip(QAbstractButton):
    """A click sets the filter or changes it; the cross, Del or Backspace takes it off.

    Signals:
        cleared: the person takes the filter off.
    """

    cleared = Signal()

    ON_TOKEN, ON_SURFACE, ON_WEIGHT = "accent_text", "selection", 600

    def __init__(self, name: str, symbol: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._symbol, self._value = name, symbol, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)
        self.set_value("")

    @property
    def value(self) -> str:
        """What it filters by in words, "" while it is off."""
        return self._value

    def set_value(self, value: str) -> None:
        self._value = value
        off, on = self.tr("Filter by {name}"), self.tr("{name}: {value}. Del takes it off")
        words = on.format(name=self._name, value=value) if value else off.format(name=self._name)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def _on_cross(self, point: QPointF) -> bool:
        return bool(self._value) and point.x() >= self.width() - _PADDING - _SYMBOL - _GAP / 2

    def _text(self) -> str:
        return self._value or self._name

    # ---- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = bool(self._value)
        pointed = self.underMouse() or self.isDown()
        surface = "selection" if pointed else self.ON_SURFACE if on else "raised"
        edge = QPen(theme.colour("accent"), 1.5) if self.hasFocus() else QPen(Qt.PenStyle.NoPen)
        painter.setPen(edge)
        painter.setBrush(theme.colour(surface))
        inside = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
        top = (self.height() - _SYMBOL) // 2
        before = QRect(_PADDING, top, _SYMBOL, _SYMBOL)
        symbol, token = (self._symbol, self.ON_TOKEN) if on else ("plus", "muted")
        phosphor.paint(painter, before, symbol, theme.colour(token))
        painter.setPen(theme.colour("text" if on or pointed else "muted"))
        painter.setFont(theme.font(12, self.ON_WEIGHT if on else 400))
        end = _PADDING + (_SYMBOL + _GAP if on else 0)
        room = self.rect().adjusted(_PADDING + _SYMBOL + _GAP, 0, -end, 0)
        elide = Qt.TextElideMode.ElideRight
        shown = QFontMetricsF(painter.font()).elidedText(self._text(), elide, room.width() + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if on:
            after = QRect(self.width() - _PADDING - _SYMBOL, top, _SYMBOL, _SYMBOL)
            phosphor.paint(painter, after, "x", theme.colour("muted"))

    def event(self, event: QEvent) -> bool:
        # Del is an action of some panels: while a chip that is on has the focus, it is the chip's.
        if (
            self._value
            and event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _CLEARS
        ):
            event.accept()
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and self._on_cross(event.position()):
            self.setDown(False)
            self.cleared.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLEARS and self._value:
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        font = theme.font(12, self.ON_WEIGHT if self._value else 400)
        wide = QFontMetricsF(font).horizontalAdvance(self._text()) + 1
        symbols = 2 if self._value else 1
        return QSize(round(wide) + 2 * _PADDING + symbols * (_SYMBOL + _GAP), _HEIGHT)
