"""The jobs of the Style panel: one a step and order, their pictures matched with the originals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pipelines.api import Picture, Progress
from pipelines.enhance_requests import EnhancedResult
from studio.errors import Problem
from studio.panels.style.folders import pictures_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.api import Failed
    from studio.context import Context
    from studio.jobs.job import Job
    from studio.panels.style.order import Order


@dataclass(slots=True)
class _Run:
    """A job's place in its order; `originals` are the pictures that the order began with."""

    order: Order
    originals: list[str]
    title: str
    number: int = 0
    made: dict[int, str] = field(default_factory=dict)


class Making(QObject):
    """Puts orders into the queue and says what comes of them. Finished pictures stay, whatever
    becomes of the rest.

    Signals:
        progressed: how far (0 to 1) the original of this path is.
        finished: an order has made a picture.
        noted: a sentence about what was made.
        ended: a job has settled.
    """

    progressed = Signal(str, float)
    finished = Signal()
    noted = Signal(str)
    ended = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._runs: dict[str, tuple[Job, _Run]] = {}
        self._made: dict[tuple[Order, str], str] = {}

    def submit(self, order: Order, images: Sequence[str], title: str) -> None:
        """Queues the order for these pictures."""
        self._begin(_Run(order, list(images), title), images)

    def submit_folder(self, order: Order, folder: Path, name: str) -> str:
        """Queues the order for all pictures of a folder and says so, or why it cannot."""
        pictures = pictures_in(folder)
        if not pictures:
            text = self.tr("There is no picture in “{folder}”. Choose another folder.")
            return text.format(folder=folder.name)
        self.submit(order, [str(each) for each in pictures], f"{name} · {folder.name}")
        text = self.tr("Pictures of “{folder}” in the queue: {count}, as {name}.")
        return text.format(folder=folder.name, count=len(pictures), name=name)

    def made(self, order: Order, original: str) -> str:
        """The newest picture that this order has made of that original; "" for none."""
        return self._made.get((order, original), "")

    def is_busy_with(self, original: str) -> bool:
        """Whether something is to come of this picture."""
        return any(original in run.originals for _, run in self._runs.values())

    def stop(self, original: str) -> None:
        """Gives up the jobs that this picture is part of; what is finished of them stays."""
        for job, run in list(self._runs.values()):
            if original in run.originals:
                job.cancel()

    def _begin(self, run: _Run, images: Sequence[str]) -> None:
        request = run.order.step(run.number, images)
        job = self._context.jobs.submit(request, title=run.title)
        if job.failure is not None:
            self._report(job.failure)
            return
        self._runs[job.id] = (job, run)
        job.progressed.connect(self._on_job_progressed)
        job.item_produced.connect(self._on_job_item_produced)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        job.settled.connect(self._on_job_settled)

    def _run(self) -> _Run:
        job = self.sender()
        return self._runs[job.id][1]  # type: ignore[attr-defined]

    def _report(self, failure: Failed) -> None:
        self._context.messages.report(
            Problem(failure.message, failure.hint, failure.trace, failure.code)
        )

    def _tell_failed(self, result: EnhancedResult) -> None:
        if not result.failed:
            return
        count, total = len(result.failed), len(result.failed) + len(result.pictures)
        first = result.failed[0]
        words = self.tr("{count} of {total} pictures could not be done. {why}")
        listed = "\n".join(f"{each.path}\n    {each.message} {each.hint}" for each in result.failed)
        why = words.format(count=count, total=total, why=first.message)
        self._context.messages.report(Problem(why, first.hint, listed, first.code))

    # ---- slots -------------------------------------------------------------------------------

    def _on_job_progressed(self, progress: Progress) -> None:
        run = self._run()
        within = progress.step / max(1, progress.total) * progress.parts - progress.part
        share = (run.number + min(1.0, max(0.0, within))) / len(run.order.steps)
        self.progressed.emit(run.originals[progress.part], share)

    def _on_job_item_produced(self, item: object) -> None:
        run = self._run()
        if isinstance(item, Picture):
            run.made[item.index] = item.path
            if run.number == len(run.order.steps) - 1:
                self._made[run.order, run.originals[item.index]] = item.path
                self.finished.emit()

    def _on_job_succeeded(self, result: object) -> None:
        run = self._run()
        if not isinstance(result, EnhancedResult):
            return
        self._tell_failed(result)
        if result.notes:
            self.noted.emit(" ".join(result.notes))
        if run.number < len(run.order.steps) - 1 and run.made:
            done = sorted(run.made)
            originals = [run.originals[index] for index in done]
            further = _Run(run.order, originals, run.title, run.number + 1)
            self._begin(further, [run.made[index] for index in done])

    def _on_job_failed(self, failure: Failed) -> None:
        self._report(failure)

    def _on_job_settled(self) -> None:
        job = self.sender()
        self._runs.pop(job.id, None)  # type: ignore[attr-defined]
        self.ended.emit()
