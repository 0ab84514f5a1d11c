"""What the shell says about jobs, in the words every part of it uses."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.jobs.job import Job, JobState

_MINUTE = 60


def time_left(seconds: float) -> str:
    """A rounded estimate: "3 s left", "2 min left"."""
    if seconds < _MINUTE:
        return _tr("%n s left", max(1, round(seconds)))
    return _tr("%n min left", round(seconds / _MINUTE))


def amount(job: Job) -> str:
    """What a job will make: "4 pictures"; "" where its request does not tell."""
    images = getattr(job.request, "images", None)
    count = len(images) if images else getattr(job.request, "count", None)
    return _tr("%n picture(s)", count) if isinstance(count, int) else ""


def place(job: Job) -> str:
    """Which picture is drawn now: "2 of 4"; "" where there is but one."""
    progress = job.progress
    if progress is None or progress.parts < 2:
        return ""
    of = _tr("%1 of %2").replace("%2", str(progress.parts))
    return of.replace("%1", str(progress.part + 1))


def worker_sentence(job: Job) -> str:
    """What the worker does, for the status bar: "Drawing step 14 of 20"."""
    if job.paused:
        return _tr("Paused")
    if job.state is JobState.LOADING or job.progress is None:
        return job.status_text or _tr("Loading the model")
    if job.progress.message:
        return job.progress.message
    step = _tr("Drawing step %1 of %2").replace("%2", str(job.progress.total))
    return step.replace("%1", str(job.progress.step))


def why_stopped(job: Job) -> str:
    """Why a job that can be retried did not end well."""
    if job.failure is None:
        return _tr("Interrupted when the program closed")
    return f"{job.failure.message} {job.failure.hint}".strip()


def _tr(text: str, n: int = -1) -> str:
    return QCoreApplication.translate("Jobs", text, "", n).replace("(s)", "" if n == 1 else "s")
