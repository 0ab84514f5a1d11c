"""Searches the library by meaning, and keeps the vectors of its prompts up to date meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pipelines import api
from pipelines.meaning_requests import (
    MeaningIndexed,
    MeaningIndexRequest,
    MeaningSearchRequest,
    Ranking,
    TextSource,
)
from pipelines.starters.manifest import find_starter
from pipelines.starters.places import installed_folder
from studio.jobs.job import Job

if TYPE_CHECKING:
    from pathlib import Path

    from studio.jobs.service import JobService

log = logging.getLogger(__name__)

Take = Callable[[Ranking], None]

LANE = "text"
_TARGET = "pipelines.sentence_meaning:SentenceMeaning"
_MODEL = "all-minilm-l6-v2"
# The newest first, so that of pictures with the same prompt the newest is the first.
_PROMPTS = "SELECT path, prompt FROM pictures WHERE prompt != '' ORDER BY made DESC, path DESC"


class MeaningSearch(QObject):
    """Answers the newest question only. Its work runs in the text lane, a slice at a time.

    Signals:
        indexed: some vectors were made (`MeaningIndexed`); they stay, also after a restart.
        failed: a search or the index could not be made (`api.Failed`).
    """

    indexed = Signal(MeaningIndexed)
    failed = Signal(api.Failed)

    def __init__(
        self, jobs: JobService, library_db: Path, cache: Path, parent: QObject | None = None
    ) -> None:
        """`library_db` is the library's index, `cache` the folder that may be emptied."""
        super().__init__(parent)
        self._jobs = jobs
        self._source = TextSource(library_db, _PROMPTS)
        self._cache = cache / "meanings.sqlite3"
        self._search: Job | None = None
        self._take: Take | None = None
        self._index: Job | None = None
        self._outdated = False  # prompts may lack vectors

    @property
    def available(self) -> bool:
        """Whether the model for it is installed; it is part of the starter set."""
        return self._model() is not None

    def search(self, text: str, done: Take) -> None:
        """Calls `done` with the names of pictures as the library's index has them, nearest first.

        Unless it fails, or another search or `stop` comes first. Nothing happens while the model
        is not there.
        """
        model = self._model()
        self._drop_search()
        if model is None:
            return
        self._take = done
        if self._index is not None:  # it goes on where it was, after the search
            self._index.cancel()
        request = MeaningSearchRequest(model, self._cache, self._source, text)
        self._search = self._job(request)
        self._search.succeeded.connect(self._on_search_succeeded)
        self._search.failed.connect(self._on_job_failed)
        self._search.settled.connect(self._on_search_settled)
        self._jobs.run_aside(LANE, self._search)

    def refresh(self) -> None:
        """Begins to make the vectors that prompts lack; call it when the library has changed."""
        self._outdated = True
        self._go_on()

    def stop(self) -> None:
        """Ends what runs; `refresh` goes on with it."""
        self._outdated = False
        self._drop_search()
        if self._index is not None:
            self._index.cancel()

    def _go_on(self) -> None:
        model = self._model()
        if model is None or not self._outdated or self._index or self._search:
            return
        self._outdated = False
        self._index = self._job(MeaningIndexRequest(model, self._cache, self._source))
        self._index.succeeded.connect(self._on_index_succeeded)
        self._index.failed.connect(self._on_job_failed)
        self._index.cancelled.connect(self._on_index_cancelled)
        self._index.settled.connect(self._on_index_settled)
        self._jobs.run_aside(LANE, self._index)

    def _drop_search(self) -> None:
        self._take = None
        if self._search is not None:
            search, self._search = self._search, None
            search.cancel()

    def _job(self, request: object) -> Job:
        job = Job(_TARGET, request, title="Search by meaning", parent=self)
        job.settled.connect(job.deleteLater)
        return job

    def _model(self) -> Path | None:
        return installed_folder(find_starter(_MODEL))

    def _on_search_succeeded(self, ranking: Ranking) -> None:
        if self.sender() is self._search and self._take is not None:
            self._outdated = self._outdated or ranking.missing > 0
            self._take(ranking)

    def _on_search_settled(self) -> None:
        if self.sender() is self._search:
            self._search = self._take = None
            self._go_on()

    def _on_index_succeeded(self, found: MeaningIndexed) -> None:
        self._outdated = self._outdated or found.missing > 0
        self.indexed.emit(found)

    def _on_index_cancelled(self) -> None:
        if self._search is not None:  # a search took its place
            self._outdated = True

    def _on_index_settled(self) -> None:
        self._index = None
        self._go_on()

    def _on_job_failed(self, failure: api.Failed) -> None:
        log.warning("search by meaning failed: %s", failure.message)
        self.failed.emit(failure)
