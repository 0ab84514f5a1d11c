"""What follows from jobs outside their panel: the strip's recent pictures, and a call when done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from studio.jobs.job import Job, JobState
from studio.settings_table import NOTIFY_WHEN_DONE

if TYPE_CHECKING:
    from studio.context import Context
    from studio.window import MainWindow

RECENT = 24  # pictures in the strip; more than fit beside each other


class JobWatch(QObject):
    """Refreshes the strip when pictures come or go, and calls when the last job has ended."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._refresh = QTimer(self, interval=0, singleShot=True)
        self._refresh.timeout.connect(self._on_refresh_timeout)
        for job in context.jobs.waiting():  # left by an earlier run
            self._on_jobs_job_added(job)
        context.jobs.job_added.connect(self._on_jobs_job_added)
        context.trash.changed.connect(self._refresh.start)
        self._refresh.start()

    def refresh(self) -> None:
        """Shows the library's newest pictures, soon."""
        self._refresh.start()

    def stop(self) -> None:
        """Looks into the library no more; before it is closed."""
        self._refresh.stop()

    def _on_jobs_job_added(self, job: Job) -> None:
        job.item_produced.connect(self.refresh)
        job.settled.connect(self._on_job_settled)

    def _on_job_settled(self) -> None:
        job = self.sender()  # no partial: it would keep us until the job is deleted
        done = isinstance(job, Job) and job.state in (JobState.SUCCEEDED, JobState.FAILED)
        last = done and not self._context.jobs.running()
        away = not self._window.isActiveWindow()
        if last and away and self._context.settings.get(NOTIFY_WHEN_DONE):
            QApplication.alert(self._window)

    def _on_refresh_timeout(self) -> None:
        paths = [entry.path for entry in self._context.library.recent(RECENT)]
        self._window.strip.set_recent(paths)
