"""Work with files, one thing after the other, while the window goes on."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.background import Background
    from studio.document.errors import ProjectError

T = TypeVar("T")


class Turns(QObject):
    """A step runs in the window's thread when it is its turn, and may go on in another one.

    It is a function that gives back whether it did so, by `begin`; the next step waits for that. A
    step that asks the person something keeps the others waiting too.

    Signals:
        busy_changed: what is done now, as a sentence ("Saving…"), or "".
    """

    busy_changed = Signal(str)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._waiting: deque[Callable[[], bool]] = deque()
        self._is_taken = self._is_closed = False

    @property
    def is_taken(self) -> bool:
        """Whether a step is under way."""
        return self._is_taken

    @property
    def has_waiting(self) -> bool:
        return bool(self._waiting)

    @property
    def is_closed(self) -> bool:
        """Whether no step will ever begin any more."""
        return self._is_closed

    def take(self, step: Callable[[], bool]) -> None:
        """Now, or behind what waits."""
        self._waiting.append(step)
        self._next()

    def take_next(self, step: Callable[[], bool]) -> None:
        """Before everything that waits; to be called in what a step is followed by."""
        self._waiting.appendleft(step)

    def begin(
        self,
        sentence: str,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[ProjectError], object],
    ) -> bool:
        """Goes on in a thread; `done` or `failed` follows in this one. Gives back True."""
        self._background.run(work, partial(self._end, done), partial(self._end, failed))
        self.busy_changed.emit(sentence)
        return True

    def close(self) -> None:
        """Waits for what is under way; the rest is forgotten."""
        self._waiting.clear()
        self._is_closed = True
        self._background.finish()

    def _next(self) -> None:
        while self._waiting and not self._is_taken and not self._is_closed:
            self._is_taken, goes_on = True, False
            try:
                goes_on = self._waiting.popleft()()
            finally:
                self._is_taken = goes_on

    def _end(self, then: Callable[[Any], object], result: Any) -> None:
        self.busy_changed.emit("")
        try:
            then(result)  # it may ask something: the others go on waiting
        finally:
            self._is_taken = False
        self._next()
