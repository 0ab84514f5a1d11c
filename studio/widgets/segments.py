"""A row of choices of which one is on: shapes, tools, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from studio import phosphor, theme
from studio.widgets.plain import chain_focus

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT = 30
_TALL = 50  # with icons
_SYMBOL = 16
_PADDING = 12
_RADIUS = 6
_GAP = 6


class Segments(QWidget):
    """Choices by word; arrow keys move between them.

    Signals:
        chosen: the person took this one.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedHeight(_HEIGHT)
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._options: tuple[str, ...] = ()
        self._group.buttonClicked.connect(self._on_group_button_clicked)
        theme.current().changed.connect(self.update)

    @property
    def options(self) -> tuple[str, ...]:
        return self._options

    def set_options(
        self, options: Sequence[str], tips: Sequence[str] = (), symbols: Sequence[str] = ()
    ) -> None:
        """Shows these words, none of them on; `tips` are their tooltips.

        `symbols` are the icons above the words, which make the row higher.
        """
        if tuple(options) == self._options:
            return
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._row.removeWidget(old)
            old.deleteLater()
        self._options = tuple(options)
        self.setFixedHeight(_TALL if symbols else _HEIGHT)
        for index, word in enumerate(self._options):
            button = _Segment(word, symbols[index] if symbols else "", self)
            button.setToolTip(tips[index] if index < len(tips) else "")
            self._group.addButton(button)
            self._row.addWidget(button, 1)
        chain_focus(self, self._group.buttons())
        self.setSizePolicy(
            QSizePolicy.Policy.Maximum if len(self._options) == 1 else QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.Fixed,
        )

    def set_counts(self, counts: Sequence[int]) -> None:
        """Writes a number behind each word."""
        for button, count in zip(self._group.buttons(), counts, strict=True):
            assert isinstance(button, _Segment)
            button.set_count(count)

    def choose(self, word: str) -> None:
        """Turns `word` on without a signal; a word that is not there turns all off."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(button.text() == word)
        self._group.setExclusive(True)

    def current(self) -> str:
        button = self._group.checkedButton()
        return button.text() if button else ""

    def _on_group_button_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("field"))
        painter.drawRoundedRect(_inside(self), _RADIUS, _RADIUS)


class _Segment(QAbstractButton):
    def __init__(self, word: str, symbol: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._symbol = symbol
        if symbol:  # short words in a narrow row: all are equally wide
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._count = ""

    def set_count(self, count: int) -> None:
        self._count = str(count)
        self.setAccessibleDescription(self._count)
        self.updateGeometry()
        self.update()

    def _width(self) -> int:
        wide = QFontMetricsF(theme.font(13, 500)).horizontalAdvance(self.text())
        if self._count:
            wide += _GAP + QFontMetricsF(theme.font(12)).horizontalAdvance(self._count)
        return round(wide)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on:
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(_inside(self), _RADIUS, _RADIUS)
        elif self.hasFocus() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(_inside(self), _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        room = self.rect().adjusted(2, 0, -2, 0)
        if self._count and self._width() <= room.width():
            figure = theme.font(12)
            wide = round(QFontMetricsF(figure).horizontalAdvance(self._count))
            beside = (room.width() - self._width()) // 2
            painter.setFont(figure)
            painter.setPen(theme.colour("muted"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room.adjusted(0, 0, -beside, 0), right, self._count)
            room = room.adjusted(beside, 0, -beside - wide - _GAP, 0)
        if self._symbol:
            self._paint_symbol(painter, on)
            room = self.rect().adjusted(0, _SYMBOL, 0, 0)
        font = theme.font(12 if self._symbol else 13, 500 if on else 400)
        elide = Qt.TextElideMode.ElideRight
        shown = QFontMetricsF(font).elidedText(self.text(), elide, room.width() + 1)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if on else "muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_symbol(self, painter: QPainter, on: bool) -> None:
        place = QRect(0, 0, _SYMBOL, _SYMBOL)
        place.moveCenter(self.rect().center() - QPoint(0, _SYMBOL // 2))
        phosphor.paint(painter, place, self._symbol, theme.colour("text" if on else "muted"))

    def sizeHint(self) -> QSize:
        return QSize(self._width() + 2 * _PADDING, _TALL if self._symbol else _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width() + 4, self.sizeHint().height())


def _inside(widget: QWidget) -> QRectF:
    return QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
