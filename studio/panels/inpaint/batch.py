"""The candidates for one part of the picture, as they come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.edit_requests import RemoveRequest

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from pipelines.edit_requests import Margins, Patch
    from studio.panels.inpaint.requests import EditRequest


@dataclass(slots=True)
class Cell:
    """One candidate: to come, under way (`note`, `fraction`, `preview`) or there (`patch`)."""

    job_id: str
    index: int
    patch: Patch | None = None
    note: str = ""
    fraction: float | None = None
    preview: QImage | None = None


@dataclass(slots=True)
class Batch:
    """Cells of one job, and of those that were asked for like it.

    `request` is the newest of them. `message` says what became of the last job beyond its cells.
    """

    title: str
    request: EditRequest
    cells: list[Cell] = field(default_factory=list)
    message: str = ""
    failed: bool = False
    running: set[str] = field(default_factory=set)

    @property
    def mode(self) -> str:
        """One of `pipelines.inpaint.modes.MODES`."""
        if isinstance(self.request, RemoveRequest):
            return "expand" if self.request.margins else "remove"
        return self.request.mode

    @property
    def margins(self) -> Margins:
        return self.request.margins

    @property
    def ready(self) -> list[Cell]:
        """Those that can be looked at."""
        return [cell for cell in self.cells if cell.patch is not None]

    def add(self, job_id: str, count: int) -> None:
        """Cells for a job that is to come."""
        self.cells += [Cell(job_id, index) for index in range(count)]
        self.running.add(job_id)
        self.message, self.failed = "", False

    def of_job(self, job_id: str) -> list[Cell]:
        return [cell for cell in self.cells if cell.job_id == job_id]

    def settle(self, job_id: str) -> None:
        """The job has ended: what did not come will not."""
        self.running.discard(job_id)
        self.cells = [
            cell for cell in self.cells if cell.job_id != job_id or cell.patch is not None
        ]
