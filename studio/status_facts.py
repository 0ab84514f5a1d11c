"""Keeps the right side of the status bar true: device, memory, model."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pipelines import api
from studio.jobs.job import Job
from studio.shell.status_bar import StatusBar, WorkerState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.jobs.service import JobService
    from studio.library_work import LibraryWork
    from studio.model_shelf import ModelShelf

_INTERVAL = 2000  # milliseconds between two looks at the child's memory
_GB = 1024**3


class StatusFacts(QObject):
    """Warms the child up and says so, then follows what jobs report."""

    def __init__(
        self,
        status: StatusBar,
        jobs: JobService,
        models: ModelShelf,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._status, self._jobs, self._models = status, jobs, models
        self._pids: Callable[[], Iterable[int | None]] = tuple
        self._has_own_memory = False
        self._is_warming = self._is_looking = False
        self.device = ""  # a person's name for it, once the child has said it
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self._on_timer_timeout)
        for job in jobs.waiting():  # left by an earlier run
            self._on_jobs_job_added(job)
        jobs.job_added.connect(self._on_jobs_job_added)

    def start(self, pids: Callable[[], Iterable[int | None]]) -> None:
        """Call it after the first paint: the child's imports take the processor for seconds.

        `pids` gives the processes that hold models; they are others after a crash.
        """
        self._pids = pids
        self._is_warming = True
        job = Job("pipelines.io_tasks:warm_up", None, title="Warm-up", parent=self)
        job.progressed.connect(self._on_warm_up_progressed)
        job.succeeded.connect(self._on_warm_up_succeeded)
        job.settled.connect(self._on_warm_up_settled)
        job.settled.connect(job.deleteLater)
        self._jobs.run_aside("gpu", job)
        self._timer.start()

    def follow(self, work: LibraryWork) -> None:
        """Says how far a long look through the library's folders is, while nothing is drawn."""
        work.progressed.connect(self._on_work_progressed)
        work.ended.connect(self._on_work_ended)

    def _on_work_progressed(self, done: int, total: int) -> None:
        if self._jobs.running() or self._is_warming:
            return
        self._is_looking = done < total
        if self._is_looking:
            text = self.tr("Looking through pictures: {done} of {total}")
            self._status.set_worker(text.format(done=done, total=total), WorkerState.BUSY)
        else:
            self._show_ready()

    def _on_work_ended(self) -> None:
        # Of work that came to its end there may be something to be read by now.
        if self._is_looking:
            self._is_looking = False
            self._show_ready()

    def _on_warm_up_progressed(self, progress: api.Progress) -> None:
        if not self._jobs.running():
            text = self.tr("Warming up: {what}").format(what=progress.message)
            self._status.set_worker(text, WorkerState.BUSY)

    def _on_warm_up_succeeded(self, device: str) -> None:
        self.device = device
        self._status.set_facts(device=device)

    def _on_warm_up_settled(self) -> None:
        self._is_warming = False
        self._show_ready()

    def _show_ready(self) -> None:
        if not self._jobs.running() and not self._is_warming:
            self._status.set_worker(self.tr("Ready"), WorkerState.READY)

    def _on_jobs_job_added(self, job: Job) -> None:
        job.succeeded.connect(self._on_job_succeeded)

    def _on_job_succeeded(self, result: object) -> None:
        job = self.sender()  # no partial: it would keep us until the job is deleted
        if not (isinstance(job, Job) and isinstance(result, api.TextToImageResult)):
            return
        model = self._models.find(getattr(job.request, "model", ""))
        self._status.set_facts(device=result.device, model=model.title if model else "")
        if result.memory is not None:
            self._has_own_memory = True
            self._show_memory(*result.memory)

    def _on_timer_timeout(self) -> None:
        import psutil  # after the first paint

        if self._has_own_memory:
            return
        used = 0
        for pid in self._pids():
            with contextlib.suppress(psutil.NoSuchProcess):  # it crashed a moment ago
                used += psutil.Process(pid).memory_info().rss if pid is not None else 0
        if not used:
            return
        self._show_memory(used, psutil.virtual_memory().total)

    def _show_memory(self, used: int, total: int) -> None:
        text = self.tr("{used} of {total} GB")
        shown = text.format(used=f"{used / _GB:.1f}", total=f"{total / _GB:.0f}")
        self._status.set_facts(memory=shown)
