"""Where the canvas lies on the screen: zoom and position, in device pixels."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF

from studio.canvas.mips import MAX_LEVEL

LOWEST, HIGHEST = 0.05, 32.0
"""Device pixels to a pixel of the canvas."""

_STEPS = (0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32)
_MARGIN = 16  # device pixels around a canvas that fits
_KEPT = 64  # device pixels of the canvas that stay in view, however far it is moved


class Viewport:
    """Maps between the canvas and a window on it of `size` device pixels."""

    def __init__(self) -> None:
        self.zoom = 1.0
        self.origin = QPointF()
        """Where the canvas's pixel (0, 0) begins, in device pixels of the window."""
        self.size = QSize()
        self.canvas = QSize(1, 1)
        self.fits = True
        """Whether all of the canvas is to be seen, whatever the window's size."""

    @property
    def level(self) -> int:
        """Which of the smaller views is looked at: it is never enlarged below 100 %."""
        if self.zoom >= 1:
            return 0
        return min(MAX_LEVEL, math.floor(math.log2(1 / self.zoom) + 1e-9))

    def to_canvas(self, point: QPointF) -> QPointF:
        return (point - self.origin) / self.zoom

    def to_window(self, point: QPointF) -> QPointF:
        return point * self.zoom + self.origin

    def rect_to_window(self, rect: QRectF) -> QRectF:
        return QRectF(self.to_window(rect.topLeft()), rect.size() * self.zoom)

    def rect_to_canvas(self, rect: QRect) -> QRect:
        """All pixels of the canvas that are seen in a part of the window."""
        exact = QRectF(self.to_canvas(QPointF(rect.topLeft())), QSizeF(rect.size()) / self.zoom)
        return exact.toAlignedRect().intersected(QRect(0, 0, *_sides(self.canvas)))

    def fit(self) -> None:
        """Shows all of the canvas, never enlarged."""
        self.fits = True
        width, height = _sides(self.size)
        wide, high = _sides(self.canvas)
        room = max(1, width - 2 * _MARGIN) / wide, max(1, height - 2 * _MARGIN) / high
        self.zoom = min(1.0, max(LOWEST, min(room)))
        self.centre_on(QPointF(wide / 2, high / 2))
        self.fits = True

    def set_zoom(self, zoom: float, at: QPointF) -> None:
        """Zooms so that what lies under `at` (in the window) stays there."""
        under = self.to_canvas(at)
        self.fits = False
        self.zoom = min(HIGHEST, max(LOWEST, zoom))
        self.origin = at - under * self.zoom
        self._keep_in_view()

    def step(self, direction: int, at: QPointF) -> None:
        """To the next round zoom in that direction (1 nearer, -1 farther)."""
        if direction > 0:
            wanted = next((step for step in _STEPS if step > self.zoom * 1.001), HIGHEST)
        else:
            lower = [step for step in _STEPS if step < self.zoom * 0.999]
            wanted = lower[-1] if lower else LOWEST
        self.set_zoom(wanted, at)

    def centre_on(self, point: QPointF) -> None:
        """Brings this point of the canvas into the middle of the window."""
        middle = QPointF(self.size.width() / 2, self.size.height() / 2)
        self.fits = False
        self.origin = middle - point * self.zoom
        self._keep_in_view()

    def move(self, way: QPointF) -> None:
        """Moves the canvas by device pixels."""
        self.fits = False
        self.origin += way
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        """Whole device pixels, so that 100 % is sharp; never so far that nothing is seen."""
        wide, high = (side * self.zoom for side in _sides(self.canvas))
        kept_x, kept_y = min(_KEPT, wide), min(_KEPT, high)
        self.origin = QPointF(
            round(min(self.size.width() - kept_x, max(kept_x - wide, self.origin.x()))),
            round(min(self.size.height() - kept_y, max(kept_y - high, self.origin.y()))),
        )


def _sides(size: QSize) -> tuple[int, int]:
    return size.width(), size.height()
