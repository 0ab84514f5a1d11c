"""Follows the jobs that make candidates for the open project's canvases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pipelines.edit_requests import EditResult, InpaintRequest, Patch, RemoveRequest
from studio.jobs.job import Job
from studio.panels.inpaint.batch import Batch
from studio.preview_image import preview_image

if TYPE_CHECKING:
    from pipelines import api
    from studio.jobs.service import JobService
    from studio.panels.inpaint.requests import EditRequest


class Candidates(QObject):
    """One batch a canvas, by the key of its document; a new wish replaces it.

    Signals:
        changed: cells of the canvas of this key came, went, or look otherwise.
        arrived: a candidate for the canvas of this key can be looked at.
        noted: sentences on how they were made.
    """

    changed = Signal(str)
    arrived = Signal(str)
    noted = Signal(str)

    def __init__(self, jobs: JobService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._batches: dict[str, Batch] = {}
        self._followed: dict[str, Job] = {}
        self._joins = False
        jobs.job_added.connect(self._follow)
        for job in (*jobs.running(), *jobs.waiting()):  # left by an earlier run
            self._follow(job)

    def batch(self, key: str) -> Batch | None:
        """Of the canvas of this key."""
        return self._batches.get(key)

    def start(self, request: EditRequest, title: str, *, joins: bool) -> Job:
        """Queues a request; with `joins` its candidates stand beside those that are there."""
        self._joins = joins
        try:
            return self._jobs.submit(request, title=title)
        finally:
            self._joins = False

    def drop(self, key: str) -> None:
        """The person wants none of them: what is under way is given up."""
        batch = self._batches.pop(key, None)
        if batch is not None:
            for job_id in list(batch.running):
                self._followed[job_id].cancel()
            self.changed.emit(key)

    def cancel(self, key: str) -> None:
        """Gives up what is under way; what is there stays."""
        batch = self._batches.get(key)
        for job_id in list(batch.running) if batch else []:
            self._followed[job_id].cancel()

    def retry(self, key: str) -> None:
        """Queues again what failed for this canvas."""
        for job in self._jobs.stopped():
            if getattr(job.request, "picture_source", None) == key:
                batch = self._batches.get(key)
                self._joins = batch is not None and bool(batch.cells)
                try:
                    self._jobs.retry(job)
                finally:
                    self._joins = False
                return

    # ---- jobs --------------------------------------------------------------------------------

    def _follow(self, job: Job) -> None:
        request = job.request
        if not isinstance(request, InpaintRequest | RemoveRequest) or job.is_settled:
            return
        key = request.picture_source
        batch = self._batches.get(key)
        if batch is None or not self._joins:
            batch = self._batches[key] = Batch(job.title, request)
        batch.request = request
        batch.add(job.id, request.count)
        self._followed[job.id] = job
        job.load_progressed.connect(self._on_job_load_progressed)
        job.progressed.connect(self._on_job_progressed)
        job.previewed.connect(self._on_job_previewed)
        job.item_produced.connect(self._on_job_item_produced)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        job.settled.connect(self._on_job_settled)
        self.changed.emit(key)

    def _sender(self) -> tuple[Job, str, Batch | None]:
        job = self.sender()  # no partials: they would keep us until the job is deleted
        assert isinstance(job, Job)
        key = job.request.picture_source  # type: ignore[attr-defined]
        batch = self._batches.get(key)
        return job, key, batch if batch and batch.of_job(job.id) else None

    def _on_job_load_progressed(self, message: str) -> None:
        job, key, batch = self._sender()
        if batch:
            batch.of_job(job.id)[0].note = message
            self.changed.emit(key)

    def _on_job_progressed(self, progress: api.Progress) -> None:
        job, key, batch = self._sender()
        if batch is None:
            return
        for cell in batch.of_job(job.id):
            cell.note, cell.fraction = "", None
            if cell.index == progress.part and cell.patch is None:
                each = max(1.0, progress.total / max(1, progress.parts))
                cell.fraction = min(1.0, max(0.0, progress.step / each - progress.part))
                step = self.tr("Step {step} of {total}")
                done = round(progress.step - progress.part * each)
                cell.note = progress.message or step.format(step=done, total=round(each))
        self.changed.emit(key)

    def _on_job_previewed(self, preview: api.Preview) -> None:
        job, key, batch = self._sender()
        if batch is None:
            return
        for cell in batch.of_job(job.id):
            if cell.index == preview.part:
                cell.preview = preview_image(preview)
        self.changed.emit(key)

    def _on_job_item_produced(self, item: object) -> None:
        job, key, batch = self._sender()
        if batch is None or not isinstance(item, Patch):
            return
        for cell in batch.of_job(job.id):
            if cell.index == item.index:
                cell.patch, cell.note, cell.fraction = item, "", None
        self.changed.emit(key)
        self.arrived.emit(key)

    def _on_job_succeeded(self, result: object) -> None:
        if isinstance(result, EditResult) and result.notes:
            self.noted.emit(" ".join(result.notes))

    def _on_job_failed(self, failure: api.Failed) -> None:
        _, _, batch = self._sender()
        if batch:
            batch.message = f"{failure.message} {failure.hint}".strip()
            batch.failed = True

    def _on_job_settled(self) -> None:
        job, key, batch = self._sender()
        self._followed.pop(job.id, None)
        if batch is None:
            return
        batch.settle(job.id)
        if not batch.cells and not batch.running and not batch.failed:
            del self._batches[key]
        self.changed.emit(key)
