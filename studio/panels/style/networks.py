"""Which looks and which networks that enlarge are on this disk; a child looks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.jobs.job import Job
from studio.settings_table import MODEL_FOLDERS
from studio.style_files import FindNetworks, Networks

if TYPE_CHECKING:
    from pipelines.api import Failed
    from studio.context import Context


class NetworkShelf(QObject):
    """Signals:
    changed: the first look has ended, or the lists are others now.
    failed: why the folders could not be looked through.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self.found = Networks()
        self.complete = False
        context.models.changed.connect(self.look)

    def look(self) -> None:
        """Looks anew; one that is under way is given up."""
        if self._job is not None:
            self._job.cancel()
        request = FindNetworks(self._context.settings.get(MODEL_FOLDERS))
        job = Job("studio.style_job:find_networks", request, parent=self)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        job.settled.connect(self._on_job_settled)
        self._job = job
        self._context.jobs.run_aside("io", job)

    def _on_job_succeeded(self, found: Networks) -> None:
        if self.complete and found == self.found:
            return
        self.found, self.complete = found, True
        self.changed.emit()

    def _on_job_failed(self, failure: Failed) -> None:
        self.failed.emit(failure)

    def _on_job_settled(self) -> None:
        job = self.sender()
        if job is self._job:
            self._job = None
        if isinstance(job, Job):
            job.deleteLater()
