"""Follows one job and writes what becomes of it into the results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from pipelines import api
from studio.preview_image import preview_image

if TYPE_CHECKING:
    from studio.jobs.job import Job
    from studio.panels.imagine.results import Results


class JobWatch(QObject):
    """Lives until its job has settled.

    Signals (the first value is the batch's id, which is the job's):
        batch_changed: cells came, went or were filled.
        cells_progressed: only notes and bars are others.
        cell_previewed: a rough picture of the cell of this index.
        picture_produced: a finished picture is in its cell now.
        batch_drawn: the whole result.
        batch_failed: why it ended.
    """

    batch_changed = Signal(str)
    cells_progressed = Signal(str)
    cell_previewed = Signal(str, int, QImage)
    picture_produced = Signal(str, str)
    batch_drawn = Signal(str, object)
    batch_failed = Signal(str, api.Failed)

    def __init__(self, job: Job, results: Results, parent: QObject) -> None:
        super().__init__(parent)
        self._job, self._results = job, results
        job.load_progressed.connect(self._on_job_load_progressed)
        job.progressed.connect(self._on_job_progressed)
        job.previewed.connect(self._on_job_previewed)
        job.item_produced.connect(self._on_job_item_produced)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        job.settled.connect(self._on_job_settled)

    def _on_job_load_progressed(self, message: str) -> None:
        self._results.loading(self._job.id, message)
        self.batch_changed.emit(self._job.id)

    def _on_job_progressed(self, progress: api.Progress) -> None:
        batch = self._results.find(self._job.id)
        first = batch is not None and batch.progress is None
        self._results.progressed(self._job.id, progress)
        # The first one may bring the batch to the front.
        told = self.batch_changed if first else self.cells_progressed
        told.emit(self._job.id)

    def _on_job_previewed(self, preview: api.Preview) -> None:
        self.cell_previewed.emit(self._job.id, preview.part, preview_image(preview))

    def _on_job_item_produced(self, item: object) -> None:
        if isinstance(item, api.Picture):
            self._results.produced(self._job.id, item)
            self.batch_changed.emit(self._job.id)
            self.picture_produced.emit(self._job.id, item.path)

    def _on_job_succeeded(self, result: object) -> None:
        self.batch_drawn.emit(self._job.id, result)

    def _on_job_failed(self, failure: api.Failed) -> None:
        self.batch_failed.emit(self._job.id, failure)

    def _on_job_settled(self) -> None:
        self._results.settle(self._job.id)
        self.batch_changed.emit(self._job.id)
        self.deleteLater()
