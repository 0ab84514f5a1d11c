"""A part of the canvas as a small picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from studio.canvas.composite import soon
from studio.canvas.mips import MAX_LEVEL
from studio.canvas.tiling import COLOUR, indices, tile_rect

if TYPE_CHECKING:
    from studio.canvas.composite import Composite

_PATIENCE = 0.02  # seconds; after it what is missing is drawn roughly


def seen_part(composite: Composite, rect: QRect, pixels: QSize) -> QImage:
    """What is seen at `rect` of the canvas, `pixels` large; transparent where there is nothing."""
    scale = min(pixels.width() / rect.width(), pixels.height() / rect.height())
    level = min(MAX_LEVEL, max(0, math.floor(math.log2(1 / scale)))) if scale < 1 else 0
    side = 1 << level
    image = QImage(pixels, COLOUR)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(pixels.width() * side / rect.width(), pixels.height() * side / rect.height())
    painter.translate(-QPointF(rect.topLeft()) / side)
    deadline = soon(_PATIENCE)
    shrunk = QRectF(QPointF(rect.topLeft()) / side, rect.size().toSizeF() / side)
    for index in indices(shrunk.toAlignedRect()):
        tile, _ = composite.tile(level, index, deadline)
        if tile is not None:
            painter.drawImage(QPointF(tile_rect(index).topLeft()), tile)
    painter.end()
    return image
