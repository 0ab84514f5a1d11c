"""How much of the canvas is masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.canvas.tiling import TILE, Index, indices, tile_rect
from studio.images import to_grey

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from studio.canvas.canvas import Canvas


class MaskShare:
    """Counts each tile once until it changes: some 0.2 ms for each that did."""

    def __init__(self) -> None:
        self._sums: dict[tuple[Index, int], int] = {}

    def of(self, canvas: Canvas) -> float:
        """0 to 1; a pixel that is masked by half counts half."""
        state = canvas.state
        plane = state.mask.plane
        frame = state.rect.translated(-state.mask.offset)
        known, self._sums = self._sums, {}
        total = 0
        for index in indices(frame):
            place = tile_rect(index).intersected(frame)
            tile = plane.tiles.get(index)
            if tile is None:
                total += plane.fill * place.width() * place.height()
            elif place.width() < TILE or place.height() < TILE:
                total += _sum(plane.read(place))
            else:
                key = index, tile.cacheKey()
                self._sums[key] = known[key] if key in known else _sum(tile)
                total += self._sums[key]
        return total / (255 * state.width * state.height)


def _sum(image: QImage) -> int:
    return sum(value * count for value, count in enumerate(to_grey(image).histogram()))
