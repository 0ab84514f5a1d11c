"""Paints the heading of a section in a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from studio import theme

if TYPE_CHECKING:
    from studio.widgets.picture_item import PictureSection

_GAP = 8


def paint_heading(painter: QPainter, row: QRectF, section: PictureSection) -> None:
    """The title, elided where it is long, and the facts behind it."""
    middle = Qt.AlignmentFlag.AlignVCenter
    font, small = theme.font(15, 600), theme.font(12)
    facts = QFontMetricsF(small).horizontalAdvance(section.facts)
    room = row.width() - facts - _GAP
    title = QFontMetricsF(font).elidedText(section.title, Qt.TextElideMode.ElideRight, room)
    painter.setFont(font)
    painter.setPen(theme.colour("text"))
    painter.drawText(row, middle, title)
    after = QFontMetricsF(font).horizontalAdvance(title) + _GAP
    painter.setFont(small)
    painter.setPen(theme.colour("muted"))
    painter.drawText(row.adjusted(after, 1, 0, 1), middle, section.facts)
