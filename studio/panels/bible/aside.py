"""Work on the project that takes a while, away from the GUI thread, one piece after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal

from studio.document.errors import ProjectError

Result = TypeVar("Result")


class Aside(QObject):
    """Signals:
    refused: a piece could not be done: the ProjectError.
    """

    refused = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # Without a parent: a worker may hold it a moment longer than this lives.
        self._relay = _Relay()
        self._relay.done.connect(self._on_relay_done)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        # At its own end the pool would wait for workers with the interpreter's lock in its hand.
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self.finish)

    def run(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Does `work` in a thread, then hands its result to `done` in this one.

        A ProjectError of it is `refused`; nothing else may be raised.
        """
        self._pool.start(_Work(work, done, self._relay))

    def finish(self) -> None:
        """Waits for all that was begun."""
        self._pool.waitForDone()

    def _on_relay_done(self, result: Any, done: Callable[[Any], None]) -> None:
        if isinstance(result, ProjectError):
            self.refused.emit(result)
        else:
            done(result)


class _Relay(QObject):
    done = Signal(object, object)


class _Work(QRunnable):
    def __init__(self, work: Callable[[], Any], done: Callable[[Any], None], relay: _Relay) -> None:
        super().__init__()
        self._work, self._done, self._relay = work, done, relay

    def run(self) -> None:
        try:
            result = self._work()
        except ProjectError as error:
            result = error
        self._relay.done.emit(result, self._done)
