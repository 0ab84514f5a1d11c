"""Search by meaning: vectors of texts, an index of them, and what is nearest. For the text lane."""

from __future__ import annotations

import heapq
import importlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, ClassVar

from pipelines.api import PipelineError
from pipelines.cache import cache_folder
from pipelines.meaning_requests import (
    MeaningIndexed,
    MeaningIndexRequest,
    MeaningRequest,
    MeaningSearchRequest,
    Ranking,
    RankRequest,
    SentenceMeaningRequest,
    SentenceMeaningResult,
    TextSource,
)
from pipelines.sources import NO_SOURCE, source_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.api import JobContext
    from pipelines.sentence_encoder import SentenceEncoder

Answer = SentenceMeaningResult | MeaningIndexed | Ranking | tuple[float, ...]


class SentenceMeaning:
    """Keeps the sentence model warm for all that is asked of it; see `meaning_requests`.

    A SentenceMeaningRequest is answered by a SentenceMeaningResult, a RankRequest by a tuple of
    cosines, a MeaningIndexRequest by MeaningIndexed, a MeaningSearchRequest by a Ranking.
    """

    id: ClassVar[str] = "sentence_meaning"

    def __init__(self) -> None:
        self._encoder: SentenceEncoder | None = None
        self._source = NO_SOURCE

    def load(self, request: MeaningRequest, say: Callable[[str], None]) -> None:
        """Loads the model unless it is loaded. Raises PipelineError when it cannot be."""
        source = source_of(str(request.model))
        if self._encoder is not None and source == self._source:
            return
        self.unload()
        for name in ("torch", "transformers"):
            say(f"Importing {name}")
            importlib.import_module(name)
        say(f"Loading {request.model.name}")
        from pipelines.sentence_encoder import SentenceEncoder

        self._encoder = SentenceEncoder(request.model, cache_folder() / "hashes.json")
        self._source = source

    def run(self, request: MeaningRequest, ctx: JobContext) -> Answer:
        """Answers; `load` came before with the same request.

        Raises PipelineError "unreadable" when the source of texts or the cache cannot be used.
        """
        encoder = self._encoder
        if encoder is None:
            raise RuntimeError("run() before load()")
        try:
            return _answer(request, encoder, ctx)
        except sqlite3.Error as error:
            raise PipelineError(
                "unreadable",
                f"The index of meanings could not be used: {error}.",
                "Make room on the disk, then search again.",
            ) from error

    def unload(self) -> None:
        self._encoder, self._source = None, NO_SOURCE


def _answer(request: MeaningRequest, encoder: SentenceEncoder, ctx: JobContext) -> Answer:
    from pipelines.meaning_index import packed, rank

    match request:
        case SentenceMeaningRequest(_, texts):
            rows = encoder.encode(texts, ctx.check)
            return SentenceMeaningResult(tuple(map(packed, rows)), encoder.dimensions)
        case RankRequest(_, text, vectors):
            (query,) = encoder.encode([text], ctx.check)
            return tuple(rank(query, vectors))
        case MeaningIndexRequest():
            return _index(request, encoder, ctx)
        case MeaningSearchRequest():
            return _search(request, encoder, ctx)


def _index(request: MeaningIndexRequest, encoder: SentenceEncoder, ctx: JobContext) -> Answer:
    from pipelines.meaning_index import VectorCache, embed_missing

    with closing(VectorCache(request.cache)) as cache:
        texts = [text for _, text in _texts(request.source)]
        known, missing = embed_missing(cache, texts, encoder, ctx.check, request.most)
    return MeaningIndexed(known, missing)


def _search(request: MeaningSearchRequest, encoder: SentenceEncoder, ctx: JobContext) -> Answer:
    from pipelines.meaning_index import VectorCache, key_of, rank_cache

    (query,) = encoder.encode([request.text], ctx.check)
    with closing(VectorCache(request.cache)) as cache:
        scores = rank_cache(query, cache, ctx.check)
    rows = _texts(request.source)
    keyed = [(scores.get(key_of(text, encoder.key)), name) for name, text in rows]
    ranked = [(score, name) for score, name in keyed if score is not None]
    # Equal scores, as of pictures with the same prompt, keep the order of the source.
    best = heapq.nlargest(request.most, ranked, key=lambda pair: pair[0])
    return Ranking(
        tuple(name for _, name in best),
        tuple(score for score, _ in best),
        len(keyed) - len(ranked),
    )


def _texts(source: TextSource) -> list[tuple[str, str]]:
    """Reads only; nobody else has to wait."""
    uri = f"{source.database.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        return database.execute(source.query).fetchall()
