"""Models come and go: starters are installed, models of the hub fetched, in a lane of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pipelines import api
from pipelines.starters.manifest import starters
from pipelines.starters.places import installed_folder
from pipelines.starters.requests import InstallRequest, Verified, VerifyRequest
from pipelines.starters.upkeep import remove
from studio.jobs.job import Job

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.hub.requests import HubOffer, HubQuestion
    from pipelines.starters.manifest import Starter
    from studio.jobs.service import JobService
    from studio.model_shelf import ModelShelf

LANE = "fetch"
_INSTALL = "pipelines.starters.install:install"
_DOWNLOAD = "pipelines.hub.download:download"

TakeOffer = Callable[["HubOffer"], None]
TakeFailure = Callable[[api.Failed], None]


class ModelWork(QObject):
    """One piece of work after the other, beside the drawing and beside the looks at the disk.

    Signals:
        changed: work came, went on or ended.
        starters_changed: a starter was installed or removed; whoever lives on one looks again.
        verified: files of starters were hashed: a tuple of `Verified`.
        failed: what was asked for could not be done (`api.Failed`).
    """

    changed = Signal()
    starters_changed = Signal()
    verified = Signal(object)
    failed = Signal(api.Failed)

    def __init__(self, jobs: JobService, shelf: ModelShelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._shelf = jobs, shelf
        self._work: list[Job] = []
        self._question: Job | None = None

    @property
    def current(self) -> Job | None:
        """What is done now, or next; None while there is nothing."""
        return self._work[0] if self._work else None

    @property
    def waiting(self) -> int:
        """How many pieces of work wait behind the current one."""
        return max(0, len(self._work) - 1)

    def installed(self) -> dict[str, Path]:
        """The folders of the starters that are installed, by id."""
        found = {each.id: installed_folder(each) for each in starters()}
        return {name: folder for name, folder in found.items() if folder is not None}

    def is_installing(self, starter: Starter) -> bool:
        """Whether a starter is fetched now or will be."""
        return any(
            isinstance(job.request, InstallRequest) and starter.id in job.request.ids
            for job in self._work
        )

    def install(self, *ids: str, again: bool = False) -> None:
        """Fetches starters, those that are missing for no ids; what is on its way is not twice."""
        there = set() if again else set(self.installed())
        wanted = tuple(
            each.id
            for each in starters()
            if (not ids or each.id in ids) and each.id not in there and not self.is_installing(each)
        )
        if wanted:
            self._begin(_INSTALL, InstallRequest(wanted, again), self.tr("Starter set"))

    def verify(self, *ids: str) -> None:
        """Hashes the files of these starters, or of all that are installed."""
        job = self._begin(
            "pipelines.starters.upkeep:verify", VerifyRequest(ids), self.tr("Starter set")
        )
        job.succeeded.connect(self._on_verify_succeeded)

    def remove(self, starter: Starter) -> None:
        """Deletes what was installed of a starter. Raises PipelineError."""
        remove(starter)
        self.starters_changed.emit()

    def ask(self, question: HubQuestion, take: TakeOffer, fail: TakeFailure) -> None:
        """Asks the hub; one of both is called, unless somebody asks again or gives it up."""
        self.give_up_asking()
        job = Job("pipelines.hub.ask:ask", question, title=question.repo, parent=self)
        job.succeeded.connect(take)
        job.failed.connect(fail)
        job.settled.connect(job.deleteLater)
        job.settled.connect(self._on_question_settled)
        self._question = job
        self._jobs.run_aside("io", job)

    def give_up_asking(self) -> None:
        """Nobody wants to hear what was asked last."""
        if self._question is not None:
            question, self._question = self._question, None
            question.cancel()

    def download(self, offer: HubOffer) -> None:
        """Fetches a model that the person has confirmed."""
        self._begin(_DOWNLOAD, offer, offer.question.repo)

    def cancel(self) -> None:
        """Ends the current work; what has arrived is used when it is asked for again."""
        if self.current is not None:
            self.current.cancel()

    def _begin(self, target: str, request: object, title: str) -> Job:
        job = Job(target, request, title=title, parent=self)
        self._work.append(job)
        job.changed.connect(self.changed)
        job.failed.connect(self.failed)
        job.settled.connect(self._on_work_settled)
        self._jobs.run_aside(LANE, job)
        self.changed.emit()
        return job

    def _on_work_settled(self) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        self._work = [each for each in self._work if each is not job]
        job.deleteLater()
        if job.ticket.target == _INSTALL:  # those that were done before it failed stay
            self.starters_changed.emit()
        if job.ticket.target == _DOWNLOAD:
            self._shelf.look_again(asked=False)
        self.changed.emit()

    def _on_question_settled(self) -> None:
        if self.sender() is self._question:
            self._question = None

    def _on_verify_succeeded(self, result: tuple[Verified, ...]) -> None:
        self.verified.emit(result)
