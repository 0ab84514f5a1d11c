"""The strip's middle part: what waits, and what stopped and can be tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.jobs.job import Job
from studio.shell import phrases
from studio.shell.strip_head import strip_head
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.glyph import Glyph
from studio.widgets.plain import button, words
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from studio.jobs.service import JobService

WIDTH = 216
_ROWS = 3
_SIGN_PX = 14


class WaitingBox(QWidget):
    """Three rows: stopped jobs first, because they ask for a decision, then the next to begin.

    Signals:
        queue_requested: the person wants to see the whole queue.
    """

    queue_requested = Signal()

    def __init__(self, jobs: JobService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._jobs = jobs
        # A queue that stands when the window opens was left standing by an earlier run.
        self._from_last_time = jobs.paused and bool(jobs.waiting())
        self._count = words("", "fact")
        self._all = button(self.tr("Show the queue"), kind="flat")
        self._all.clicked.connect(self.queue_requested)
        self._notice = ElidedLabel("", "fact")
        self._resume = button(self.tr("Resume"), "play")
        self._resume.clicked.connect(self._on_resume_clicked)
        self._clear = button(self.tr("Clear"), "x")
        self._clear.clicked.connect(self._on_clear_clicked)
        self._rows = [_Row(self) for _ in range(_ROWS)]
        for row in self._rows:
            row.retry_requested.connect(self._on_row_retry_requested)
        self._lay_out()
        jobs.queue_changed.connect(self._show)
        jobs.pause_changed.connect(self._on_jobs_pause_changed)
        self._show()

    def _show(self) -> None:
        waiting, stopped = self._jobs.waiting(), self._jobs.stopped()
        self._count.setText(str(len(waiting)) if waiting else "")
        standing = self._jobs.paused and bool(waiting)
        self._all.setVisible(bool(waiting or stopped))
        self._resume.setVisible(standing)
        self._clear.setVisible(standing and self._from_last_time)
        self._notice.setVisible(standing or not (waiting or stopped))
        self._notice.setText(self._sentence(len(waiting)))
        shown = [*stopped, *waiting][: 1 if standing else _ROWS]
        for row, job in zip(self._rows, [*shown, *[None] * _ROWS], strict=False):
            row.show_job(job, can_retry=job in stopped)
        more = len(waiting) + len(stopped) - len(shown)
        self._all.setText(self.tr("%n more", "", more) if more > 0 else self.tr("Show the queue"))

    def _sentence(self, waiting: int) -> str:
        if not waiting:
            return self.tr("The queue is empty")
        if not self._from_last_time:
            return self.tr("The queue is paused")
        if waiting == 1:
            return self.tr("1 job waits from last time")
        return self.tr("%n jobs wait from last time", "", waiting)

    def _lay_out(self) -> None:
        head = strip_head(self.tr("Waiting"), self._count, self._all)
        choice = QHBoxLayout()
        choice.setSpacing(6)
        choice.addWidget(self._resume)
        choice.addWidget(self._clear)
        choice.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(self._notice)
        column.addLayout(choice)
        for row in self._rows:
            column.addWidget(row)
        column.addStretch(1)

    def _on_jobs_pause_changed(self, on: bool) -> None:
        self._from_last_time = self._from_last_time and on
        self._show()

    def _on_resume_clicked(self) -> None:
        self._jobs.set_paused(False)

    def _on_clear_clicked(self) -> None:
        for job in self._jobs.waiting():
            self._jobs.remove(job)
        self._jobs.set_paused(False)

    def _on_row_retry_requested(self, job: Job) -> None:
        self._jobs.retry(job)


class _Row(QWidget):
    """A job's title at the left; at the right what it will make, or Retry."""

    retry_requested = Signal(Job)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._sign = Glyph("warning-circle", "danger", _SIGN_PX)
        self._title = ElidedLabel()
        self._fact = words("", "fact")
        self._retry = button(self.tr("Retry"), "arrow-clockwise", "flat")
        self._retry.clicked.connect(self._on_retry_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._fact)
        row.addWidget(self._retry)

    def show_job(self, job: Job | None, can_retry: bool) -> None:
        self._job = job
        self.setVisible(job is not None)
        if job is None:
            return
        self._title.setText(job.title)
        self._sign.setVisible(can_retry)
        self._sign.setToolTip(plain_tip(phrases.why_stopped(job)) if can_retry else "")
        self._fact.setText("" if can_retry else phrases.amount(job))
        self._retry.setVisible(can_retry)
        self._retry.setAccessibleName(self.tr("Retry %1").replace("%1", job.title))
        self._retry.setToolTip(plain_tip(phrases.why_stopped(job)) if can_retry else "")

    def _on_retry_clicked(self) -> None:
        if self._job is not None:
            self.retry_requested.emit(self._job)
