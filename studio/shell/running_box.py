"""The strip's left part: the job that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from studio.icons import icon
from studio.jobs.job import Job, JobState
from studio.shell import phrases
from studio.shell.strip_head import strip_head
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from studio.jobs.service import JobService

WIDTH = 272
_THOUSANDTHS = 1000


class RunningBox(QWidget):
    """Shows the job that began first, and Pause and Cancel for it.

    Signals:
        shown_changed: another job is shown, or what is shown of it changed.
    """

    shown_changed = Signal()

    def __init__(self, jobs: JobService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._jobs = jobs
        self._job: Job | None = None
        self._title = ElidedLabel()
        self._place = words("")  # beside the title: a long one is elided, this never
        self._left = words("", "fact")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the running job"))
        self._pause = button(self.tr("Pause"), "pause")
        self._cancel = button(self.tr("Cancel"), "x")
        self._pause.clicked.connect(self.pause)
        self._cancel.clicked.connect(self.cancel)
        self._nothing = words(self.tr("Nothing is running"), "fact")
        self._lay_out()
        jobs.queue_changed.connect(self._on_jobs_queue_changed)
        self._on_jobs_queue_changed()

    def job(self) -> Job | None:
        """The job that is shown."""
        return self._job

    def has_job(self) -> bool:
        """Whether anything runs."""
        return self._job is not None

    def can_pause(self) -> bool:
        """Whether a job runs that is past its loading."""
        return self._job is not None and self._job.state is JobState.RUNNING

    def pause(self) -> None:
        """Pauses the job, or lets it go on."""
        if self._job is not None:
            self._job.pause(not self._job.paused)

    def cancel(self) -> None:
        """Cancels the job."""
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()

    def set_tooltips(self, pause: str, cancel: str) -> None:
        """Tooltips with the shortcuts in force."""
        self._pause.setToolTip(pause)
        self._cancel.setToolTip(cancel)

    def _follow(self, job: Job | None) -> None:
        if self._job is not None and self._job is not job:
            self._job.changed.disconnect(self._show)
        if job is not None and self._job is not job:
            job.changed.connect(self._show)
            self._cancel.setEnabled(True)
        self._job = job

    def _show(self) -> None:
        job = self._job
        for widget in (self._title, self._place, self._left, self._bar, self._pause, self._cancel):
            widget.setVisible(job is not None)
        self._nothing.setVisible(job is None)
        if job is not None:
            self._show_job(job)
        self.shown_changed.emit()

    def _show_job(self, job: Job) -> None:
        self._title.setText(job.title)
        place = phrases.place(job)
        self._place.setText(f"· {place}" if place else "")
        progress = job.progress
        if progress is None or not progress.total:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, _THOUSANDTHS)
            self._bar.setValue(round(_THOUSANDTHS * progress.step / progress.total))
        self._left.setText(self._fact(job))
        self._pause.setEnabled(self.can_pause())
        self._pause.setText(" " + (self.tr("Go on") if job.paused else self.tr("Pause")))
        self._pause.setAccessibleName(self._pause.text().strip())
        self._pause.setIcon(icon("play" if job.paused else "pause"))

    def _fact(self, job: Job) -> str:
        if job.paused:
            return self.tr("Paused")
        if job.state is JobState.LOADING:
            return self.tr("Loading")
        seconds = job.progress.seconds_left if job.progress else None
        return "" if seconds is None else phrases.time_left(seconds)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._place)
        head.addStretch(1)
        head.addSpacing(8)
        head.addWidget(self._left)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._pause)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(strip_head(self.tr("Running")))
        column.addWidget(self._nothing)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addStretch(1)

    def _on_jobs_queue_changed(self) -> None:
        running = self._jobs.running()
        if self._job not in running:
            self._follow(running[0] if running else None)
        self._show()
