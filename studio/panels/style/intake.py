"""Pictures that come to the Style panel: by drop, paste, file or from another panel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.jobs.job import Job
from studio.style_files import TakeIn, TakenIn
from studio.widgets.picture_mime import dropped_image, dropped_pictures

if TYPE_CHECKING:
    from pipelines.api import Failed
    from studio.context import Context
    from studio.library_import import Imported

_FILTER = "(*.png *.jpg *.jpeg *.webp *.gif)"


class Intake(QObject):
    """A picture without a file becomes one of the library first.

    Signals:
        taken: a picture was read (a TakenIn).
        refused: why it could not be, and what to do next.
    """

    taken = Signal(TakenIn)
    refused = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
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

    def ask(self, title: str) -> Path | None:
        """Has the person choose a picture file."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, title, "", f"{self.tr('Pictures')} {_FILTER}"
        )
        return Path(name) if name else None

    def paste(self) -> None:
        """Takes what is on the clipboard."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self.refused.emit(self.tr("There is no picture on the clipboard. Copy one first."))

    def take(self, mime: QMimeData) -> bool:
        """Takes what was dropped or pasted; False where that is no picture."""
        if paths := dropped_pictures(mime):
            self.open(Path(paths[0]))
            return True
        data, suffix = dropped_image(mime)
        if data:
            self._context.library_work.take_in_image(data, suffix, self._on_image_imported)
        return bool(data)

    # ---- slots -------------------------------------------------------------------------------

    def _on_image_imported(self, done: Imported) -> None:
        if done.paths:
            self.open(done.paths[0])

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
