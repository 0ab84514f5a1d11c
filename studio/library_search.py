"""Looks through the library's index beside the GUI thread, and sees when it has changed."""

from __future__ import annotations

import logging
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, QTimer, Signal

from studio.library_query import LibraryReader, Query

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)

_LOOK_AGAIN_MS = 1000


class LibrarySearch(QObject):
    """Answers the newest question only.

    Signals:
        found: the query and what it found (`library_query.Found`).
        failed: the index could not be read; why.
    """

    found = Signal(object, object)
    failed = Signal(str)

    def __init__(self, db_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = Query()
        self._number = 0
        self._busy = False
        self._desk = _Desk(db_path)
        # Without a parent: a worker may hold it a moment longer than the search lives.
        self._relay = _Relay()
        self._relay.answered.connect(self._on_relay_answered)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        # At its own end the pool would wait for the worker with the interpreter's lock in its
        # hand, which that needs.
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self.finish)

    def find(self, query: Query) -> None:
        """Begins to look; `found` or `failed` follows unless another call comes first."""
        self._query = query
        self._number += 1
        self._pool.clear()
        self._start(always=True)

    def watch(self, on: bool) -> None:
        """While on, `found` is also told when anybody has changed the index, within a second."""
        if on:
            self._timer.start()
        else:
            self._timer.stop()

    def finish(self) -> None:
        """Waits for what is being looked for and closes the index."""
        self._timer.stop()
        self._pool.clear()
        self._pool.waitForDone()
        self._desk.close()

    def _start(self, always: bool) -> None:
        self._busy = True
        self._pool.start(_Look(self._desk, self._relay, self._number, self._query, always))

    def _on_timer_timeout(self) -> None:
        if not self._busy:
            self._start(always=False)

    def _on_relay_answered(self, number: int, query: object, answer: object) -> None:
        if number != self._number:
            return
        self._busy = False
        if isinstance(answer, str):
            self.failed.emit(answer)
        elif answer is not None:
            self.found.emit(query, answer)


class _Desk:
    """The reader and the state of the index it has seen; used by one worker at a time."""

    def __init__(self, db_path: Path) -> None:
        self._path = db_path
        self._reader: LibraryReader | None = None
        self._version = -1

    def look(self, query: Query, always: bool) -> object:
        """What was found, None where nothing has changed, or a sentence."""
        try:
            if self._reader is None:
                self._reader = LibraryReader(self._path)
            version = self._reader.version()
            if version == self._version and not always:
                return None
            found = self._reader.find(query, datetime.now().astimezone())
        except sqlite3.Error as error:
            _log.warning("the index of the library cannot be read", exc_info=True)
            return str(error)
        self._version = version
        return found

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


class _Relay(QObject):
    answered = Signal(int, object, object)


class _Look(QRunnable):
    def __init__(self, desk: _Desk, relay: _Relay, number: int, query: Query, always: bool) -> None:
        super().__init__()
        self._desk, self._relay = desk, relay
        self._number, self._query, self._always = number, query, always

    def run(self) -> None:
        answer = self._desk.look(self._query, self._always)
        self._relay.answered.emit(self._number, self._query, answer)
