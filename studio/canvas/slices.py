"""Long work on pixels in slices, one piece after the other, while the window goes on."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")

_SLICE = 0.008  # seconds


class Slices(QObject):
    """Unlike `Canvas.work` it leaves the canvas free: its work is about what was, not what is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[Generator[None, None, Any], Callable[[Any], object]]] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def busy(self) -> bool:
        return bool(self._waiting)

    def run(self, work: Generator[None, None, T], done: Callable[[T], object]) -> None:
        """Does `work`, which yields at least every 8 ms, and hands what it returns to `done`."""
        self._waiting.append((work, done))
        self._timer.start()

    def finish(self) -> None:
        """Does all of it now, however long that takes."""
        while self._waiting:
            self._step()

    def drop(self) -> None:
        """Gives all of it up; nothing of it is `done`."""
        for work, _ in self._waiting:
            work.close()
        self._waiting.clear()

    def _step(self) -> None:
        work, done = self._waiting[0]
        try:
            next(work)
        except StopIteration as end:
            self._waiting.popleft()
            done(end.value)

    def _on_timer_timeout(self) -> None:
        until = time.perf_counter() + _SLICE
        while self._waiting and time.perf_counter() < until:
            self._step()
        if not self._waiting:
            self._timer.stop()
