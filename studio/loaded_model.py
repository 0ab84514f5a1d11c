"""Which model the child has in its memory, as far as its jobs tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pipelines.api import TextToImageRequest
from pipelines.edit_requests import InpaintRequest
from studio.jobs.job import Job, JobState

if TYPE_CHECKING:
    from studio.jobs.service import JobService


class LoadedModel(QObject):
    """A job that went well leaves its model loaded; a failed or killed one leaves nothing sure.

    Signals:
        changed: another model is loaded now, or none.
    """

    changed = Signal()

    def __init__(self, jobs: JobService, parent: QObject) -> None:
        super().__init__(parent)
        self._path = ""
        jobs.job_added.connect(self._on_jobs_job_added)
        for job in (*jobs.running(), *jobs.waiting()):  # left by an earlier run
            self._on_jobs_job_added(job)

    @property
    def path(self) -> str:
        """The folder or file of the loaded model; "" for none."""
        return self._path

    def _take(self, path: str) -> None:
        if path != self._path:
            self._path = path
            self.changed.emit()

    def _on_jobs_job_added(self, job: Job) -> None:
        if isinstance(job.request, TextToImageRequest | InpaintRequest):
            job.load_progressed.connect(self._on_job_load_progressed)
            job.cancelled.connect(self._on_job_cancelled)
            job.settled.connect(self._on_job_settled)

    def _on_job_load_progressed(self, _message: str) -> None:
        # Slots ask for their sender: a partial would keep the panel until the job is deleted.
        job = self.sender()
        if isinstance(job, Job) and getattr(job.request, "model", "") != self._path:
            self._take("")

    def _on_job_cancelled(self, forced: bool) -> None:
        if forced:
            self._take("")

    def _on_job_settled(self) -> None:
        job = self.sender()
        if not isinstance(job, Job):
            return
        if job.state is JobState.SUCCEEDED:
            self._take(getattr(job.request, "model", ""))
        elif job.state is JobState.FAILED:
            self._take("")
