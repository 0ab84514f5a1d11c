"""What is drawn over two compared pictures: the slider and the words in the corners."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from studio import phosphor, theme
from studio.tokens import PICTURE

GRIP = 14
"""Radius of the slider's handle, and how near to its line one can take it."""

_LABEL = 26
_PADDING = 10


def paint_slider(painter: QPainter, x: float, seen: QRectF) -> None:
    """A line at `x` from top to bottom of `seen`, with a handle in its middle."""
    for width, colour in ((4, PICTURE["scrim"]), (2, PICTURE["on_scrim"])):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()))
    handle = QRectF(0, 0, 2 * GRIP, 2 * GRIP)
    handle.moveCenter(QPointF(x, seen.center().y()))
    painter.setPen(QPen(QColor(PICTURE["scrim"]), 1))
    painter.setBrush(QColor(PICTURE["on_scrim"]))
    painter.drawEllipse(handle)
    dark = QColor(PICTURE["scrim"])
    dark.setAlpha(255)
    for symbol, aside in (("caret-left", -5), ("caret-right", 5)):
        square = QRectF(0, 0, 12, 12)
        square.moveCenter(handle.center() + QPointF(aside, 0))
        phosphor.paint(painter, square, symbol, dark)


def paint_label(painter: QPainter, pane: QRectF, words: str, *, at_right: bool) -> None:
    """Words in an upper corner of `pane`, elided where they are longer than half of it."""
    if not words:
        return
    painter.setFont(theme.font(13, 600))
    metrics = QFontMetricsF(painter.font())
    room = pane.width() / 2 - 2 * _PADDING
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    wide = max(_LABEL, metrics.horizontalAdvance(shown) + 2 * _PADDING)
    left = pane.right() - wide if at_right else pane.left()
    corner = QRectF(left, pane.top(), wide, _LABEL)
    painter.fillRect(corner, QColor(PICTURE["scrim"]))
    painter.setPen(QColor(PICTURE["on_scrim"]))
    painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, shown)
