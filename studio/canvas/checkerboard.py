"""The pattern that stands for transparency."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from studio.tokens import PICTURE

_SQUARE = 8  # logical pixels


def checkerboard(ratio: float = 1.0) -> QBrush:
    """Squares of two greys for a screen of `ratio` device pixels to one, in device pixels."""
    return QBrush(_pattern(round(_SQUARE * ratio)))


@lru_cache(maxsize=4)
def _pattern(side: int) -> QImage:
    image = QImage(2 * side, 2 * side, QImage.Format.Format_RGB32)
    image.fill(QColor(PICTURE["check_light"]))
    painter = QPainter(image)
    for corner in (0, side):
        painter.fillRect(corner, corner, side, side, QColor(PICTURE["check_dark"]))
    painter.end()
    return image
