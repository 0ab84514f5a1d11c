"""What is asked about the chosen model: its hash, and whether anything speaks against it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.jobs.job import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.model_check.findings import Verdict
    from studio.jobs.service import JobService

_LANE = "io"


class Questions(QObject):
    """Answers are remembered while the window is open, by path. One hash is computed at a time.

    Signals:
        changed: an answer came, or it is further on its way.
        failed: there is no answer (`api.Failed`).
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, jobs: JobService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._hashing: Job | None = None
        self._hashes: dict[Path, str] = {}
        self._verdicts: dict[Path, Verdict] = {}

    def hash_of(self, path: Path) -> str:
        """The sha256 that was computed, "" if none was."""
        return self._hashes.get(path, "")

    def verdict_of(self, path: Path) -> Verdict | None:
        """What a check came to; None if there was none."""
        return self._verdicts.get(path)

    def is_hashing(self, path: Path) -> bool:
        return self._hashing is not None and self._hashing.request == path

    def share(self) -> float:
        """How much is read for the hash, 0 to 1."""
        progress = self._hashing.progress if self._hashing else None
        return progress.step / progress.total if progress and progress.total else 0.0

    def compute_hash(self, path: Path) -> None:
        """Ends one that is computed for another model."""
        self.stop()
        job = self._job("pipelines.model_tasks:sha256", path, self._on_hash_succeeded)
        self._hashing = job
        self._jobs.run_aside(_LANE, job)
        self.changed.emit()

    def check(self, path: Path) -> None:
        """Judges it anew."""
        job = self._job("pipelines.model_tasks:check", path, self._on_check_succeeded)
        self._jobs.run_aside(_LANE, job)

    def stop(self) -> None:
        """Computes the hash no further."""
        if self._hashing is not None:
            self._hashing.cancel()

    def forget(self, path: Path) -> None:
        """Its files are others now."""
        self._hashes.pop(path, None)
        self._verdicts.pop(path, None)

    def _job(self, target: str, path: Path, take: Callable[[Any], None]) -> Job:
        job = Job(target, path, title=path.name, parent=self)
        job.succeeded.connect(take)
        job.progressed.connect(self.changed)
        job.failed.connect(self.failed)
        job.settled.connect(self._on_job_settled)
        return job

    # ---- slots -------------------------------------------------------------------------------

    def _on_hash_succeeded(self, digest: str) -> None:
        self._hashes[self._asked()] = digest

    def _on_check_succeeded(self, verdict: Verdict) -> None:
        self._verdicts[self._asked()] = verdict

    def _asked(self) -> Path:
        job = self.sender()
        assert isinstance(job, Job)
        assert isinstance(job.request, Path)
        return job.request

    def _on_job_settled(self) -> None:
        job = self.sender()
        if job is self._hashing:
            self._hashing = None
        job.deleteLater()
        self.changed.emit()
