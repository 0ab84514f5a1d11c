"""Who wants to know of changes, in plain Python."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from studio.document.documents import Changes

Observer = Callable[[Changes, object], None]
"""Gets the changes and who made them, so that a view can leave its own ones alone."""


class Observers:
    """Tells each observer of each change, in the order in which the changes were made."""

    def __init__(self) -> None:
        self._observers: list[Observer] = []
        self._waiting: deque[tuple[Changes, object]] = deque()
        self._telling = False

    def add(self, observer: Observer) -> Callable[[], None]:
        """Returns the function that ends it; calling that twice is no error."""
        self._observers.append(observer)

        def remove() -> None:
            if observer in self._observers:
                self._observers.remove(observer)

        return remove

    def tell(self, changes: Changes, initiator: object) -> None:
        """An observer may make changes itself: all are told of the first before the second.

        What an observer raises is the caller's; the observers after it are not told.
        """
        self._waiting.append((changes, initiator))
        if self._telling:
            return
        self._telling = True
        try:
            while self._waiting:
                told = self._waiting.popleft()
                for observer in tuple(self._observers):
                    observer(*told)
        finally:
            self._telling = False
