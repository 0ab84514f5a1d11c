"""A queue with a real child, a real library, and what they leave on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from pipelines.api import TextToImageRequest
from pipelines.driver import Driver
from pipelines.how import How
from pipelines.shipped import shipped_models
from studio.homecoming import Homecoming
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from studio.jobs.job import Job

PATIENCE = 120_000  # milliseconds
STARTER = shipped_models()[0]
GOOD = TextToImageRequest(str(STARTER.path), "a fox", steps=1, guidance=1.0)


class QueueWorld:
    """Everything lies in `folder`: what an earlier one left there is brought back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = Library(folder / "Fabula", folder / "library.sqlite3")
        self.driver = Driver()
        self.jobs = JobService(
            JobStore(folder / "queue.sqlite3"),
            Spool(folder / "spool"),
            Homecoming(self.library, folder / "candidates"),
            lambda: How("cpu", previews=False),
        )
        self.jobs.restore()
        self.jobs.start({"gpu": Lane(self.driver)})

    def settled(self, job: Job) -> Job:
        """The job when it has ended."""
        if not job.is_settled:
            loop = QEventLoop()
            job.settled.connect(loop.quit)
            QTimer.singleShot(PATIENCE, loop, loop.quit)
            loop.exec()
        assert job.is_settled
        return job

    def spooled(self) -> list[str]:
        """Files that lie in the folders of jobs."""
        jobs = self.folder / "spool" / "jobs"
        return sorted(path.name for path in jobs.rglob("*") if path.is_file())

    def close(self) -> None:
        self.jobs.shutdown()
        self.library.close()
