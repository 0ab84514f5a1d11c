"""Smaller views of a plane, each half as large as the one before, kept up to date in parts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from studio.canvas.tiling import TILE

if TYPE_CHECKING:
    from studio.canvas.plane import Plane
    from studio.canvas.tiling import Index

MAX_LEVEL = 4
"""The smallest view is 1/16 of a side: enough for the smallest zoom of 5 %."""


class Mips:
    """Tiles of the levels 1 to `MAX_LEVEL`; each pixel is the mean of four of the level below.

    A view is made when it is first asked for, and refreshed from then on. Together the views take
    at most a third of the plane's own bytes.
    """

    def __init__(self, plane: Plane) -> None:
        self._plane = plane
        self._tiles: list[dict[Index, QImage]] = [{} for _ in range(MAX_LEVEL + 1)]

    def tile(self, level: int, index: Index) -> QImage | None:
        """The tile as it is kept; None where it is empty or was not made yet."""
        return self._plane.tiles.get(index) if level == 0 else self._tiles[level].get(index)

    def make(self, level: int, index: Index, deadline: float) -> bool:
        """Makes a tile and those it comes of; False where `deadline` was not enough.

        `deadline` is a time of `time.perf_counter`.
        """
        if level == 0 or index in self._tiles[level]:
            return True
        below = [child for child in _children(index) if not self._is_empty(level - 1, child)]
        for child in below:
            if not self.make(level - 1, child, deadline):
                return False
        if time.perf_counter() > deadline:
            return False
        if below:
            self._tiles[level][index] = self._plane.blank()
            for child in below:
                self._halve(level, child, QRect(0, 0, TILE, TILE))
        return True

    def clear(self) -> None:
        """Forgets all; they are made anew when they are asked for."""
        for tiles in self._tiles:
            tiles.clear()

    def refresh(self, index: Index, part: QRect) -> None:
        """This part of a tile of the plane is another now."""
        highest = max((level for level in range(1, MAX_LEVEL + 1) if self._tiles[level]), default=0)
        for level in range(1, highest + 1):
            parent = _parent(index)
            if parent not in self._tiles[level]:
                self._tiles[level][parent] = self._plane.blank()
                for child in _children(parent):
                    if self.make(level - 1, child, float("inf")):
                        self._halve(level, child, QRect(0, 0, TILE, TILE))
            self._halve(level, index, part)
            corner = (index[0] % 2 * TILE // 2, index[1] % 2 * TILE // 2)
            part = _halved(part).translated(*corner)
            index = parent

    def _is_empty(self, level: int, index: Index) -> bool:
        if level == 0:
            return index not in self._plane.tiles
        side = 1 << level
        left, top = index[0] * side, index[1] * side
        return not any(
            (column, row) in self._plane.tiles
            for row in range(top, top + side)
            for column in range(left, left + side)
        )

    def _halve(self, level: int, child: Index, part: QRect) -> None:
        """Draws a part of the tile `child` of the level below into its parent."""
        target = _halved(part)
        source = QRect(target.left() * 2, target.top() * 2, target.width() * 2, target.height() * 2)
        corner = (child[0] % 2 * TILE // 2, child[1] % 2 * TILE // 2)
        painter = QPainter(self._tiles[level][_parent(child)])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        image = self.tile(level - 1, child) or self._plane.blank()
        painter.drawImage(QRectF(target.translated(*corner)), image, QRectF(source))
        painter.end()


def _parent(index: Index) -> Index:
    return index[0] // 2, index[1] // 2


def _children(index: Index) -> list[Index]:
    return [(index[0] * 2 + dx, index[1] * 2 + dy) for dy in (0, 1) for dx in (0, 1)]


def _halved(part: QRect) -> QRect:
    left, top = part.left() // 2, part.top() // 2
    return QRect(left, top, part.right() // 2 - left + 1, part.bottom() // 2 - top + 1)
