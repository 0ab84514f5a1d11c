"""The picture before and after, with the progress on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent

from studio.widgets.compare_view import CompareView
from studio.widgets.picture_cell import paint_bar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.widgets.picture_loader import PictureLoader


class Stage(CompareView):
    """Shows only the first picture while it is held."""

    def __init__(self, name: str, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(name, loader, parent)
        self._fraction: float | None = None
        self._before_hold: float | None = None

    def set_progress(self, fraction: float | None) -> None:
        """A bar at the picture's foot, 0 to 1; None for none."""
        if fraction != self._fraction:
            self._fraction = fraction
            self.update()

    def hold(self, on: bool) -> None:
        """The original alone, until it is let go."""
        if on and self._before_hold is None:
            self._before_hold = self.split
            self.set_split(1)
        elif not on and self._before_hold is not None:
            self.set_split(self._before_hold)
            self._before_hold = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._fraction is None:
            return
        painter = QPainter(self)
        seen = self.seen()
        shape = QPainterPath()
        shape.addRect(seen)
        paint_bar(painter, seen, shape, self._fraction)
        painter.end()
