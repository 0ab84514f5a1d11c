"""One scarce resource: a thread that feeds a driver and carries its events to the window."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal
from PySide6.QtCore import Slot as QtSlot

from pipelines import api
from studio.jobs.job import Job, JobState

if TYPE_CHECKING:
    from pipelines.driver import Driver


log = logging.getLogger(__name__)


class Lane(QThread):
    """Start it after the first paint: its child imports meanwhile.

    With `rests_after` its child is started for the first job only, and ended when there was none
    for so many seconds: it gives back all its memory, and the next job has to load again.

    Events come in one relayed signal. A preview that the window has not taken yet is replaced by
    the next one of its picture, so a busy window is never handed old ones.
    """

    _arrived = Signal()

    def __init__(
        self,
        driver: Driver,
        parent: QObject | None = None,
        *,
        rests_after: float | None = None,
    ) -> None:
        super().__init__(parent)
        self._driver, self._rests_after = driver, rests_after
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._events: deque[tuple[Job, api.Body]] = deque()
        self._guard = threading.Lock()
        self._closing = False
        self._arrived.connect(self._on_arrived)  # queued: runs in the window's thread

    @property
    def driver(self) -> Driver:
        return self._driver

    def submit(self, job: Job) -> Job:
        """Puts the job behind the ones that wait; a lane that shuts down cancels it at once."""
        if self._closing:
            job.apply(api.Cancelled())
        else:
            job.cancel_requested.connect(self._on_cancel_requested)
            self._jobs.put(job)
        return job

    def stop(self) -> None:
        """Cancels everything and returns; `shutdown` then waits for it."""
        self._closing = True
        self._driver.stop()
        with contextlib.suppress(queue.Empty):  # our thread may be quicker: never wait here
            while True:
                if (job := self._jobs.get_nowait()) is not None:
                    job.apply(api.Cancelled())
        self._jobs.put(None)

    def shutdown(self) -> None:
        """Cancels everything and joins; every job has settled when it returns."""
        if not self._closing:
            self.stop()
        self.wait()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        self._on_arrived()  # the running job's end

    def _on_cancel_requested(self) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        if job.state is JobState.QUEUED:  # nobody has to wait for the jobs before it
            job.apply(api.Cancelled())

    @QtSlot()
    def _on_arrived(self) -> None:
        with self._guard:
            events, self._events = self._events, deque()
        for job, body in events:
            job.apply(body)

    def _relay(self, job: Job, body: api.Body) -> None:
        """In the lane's thread: one posted signal for all that waits."""
        with self._guard:
            if isinstance(body, api.Preview):
                self._events = deque(
                    entry for entry in self._events if not _is_older(entry, job, body)
                )
            self._events.append((job, body))
            first = len(self._events) == 1
        if first:
            self._arrived.emit()

    def run(self) -> None:
        if self._rests_after is None:
            with contextlib.suppress(OSError):  # each job tries again, and says what is wrong
                self._driver.start()
        while (job := self._next()) is not None:
            try:
                for body in self._driver.run(job.ticket):
                    self._relay(job, job.brought_home(body))
            except OSError as error:  # no process or no memory for one
                log.exception("no child for %s", job.title)
                self._relay(
                    job,
                    api.Failed(
                        "no_child",
                        f"The generator could not be started: {error}.",
                        "Close other programs, then retry.",
                    ),
                )
            except Exception as error:  # a job that breaks must not end the lane
                log.exception("the lane failed with %s", job.title)
                self._relay(job, api.Failed.unexpected(error))
        self._driver.close()

    def _next(self) -> Job | None:
        """In the lane's thread: waits for a job; None ends the lane."""
        try:
            return self._jobs.get(timeout=self._rests_after)
        except queue.Empty:
            self._driver.kill()
            return self._jobs.get()


def _is_older(entry: tuple[Job, api.Body], job: Job, preview: api.Preview) -> bool:
    waiting_job, body = entry
    return waiting_job is job and isinstance(body, api.Preview) and body.part == preview.part
