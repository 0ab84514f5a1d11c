"""Where the mask lies and how much of the picture it takes, measured when the person pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer, Signal

from studio.canvas import mask_work
from studio.canvas.mask_share import MaskShare

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

_PAUSE_MS = 120


class MaskWatch(QObject):
    """`area` holds all that is masked, in pixels of the canvas; `share` is 0 to 1.

    Signals:
        measured: they may be others now.
    """

    measured = Signal()

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._counter = canvas, MaskShare()
        self.area, self.share = QRect(), 0.0
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.measure)
        canvas.pixels_changed.connect(self._timer.start)
        canvas.state_changed.connect(self._timer.start)

    def measure(self) -> None:
        """Now."""
        self._timer.stop()
        self.area = mask_work.area(self._canvas)
        self.share = self._counter.of(self._canvas) if not self.area.isEmpty() else 0.0
        self.measured.emit()
