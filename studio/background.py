"""Work for threads, whose results come back into the window's thread."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtCore import Slot as QtSlot

from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_THREADS = 2  # a save need not wait for a look at the disk


class Background(QObject):
    """For files, not for models: those have their lanes, and may be busy for minutes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="ThreadPool-files")
        self._is_finished = False
        # Without a parent: a thread may hold it a moment longer than this object lives.
        self._relay = _Relay()
        # Queued even where the work is done before anybody could look: `done` never comes inside
        # of `run`.
        self._relay.ended.connect(self._on_relay_ended, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[ProjectError], object] | None = None,
    ) -> None:
        """Begins `work` in a thread; `done` with what it returns, or `failed`, follows in ours.

        Anything else that it raises, and a ProjectError without `failed`, is raised in ours.
        """
        if self._is_finished:
            _hand_out(work, done, failed)
        else:
            future = self._pool.submit(work)
            future.add_done_callback(partial(_tell, self._relay, done, failed))

    def finish(self) -> None:
        """Waits for all that was begun, and hands it out; what is run later is done at once."""
        self._is_finished = True
        self._pool.shutdown()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    @QtSlot(object, object, object)
    def _on_relay_ended(
        self,
        future: Future[Any],
        done: Callable[[Any], object],
        failed: Callable[[ProjectError], object] | None,
    ) -> None:
        _hand_out(future.result, done, failed)


class _Relay(QObject):
    ended = Signal(object, object, object)


def _tell(
    relay: _Relay,
    done: Callable[[Any], object],
    failed: Callable[[ProjectError], object] | None,
    future: Future[Any],
) -> None:
    relay.ended.emit(future, done, failed)


def _hand_out(
    work: Callable[[], T],
    done: Callable[[T], object],
    failed: Callable[[ProjectError], object] | None,
) -> None:
    try:
        result = work()
    except ProjectError as error:
        if failed is None:
            raise
        failed(error)
    else:
        done(result)
