"""The round footprint of a brush, with a soft or a hard edge."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRadialGradient

from studio.canvas.tiling import GREY

_PHASES = 4  # places between two pixels where a small dab can stand
_LARGE = 24.0  # pixels: from there on no eye sees half a pixel
_STOPS = 8


def dab(at: QPointF, size: float, hardness: float) -> tuple[QPoint, QImage]:
    """Where the dab's picture begins, and the picture: 0 to 255 of coverage in Grayscale8.

    `size` is the diameter in pixels (at least 1); full coverage reaches from the middle to
    `hardness` (0 to 1) of the radius, then falls smoothly to nothing at the radius.
    """
    if size <= 1.5:
        return QPoint(math.floor(at.x()), math.floor(at.y())), _pixel()
    step = 1 / _PHASES if size < _LARGE else 1.0
    size = round(size * 4) / 4 if size < _LARGE else round(size)
    side = math.ceil(size) + 2
    left, top = at.x() - side / 2, at.y() - side / 2
    corner = QPoint(math.floor(left), math.floor(top))
    phase = (
        math.floor((left - corner.x()) / step) * step + step / 2,
        math.floor((top - corner.y()) / step) * step + step / 2,
    )
    return corner, _footprint(size, round(hardness, 2), side, phase)


def inverted(image: QImage) -> QImage:
    """What is left where the dab erases."""
    copy = QImage(image)
    copy.invertPixels()
    return copy


def area(at: QPointF, size: float) -> QRect:
    """What a dab can touch."""
    half = size / 2 + 2
    left, top = math.floor(at.x() - half), math.floor(at.y() - half)
    side = math.ceil(2 * half) + 1
    return QRect(left, top, side, side)


@lru_cache(maxsize=1)
def _pixel() -> QImage:
    image = QImage(1, 1, GREY)
    image.fill(255)
    return image


# A person has few brushes; with pressure each has some sizes. The largest takes 4 MB.
@lru_cache(maxsize=32)
def _footprint(size: float, hardness: float, side: int, phase: tuple[float, float]) -> QImage:
    image = QImage(side, side, GREY)
    image.fill(0)
    middle = QPointF(side / 2 + phase[0] - 0.5, side / 2 + phase[1] - 0.5)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    # The last pixel of the edge belongs to antialiasing.
    if hardness >= 1 - 2 / size:
        painter.setBrush(QColor(255, 255, 255))
    else:
        gradient = QRadialGradient(middle, size / 2)
        for stop in range(_STOPS + 1):
            part = stop / _STOPS
            cover = 1 - part * part * (3 - 2 * part)  # smoothstep
            grey = QColor(255, 255, 255, round(255 * cover))
            gradient.setColorAt(hardness + (1 - hardness) * part, grey)
        painter.setBrush(gradient)
    painter.drawEllipse(middle, size / 2, size / 2)
    painter.end()
    return image
