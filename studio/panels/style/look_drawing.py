"""Draws a picture small in every look, one after another, in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pipelines.api import Failed, Picture
from studio import registry
from studio.jobs.job import Job

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.api import Progress
    from studio.context import Context
    from studio.panels.style.choices import Choice
    from studio.style_files import TakenIn

_NAME = "0000.png"  # as a job of one picture calls it


class LookDrawing(QObject):
    """What was drawn once is kept in the cache. It rests while nobody can see it.

    Signals:
        drawn: the look of this key can be shown now.
        progressed: how far the one that is being drawn is, 0 to 1.
        failed: the look of this key could not be drawn, and why.
    """

    drawn = Signal(str)
    progressed = Signal(str, float)
    failed = Signal(str, Failed)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._places: dict[str, Path] = {}
        self._waiting: list[Choice] = []
        self._failures: dict[str, Failed] = {}
        self._small = ""
        self._job: Job | None = None
        self._key = ""
        self._resting = True

    @property
    def under_way(self) -> str:
        """The key of the look that is being drawn; "" for none."""
        return self._key

    def show(self, taken: TakenIn | None, choices: Sequence[Choice]) -> None:
        """Draws what is missing of this picture in these looks; what was begun is given up."""
        self.stop()
        self._places, self._failures = {}, {}
        self._waiting = []
        if taken is None:
            return
        self._small = str(taken.small)
        for choice in choices:
            self._places[choice.key] = taken.folder / choice.folder_name / _NAME
        self._waiting = [each for each in choices if not self.path(each.key)]
        self._feed()

    def path(self, key: str) -> str:
        """The small picture in this look; "" until it is drawn."""
        place = self._places.get(key)
        return str(place) if place is not None and place.exists() else ""

    def failure(self, key: str) -> Failed | None:
        """Why this look could not be drawn."""
        return self._failures.get(key)

    def first(self, key: str) -> None:
        """Draws this one next."""
        self._waiting.sort(key=lambda choice: choice.key != key)

    def rest(self, on: bool) -> None:
        """While it rests, nothing new is begun."""
        self._resting = on
        self._feed()

    def stop(self) -> None:
        """Gives up what is being drawn and what waits."""
        self._waiting = []
        job, self._job, self._key = self._job, None, ""
        if job is not None:
            job.cancel()

    def _feed(self) -> None:
        if self._resting or self._job is not None or not self._waiting:
            return
        choice = self._waiting.pop(0)
        folder = self._places[choice.key].parent
        request = choice.request((self._small,))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._waiting = []  # the others would meet the same
            reason = self.tr("The cache cannot be written: {why}.").format(why=error.strerror)
            self._tell(choice.key, Failed("cache_unwritable", reason))
            return
        target = registry.pipeline(request.kind).target
        job = Job(target, request, title=choice.name, folder=str(folder), parent=self)
        self._job, self._key = job, choice.key
        job.progressed.connect(self._on_job_progressed)
        job.item_produced.connect(self._on_job_item_produced)
        job.failed.connect(self._on_job_failed)
        job.settled.connect(self._on_job_settled)
        self._context.jobs.run_aside("gpu", job)

    def _tell(self, key: str, failure: Failed) -> None:
        self._failures[key] = failure
        self.failed.emit(key, failure)

    def _is_ours(self) -> bool:
        return self.sender() is self._job

    def _on_job_progressed(self, progress: Progress) -> None:
        if self._is_ours():
            self.progressed.emit(self._key, progress.step / max(1, progress.total))

    def _on_job_item_produced(self, item: object) -> None:
        if isinstance(item, Picture) and self._is_ours():
            self.drawn.emit(self._key)

    def _on_job_failed(self, failure: Failed) -> None:
        if self._is_ours():
            self._tell(self._key, failure)

    def _on_job_settled(self) -> None:
        job = self.sender()
        if job is self._job:
            self._job, self._key = None, ""
        if isinstance(job, Job):
            job.deleteLater()
        self._feed()
