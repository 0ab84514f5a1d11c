"""One entry of the rail: icon, word and number."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio import phosphor, theme
from studio.tokens import DISABLED_OPACITY
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_mime import dropped_pictures

_HEIGHT = 36
_MARGIN = 10
_ICON_PX = 20
_GAP = 10
_RADIUS = 6
_SPRING_MS = 400  # a picture held over it so long brings its panel to the front


class RailButton(QAbstractButton):
    """Checked when its panel is in front; `number` stands at the right, "" for none.

    A picture that is held over it for a moment presses it, to be dropped on its panel then.
    """

    def __init__(
        self, symbol: str, text: str, number: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._symbol, self._number = symbol, number
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)
        self._spring = QTimer(self, singleShot=True, interval=_SPRING_MS)
        self._spring.timeout.connect(self.click)
        drops = PictureDrops(self, _is_picture)
        drops.hovered.connect(self._on_drops_hovered)
        drops.left.connect(self._spring.stop)

    def _on_drops_hovered(self) -> None:
        if not self.isChecked() and not self._spring.isActive():
            self._spring.start()

    def _paint_surface(self, painter: QPainter) -> None:
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if self.isChecked() else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRoundedRect(rect, _RADIUS, _RADIUS)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_surface(painter)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        on = self.isChecked()
        row = QRectF(self.rect()).adjusted(_MARGIN, 0, -_MARGIN, 0)
        square = QRectF(row.left(), (self.height() - _ICON_PX) / 2, _ICON_PX, _ICON_PX)
        phosphor.paint(
            painter, square, self._symbol, theme.colour("accent_text" if on else "muted")
        )
        painter.setFont(theme.font(theme.FACT_PX))
        painter.setPen(theme.colour("muted"))
        painter.drawText(row, _RIGHT, self._number)
        font = theme.font(weight=600 if on else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if on else "muted"))
        taken = QFontMetrics(theme.font(theme.FACT_PX)).horizontalAdvance(self._number)
        row.adjust(_ICON_PX + _GAP, 0, -taken, 0)
        elided = QFontMetrics(font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(row.width())
        )
        painter.drawText(row, _LEFT, elided)
        painter.end()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font(weight=600)).horizontalAdvance(self.text())
        return QSize(width + 3 * _MARGIN + _ICON_PX + _GAP, _HEIGHT)


def _is_picture(mime: QMimeData, _source: QObject | None) -> bool:
    return bool(dropped_pictures(mime))


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
