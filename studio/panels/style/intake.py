"""Reads the picture that is to be shown in other looks; a child does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.jobs.job import Job
from studio.style_files import TakeIn, TakenIn

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.api import Failed
    from studio.context import Context


class Intake(QObject):
    """Signals:
    taken: a picture was read (a TakenIn).
    refused: why it could not be, and what to do next.
    """

    taken = Signal(TakenIn)
    refused = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None

    def open(self, path: Path) -> None:
        """Reads this file; what was being read before is given up."""
        if self._job is not None:
            self._job.cancel()
        request = TakeIn(path.absolute(), self._context.paths.cache / "looks")
        job = Job("studio.style_job:take_in", request, parent=self)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        job.settled.connect(self._on_job_settled)
        self._job = job
        self._context.jobs.run_aside("io", job)

    # ---- slots -------------------------------------------------------------------------------

    def _on_job_succeeded(self, taken: TakenIn) -> None:
        if self.sender() is self._job:
            self.taken.emit(taken)

    def _on_job_failed(self, failure: Failed) -> None:
        self.refused.emit(f"{failure.message} {failure.hint}".strip())

    def _on_job_settled(self) -> None:
        job = self.sender()
        if job is self._job:
            self._job = None
        if isinstance(job, Job):
            job.deleteLater()
