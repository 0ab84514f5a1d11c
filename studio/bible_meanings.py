"""How near the bible's entries are in meaning to a text; their vectors are kept in the project."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pipelines.meaning_requests import RankRequest, SentenceMeaningRequest, SentenceMeaningResult
from pipelines.starters.manifest import find_starter
from pipelines.starters.places import installed_folder
from studio.document.assets import Asset
from studio.document.bible.retrieval import lore_text
from studio.document.documents import Change, Document
from studio.document.errors import ProjectError
from studio.jobs.job import Job

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.api import Failed
    from studio.document.bible.bible import Bible
    from studio.jobs.service import JobService
    from studio.open_project import OpenProject

log = logging.getLogger(__name__)

Scores = Mapping[str, float]
"""The cosine, -1 to 1, by the entry's id."""

_KEY = "bible_meanings"
_TARGET = "pipelines.sentence_meaning:SentenceMeaning"
_MODEL = "all-minilm-l6-v2"
_LANE = "text"


class BibleMeanings(QObject):
    """Answers the newest question only. Its work runs in the text lane.

    Vectors are made when they are needed and written into the project whenever that is saved: so
    reading a bible never makes a project unsaved, and a copy of the file takes them along.
    """

    def __init__(
        self, jobs: JobService, project: OpenProject, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._project = jobs, project
        self._vectors: dict[str, bytes] = {}  # by the digest of the text
        self._in_use: frozenset[str] = frozenset()  # the digests of the last question
        self._is_loaded = False
        self._number = 0
        self._job: Job | None = None
        project.replaced.connect(self._on_project_replaced)
        project.about_to_save.connect(self._on_project_about_to_save)

    @property
    def available(self) -> bool:
        """Whether the model for it is installed; it is part of the starter set."""
        return self._model() is not None

    def similar(self, text: str, bible: Bible, done: Callable[[Scores], None]) -> None:
        """Calls `done` with the scores of all entries; with none where there is no model.

        Unless another question comes first.
        """
        self._number += 1
        if self._job is not None:
            self._job.cancel()
        model = self._model()
        if model is None or not text.strip() or not bible.entries:
            done({})
            return
        self._load()
        told = {entry.id: lore_text(entry, bible) for entry in bible}
        self._in_use = frozenset(map(_digest, told.values()))
        missing = [
            each for each in dict.fromkeys(told.values()) if _digest(each) not in self._vectors
        ]
        number = self._number

        def rank() -> None:
            vectors = tuple(self._vectors[_digest(each)] for each in told.values())
            self._run(RankRequest(model, text, vectors), answer)

        def answer(scores: tuple[float, ...]) -> None:
            if number == self._number:
                done(dict(zip(told, scores, strict=True)))

        def keep(result: SentenceMeaningResult) -> None:
            self._vectors |= zip(map(_digest, missing), result.vectors, strict=True)
            if number == self._number:
                rank()

        if missing:
            self._run(SentenceMeaningRequest(model, tuple(missing)), keep)
        else:
            rank()

    def _run(self, request: object, done: Callable[..., None]) -> None:
        job = Job(_TARGET, request, title="Search by meaning", parent=self)
        job.succeeded.connect(done)
        job.failed.connect(self._on_job_failed)
        job.settled.connect(self._on_job_settled)
        self._job = job
        self._jobs.run_aside(_LANE, job)

    def _model(self) -> Path | None:
        return installed_folder(find_starter(_MODEL))

    def _load(self) -> None:
        """What the project has of them; what cannot be understood is made anew."""
        if self._is_loaded:
            return
        self._is_loaded = True
        document = self._project.documents.get(_KEY)
        if document is None:
            return
        try:
            data = document.data
            digests = data["digests"]
            packed = self._project.asset(data["vectors"]).data
        except (ProjectError, LookupError, TypeError):
            return
        size, rest = divmod(len(packed), max(len(digests), 1))
        if data.get("model") != _MODEL or rest or not size:
            return
        for index, digest in enumerate(digests):
            self._vectors.setdefault(str(digest), packed[index * size : (index + 1) * size])

    def _on_job_failed(self, failure: Failed) -> None:
        log.warning("meanings of the bible: %s", failure.message)

    def _on_job_settled(self) -> None:
        job = self.sender()
        if job is self._job:
            self._job = None
        job.deleteLater()

    def _on_project_replaced(self) -> None:
        self._number += 1
        if self._job is not None:
            self._job.cancel()
        self._vectors, self._in_use, self._is_loaded = {}, frozenset(), False

    def _on_project_about_to_save(self) -> None:
        digests = sorted(self._in_use & self._vectors.keys())
        if not digests:
            return
        packed = b"".join(self._vectors[digest] for digest in digests)
        asset = Asset.from_bytes(packed)
        data = {"model": _MODEL, "digests": digests, "vectors": asset.hash}
        document = Document.make(_KEY, "vectors", data)
        self._project.keep(Change(puts=(document,), assets=(asset,)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
