"""How pixels are cut into tiles, and the two formats they have."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage

TILE = 256
"""Pixels a side of a tile."""

COLOUR = QImage.Format.Format_ARGB32_Premultiplied
"""Exact for opaque pixels. Others are rounded once when a picture is read, and never again."""

GREY = QImage.Format.Format_Grayscale8

Index = tuple[int, int]
"""Column and row of a tile; tile (0, 0) begins at the plane's origin, negative ones lie before."""


def tile_rect(index: Index) -> QRect:
    """Where the tile lies on its plane."""
    return QRect(QPoint(index[0] * TILE, index[1] * TILE), QSize(TILE, TILE))


def indices(rect: QRect) -> Iterator[Index]:
    """Of all tiles that `rect` touches, row by row."""
    if rect.isEmpty():
        return
    for row in range(rect.top() // TILE, rect.bottom() // TILE + 1):
        for column in range(rect.left() // TILE, rect.right() // TILE + 1):
            yield column, row
