"""What becomes of jobs, written down: a disk that is full is said, and costs no job."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.jobs.job import JobState
from studio.jobs.store import JobError, JobStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines import api
    from studio.jobs.home import Home
    from studio.jobs.job import Job
    from studio.jobs.store import JobStore

log = logging.getLogger(__name__)

_STATUS = {
    JobState.SUCCEEDED: JobStatus.DONE,
    JobState.FAILED: JobStatus.FAILED,
    JobState.CANCELLED: JobStatus.CANCELLED,
}


class Ledger(QObject):
    """The rows of jobs that are in the queue. Nothing here raises: the lists in memory go on.

    Signals: `failed` with the reason when something could not be written down.
    """

    failed = Signal(str)

    def __init__(self, store: JobStore, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._home = store, home

    def begin(self, job: Job) -> None:
        with self._writing():
            self._store.begin(job.id)

    def cancel(self, job: Job) -> None:
        """Before the worker is told, so that no late result wins."""
        with self._writing():
            self._store.cancel(job.id)

    def settle(self, job: Job) -> None:
        failed = job.failure
        error = JobError(failed.code, failed.message, failed.hint) if failed else None
        with self._writing():
            self._store.finish(job.id, _STATUS[job.state], error)

    def move(self, job: Job, before: Job | None) -> bool:
        """Puts a waiting job before another one, or at the end; False if it stays where it is."""
        with self._writing():
            self._store.move(job.id, before.id if before is not None else None)
            return True
        return False

    def remove(self, job: Job) -> None:
        with self._writing():
            self._store.remove(job.id)

    def add_picture(self, job: Job, picture: api.Picture) -> None:
        """Takes note of a finished picture, in the library and with its job."""
        with self._writing():
            self._home.enter(job.id, picture, job.request)
            self._store.append_result(job.id, asdict(picture))

    def finished(self, job: Job) -> frozenset[int]:
        """The numbers of the finished pictures that were noted with the job."""
        with self._writing():
            row = self._store.get(job.id)
            results = row.results if row else ()
            return frozenset(each["index"] for each in results if isinstance(each, dict))
        return frozenset()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            log.warning("the queue could not be written", exc_info=True)
            self.failed.emit(str(error))
