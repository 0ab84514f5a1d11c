"""The job queue of the window: keeps the rows, feeds the lanes, brings finished pictures home."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pipelines import api, codec
from pipelines.how import How
from studio import registry
from studio.jobs.home import rescue_pictures
from studio.jobs.inputs import inputs_of, rest_of, with_kept_inputs
from studio.jobs.job import Job, JobState
from studio.jobs.ledger import Ledger
from studio.jobs.store import JobStatus, JobStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from studio.jobs.home import Home
    from studio.jobs.lane import Lane
    from studio.jobs.spool import Spool

log = logging.getLogger(__name__)


class JobService(QObject):
    """One queue for all lanes, on disk at every moment. Lives in the GUI thread.

    Signals: `job_added` for each new, restored or retried job; `job_removed` when one leaves the
    lists; `queue_changed` when any list or its order changed; `pause_changed` with whether the
    queue stands; `storage_failed` with the reason when something could not be written down.
    """

    job_added = Signal(Job)
    job_removed = Signal(Job)
    queue_changed = Signal()
    pause_changed = Signal(bool)
    stop_after_current_changed = Signal(bool)
    storage_failed = Signal(str)

    def __init__(
        self,
        store: JobStore,
        spool: Spool,
        home: Home,
        how: Callable[[], How] = How,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._spool = store, spool
        self._lanes: dict[str, Lane] = {}
        self._aside: list[tuple[str, Job]] = []
        self._home, self._how = home, how
        self._ledger = Ledger(store, home, self)
        self._ledger.failed.connect(self.storage_failed)
        self._waiting: list[Job] = []
        self._running: dict[str, Job] = {}
        self._stopped: list[Job] = []
        self._paused = self._stop_after_current = self._closing = False

    # ---- what there is

    def waiting(self) -> list[Job]:
        """Jobs that have not begun, in the order in which they will."""
        return list(self._waiting)

    def running(self) -> list[Job]:
        return list(self._running.values())

    def stopped(self) -> list[Job]:
        """Jobs that failed or were interrupted; they can be retried."""
        return list(self._stopped)

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def stop_after_current(self) -> bool:
        return self._stop_after_current

    # ---- what can be done

    def submit(self, request: Any, *, title: str) -> Job:
        """Puts a request at the end of the queue; the job fails at once if that cannot be done."""
        job_id = uuid.uuid4().hex
        try:
            request = with_kept_inputs(request, self._spool)
            folder = self._spool.folder_for(job_id)
            self._store.add(
                lane=registry.pipeline(request.kind).lane,
                kind=request.kind,
                title=title,
                request=codec.to_json(request),
                job_id=job_id,
            )
        except (OSError, sqlite3.Error) as error:
            log.warning("cannot queue %s", title, exc_info=True)
            return self._refused(request, title, error)
        job = self._job(job_id, request, title, folder)
        self._waiting.append(job)
        self.job_added.emit(job)
        self.queue_changed.emit()
        self._feed()
        return job

    def move(self, job: Job, index: int) -> None:
        """Puts a waiting job at `index` of the waiting ones."""
        if job not in self._waiting:
            return
        others = [other for other in self._waiting if other is not job]
        index = max(0, min(index, len(others)))
        if self._ledger.move(job, others[index] if index < len(others) else None):
            others.insert(index, job)
            self._waiting = others
        self.queue_changed.emit()

    def remove(self, job: Job) -> None:
        """Takes a waiting job out of the queue, or a stopped one off the list."""
        if job in self._waiting:
            job.cancel()
        elif job in self._stopped:
            self._stopped.remove(job)
            self._ledger.remove(job)
            self._leave(job)

    def retry(self, job: Job) -> Job:
        """Queues what a failed or interrupted job still owes, at the end.

        Its finished pictures stay: the rest has the seeds that come after theirs. If it cannot be
        queued, the job stays where it was.
        """
        rest = rest_of(job.request, self._ledger.finished(job))
        new = self.submit(rest, title=job.title)
        if not new.is_settled:
            self.remove(job)
        return new

    def set_paused(self, on: bool) -> None:
        """While paused, nothing new starts; what runs goes on."""
        if on != self._paused:
            self._paused = on
            self.pause_changed.emit(on)
            self._feed()

    def set_stop_after_current(self, on: bool) -> None:
        """Pauses the queue when the running job has settled."""
        if on != self._stop_after_current:
            self._stop_after_current = on
            self.stop_after_current_changed.emit(on)

    # ---- begin and end

    def restore(self) -> None:
        """Once, at the start: brings back what an earlier run left; the queue then stands.

        Raises OSError or sqlite3.Error when the program's own files cannot be used.
        """
        stopped, waiting = self._store.recover()
        rescue_pictures(self._spool, self._home)
        for row in (*stopped, *waiting):
            try:
                request = codec.from_json(row.request)
                job = self._job(row.id, request, row.title, self._spool.folder_for(row.id))
            except (codec.CodecError, KeyError):
                log.warning("the queue holds a job this version cannot run: %s", row.title)
                self._store.remove(row.id)
                continue
            if row.status is JobStatus.WAITING:
                self._waiting.append(job)
            else:
                self._stopped.append(job)
                job.stopped_earlier(api.Failed(*astuple(row.error)) if row.error else None)
            self.job_added.emit(job)
        self._spool.sweep(
            [job.id for job in (*self._waiting, *self._stopped)],
            [name for job in (*self._waiting, *self._stopped) for name in inputs_of(job.request)],
        )
        if self._waiting:
            self.set_paused(True)
        self.queue_changed.emit()

    def start(self, lanes: Mapping[str, Lane]) -> None:
        """Starts the lanes; after the first paint, their children take the processor."""
        self._lanes = dict(lanes)
        for lane in self._lanes.values():
            lane.start()
        for name, job in self._aside:
            self._lanes[name].submit(job)
        self._aside.clear()
        self._feed()

    def run_aside(self, lane: str, job: Job) -> Job:
        """Runs a job that nobody needs to find again, as a warm-up, before the queue's next."""
        if self._closing:
            job.apply(api.Cancelled())
        elif self._lanes:
            self._lanes[lane].submit(job)
        else:
            self._aside.append((lane, job))
        return job

    def shutdown(self) -> None:
        """Ends every lane; what ran is found interrupted and what waits is found waiting."""
        if self._closing:
            return
        self._closing = True
        for lane in self._lanes.values():  # all at once, each may take a second
            lane.stop()
        for lane in self._lanes.values():
            lane.shutdown()
        self._store.close()

    # ---- inside

    def _job(self, job_id: str, request: Any, title: str, folder: Path) -> Job:
        target = registry.pipeline(request.kind).target
        job = Job(target, request, title=title, folder=str(folder), job_id=job_id, parent=self)
        job.adopt = self._home.adopt
        # No partials with the job: they would keep it and us alive until the job is deleted, and
        # then have us deleted, its parent, in the midst of that.
        job.item_produced.connect(self._on_item_produced)
        job.cancel_requested.connect(self._on_cancel_requested)
        job.started.connect(self.queue_changed)
        job.settled.connect(self._on_settled)
        return job

    def _refused(self, request: Any, title: str, error: Exception) -> Job:
        """A job that has failed before it came into any list."""
        job = Job("", request, title=title, parent=self)
        self.job_added.emit(job)
        job.apply(
            api.Failed(
                "queue_unwritable",
                f"The job could not be put into the queue: {error}.",
                "Make room on the disk, then try again. Nothing else was lost.",
            )
        )
        job.deleteLater()
        return job

    def _leave(self, job: Job) -> None:
        self._spool.remove(job.id)
        self.job_removed.emit(job)
        self.queue_changed.emit()
        job.deleteLater()  # whoever still has it may ask what became of it, and hears no more

    def _feed(self) -> None:
        if self._paused or self._closing:
            return
        for name, lane in self._lanes.items():
            if name in self._running:
                continue
            job = next((job for job in self._waiting if _lane_of(job.request) == name), None)
            if job is None:
                continue
            self._ledger.begin(job)
            self._waiting.remove(job)
            self._running[name] = job
            job.ticket.environment = self._how().to_environment()
            lane.submit(job)
            self.queue_changed.emit()

    def _on_cancel_requested(self) -> None:
        job = self._sender()
        if job.is_settled:
            return
        self._ledger.cancel(job)
        if job in self._waiting:
            job.apply(api.Cancelled())

    def _on_settled(self) -> None:
        job = self._sender()
        if self._closing and job.state is JobState.CANCELLED:
            return  # that was us: the next start finds it interrupted, or waiting as it was
        self._ledger.settle(job)
        if job in self._waiting:
            self._waiting.remove(job)
        ran = job in self._running.values()
        self._running = {name: one for name, one in self._running.items() if one is not job}
        if job.state is JobState.FAILED:
            self._stopped.append(job)
            self.queue_changed.emit()
        else:
            self._leave(job)
        if ran and self._stop_after_current:
            self.set_stop_after_current(False)
            self.set_paused(True)
        self._feed()

    def _on_item_produced(self, item: object) -> None:
        job = self._sender()
        if isinstance(item, api.Picture):
            self._ledger.add_picture(job, item)

    def _sender(self) -> Job:
        job = self.sender()
        assert isinstance(job, Job)
        return job


def _lane_of(request: Any) -> str:
    """By its kind: an earlier version may have noted another lane."""
    return registry.pipeline(request.kind).lane
