"""How far a download is, in bytes, and the way to end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from pipelines.starters.manifest import find_starter
from pipelines.starters.requests import InstallRequest
from studio.size_text import size_text
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from pipelines.api import Progress
    from studio.jobs.job import Job
    from studio.model_work import ModelWork

_BAR_STEPS = 1000  # a bar counts to 2**31 only, and files are larger
_BAR_PX = 220


class FetchLine(QWidget):
    """Hidden while nothing is fetched or verified."""

    def __init__(self, work: ModelWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._text = ElidedLabel("", "fact")
        self._bytes = words("", "fact")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_PX)
        self._bar.setAccessibleName(self.tr("How far it is"))
        self._cancel = button(self.tr("Cancel"), "x")
        self._cancel.setToolTip(self.tr("What has arrived is used when you start it again"))
        self._cancel.clicked.connect(work.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._text)
        row.addStretch(1)
        row.addWidget(self._bytes)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        work.changed.connect(self._on_work_changed)
        self._on_work_changed()

    def _on_work_changed(self) -> None:
        job = self._work.current
        self.setVisible(job is not None)
        if job is None:
            return
        told = job.status_text or self.tr("Starting: {what}").format(what=job.title)
        if self._work.waiting:
            told += self.tr(", {n} more after it").format(n=self._work.waiting)
        self._text.setText(told)
        progress = job.progress
        if progress is None or not progress.total:
            self._bytes.setText("")
            self._bar.setRange(0, 0)
            return
        self._bytes.setText(self._amount(job, progress))
        self._bar.setRange(0, _BAR_STEPS)
        self._bar.setValue(_BAR_STEPS * progress.step // progress.total)

    def _amount(self, job: Job, progress: Progress) -> str:
        """Bytes that are here; an installation counts what it unpacks as well: only its share."""
        if isinstance(job.request, InstallRequest):
            size = sum(find_starter(name).wheel_pin.size for name in job.request.ids)
            text = self.tr("{percent} % of {total}")
            return text.format(percent=100 * progress.step // progress.total, total=size_text(size))
        text = self.tr("{done} of {total}")
        return text.format(done=size_text(progress.step), total=size_text(progress.total))
