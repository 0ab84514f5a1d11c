"""Lines over a picture: dark and light, so that they are seen on any."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from studio.tokens import PICTURE

_DASH = (4.0, 3.0)


def dashed(painter: QPainter, path: QPainterPath) -> None:
    """A light dashed line on a dark one."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    px = _line_px(painter)
    painter.strokePath(path, QPen(QColor(PICTURE["scrim"]), px))
    light = QPen(QColor(PICTURE["on_scrim"]), px)
    light.setDashPattern(list(_DASH))
    painter.strokePath(path, light)


def dashed_box(painter: QPainter, box: QRectF) -> None:
    """A rectangle in the same dashes."""
    path = QPainterPath()
    path.addRect(box)
    dashed(painter, path)


def ringed(painter: QPainter, middle: QPointF, radius: float) -> None:
    """A circle of a light line between two dark ones."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(PICTURE["scrim"]), 3 * _line_px(painter)))
    painter.drawEllipse(middle, radius, radius)
    painter.setPen(QPen(QColor(PICTURE["on_scrim"]), 1.25 * _line_px(painter)))
    painter.drawEllipse(middle, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def grip(painter: QPainter, middle: QPointF, side: float) -> None:
    """A square of `side` logical pixels that can be dragged."""
    side *= _line_px(painter)
    box = QRectF(middle - QPointF(side / 2, side / 2), QSizeF(side, side))
    painter.setPen(QPen(QColor(PICTURE["scrim"]), 1))
    painter.setBrush(QColor(PICTURE["on_scrim"]))
    painter.drawRect(box)


def label(painter: QPainter, corner: QPointF, text: str, font: QFont, right: float) -> None:
    """White words on a scrim, whose lower left corner is `corner`; never beyond `right`."""
    metrics = QFontMetricsF(font)
    room = metrics.horizontalAdvance(text) + 20
    box = QRectF(corner.x(), corner.y() - metrics.height() - 6, room, metrics.height() + 6)
    box.moveLeft(max(0.0, min(box.left(), right - room)))
    box.moveTop(max(0.0, box.top()))
    painter.fillRect(box, QColor(PICTURE["scrim"]))
    painter.setFont(font)
    painter.setPen(QColor(PICTURE["on_scrim"]))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _line_px(painter: QPainter) -> int:
    """Device pixels of a line that is one logical pixel wide."""
    return max(1, round(painter.device().devicePixelRatio()))
