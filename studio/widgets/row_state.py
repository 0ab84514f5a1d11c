"""How a row of a list looks that is chosen, pointed at, or has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle

from studio import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

_RADIUS = 6


def paint_row_state(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """For the delegates of lists, before they paint what the row says."""
    box: QRect = option.rect
    state: QStyle.StateFlag = option.state
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    if chosen or state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("selection" if chosen else "raised"))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 1))
        edge = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, _RADIUS, _RADIUS)
    painter.restore()
