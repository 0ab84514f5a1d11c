"""Looks for what the query asks: at once, or a moment after the last key, by words or meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.library_search import LibrarySearch

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.meaning_requests import Ranking
    from studio.context import Context
    from studio.library_query import Query

_LOOK_AFTER_MS = 80  # since the last key: nobody types faster
_MEANING_AFTER_MS = 300  # a model reads the words; half of one means nothing
NEAR = 0.25
"""Cosine from which on a prompt counts as found. With MiniLM, prompts that have nothing in common
lie around 0.1; SillyTavern cuts its vectors at the same value."""


class Looking(QObject):
    """`query` gives what is looked for now.

    Signals:
        found: the query and what it found (`library_query.Found`).
        failed: the index could not be read; why.
    """

    found = Signal(object, object)
    failed = Signal(str)

    def __init__(
        self, context: Context, query: Callable[[], Query], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._query = query
        self._meaning = context.meaning
        self._search = LibrarySearch(context.paths.library_db, self)
        self._search.found.connect(self.found)
        self._search.failed.connect(self.failed)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.look)
        self._meaning.indexed.connect(self._on_meaning_indexed)
        self._meaning.failed.connect(self._on_meaning_failed)

    def look(self) -> None:
        """Looks now; the newest question is answered."""
        self._later.stop()
        query = self._query()
        if self._is_by_meaning(query):
            self._meaning.search(query.words, self._on_meaning_found)
        else:
            self._search.find(query)

    def look_soon(self) -> None:
        """Looks when the person has stopped typing."""
        wait = _MEANING_AFTER_MS if self._is_by_meaning(self._query()) else _LOOK_AFTER_MS
        self._later.start(wait)

    def watch(self, on: bool) -> None:
        """While on, others' changes to the index are told too."""
        self._search.watch(on)

    def finish(self) -> None:
        """Waits for what is being looked for."""
        self._later.stop()
        self._search.finish()

    def _is_by_meaning(self, query: Query) -> bool:
        return query.by_meaning and bool(query.words.strip()) and self._meaning.available

    def _on_meaning_found(self, ranking: Ranking) -> None:
        near = zip(ranking.ids, ranking.scores, strict=True)
        ids = tuple(name for name, score in near if score >= NEAR)
        self._search.find(replace(self._query(), ranked=ids))

    def _on_meaning_indexed(self) -> None:
        if self._is_by_meaning(self._query()):
            self.look()

    def _on_meaning_failed(self) -> None:
        self._search.find(self._query())
