"""Vectors of texts that are kept, and the ranking of texts by them."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_SLICE = 32  # texts that are embedded between two commits: what a sudden end costs
_ROWS = 4096  # vectors that are ranked at a time
_VERSION = 1


class Encoder(Protocol):
    """What `SentenceEncoder` offers."""

    @property
    def key(self) -> str:
        """Names the model: another model's vectors cannot be compared with its own."""

    def encode(self, texts: Sequence[str], check: Callable[[], None]) -> np.ndarray:
        """A row for each text, of length 1."""


def key_of(text: str, model: str) -> bytes:
    """Under which the vector of a text by a model is kept."""
    return hashlib.sha256(f"{model}\0{text}".encode(errors="surrogatepass")).digest()


class VectorCache:
    """A SQLite file of vectors by `key_of`. Losing it costs the time to embed the texts again.

    For one thread. Every call raises sqlite3.Error where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        """Opens or makes it; a damaged file is replaced by an empty one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _opened(path)
        except sqlite3.OperationalError:  # locked, or the disk is full
            raise
        except sqlite3.DatabaseError:
            path.unlink()
            self._db = _opened(path)

    def close(self) -> None:
        self._db.close()

    def keys(self) -> set[bytes]:
        return {key for (key,) in self._db.execute("SELECT key FROM vectors")}

    def vectors(self) -> Iterator[list[tuple[bytes, bytes]]]:
        """All keys with their vectors, some thousand at a time."""
        rows = self._db.execute("SELECT key, vector FROM vectors")
        while some := rows.fetchmany(_ROWS):
            yield some

    def put(self, vectors: Mapping[bytes, bytes]) -> None:
        """They are kept when it returns."""
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", vectors.items())


def embed_missing(
    cache: VectorCache,
    texts: Iterable[str],
    encoder: Encoder,
    check: Callable[[], None],
    most: int | None = None,
) -> tuple[int, int]:
    """Embeds what `cache` lacks, `most` texts at most; how many texts it has then, and lacks.

    What was embedded before `check` raised is kept.
    """
    by_key = {key_of(text, encoder.key): text for text in texts}
    known = cache.keys()
    missing = [key for key in by_key if key not in known]
    todo = missing[:most]
    for begin in range(0, len(todo), _SLICE):
        keys = todo[begin : begin + _SLICE]
        rows = encoder.encode([by_key[key] for key in keys], check)
        cache.put({key: packed(row) for key, row in zip(keys, rows, strict=True)})
    left = len(missing) - len(todo)
    return len(by_key) - left, left


def packed(vector: np.ndarray) -> bytes:
    """As it is kept and sent: little-endian float32."""
    return vector.astype("<f4").tobytes()


def rank(query: np.ndarray, candidates: Sequence[bytes]) -> list[float]:
    """The cosine of `query` with each packed vector; -1 for one of another length."""
    scores: np.ndarray = np.full(len(candidates), -1.0, np.float32)
    fits = [i for i, vector in enumerate(candidates) if len(vector) == 4 * query.size]
    if fits:
        joined = b"".join(candidates[index] for index in fits)
        scores[fits] = np.frombuffer(joined, "<f4").reshape(len(fits), -1) @ query
    found: list[float] = scores.tolist()
    return found


def rank_cache(
    query: np.ndarray, cache: VectorCache, check: Callable[[], None]
) -> dict[bytes, float]:
    """The cosine of `query` with every vector of the cache, by its key."""
    found: dict[bytes, float] = {}
    for rows in cache.vectors():
        check()
        scores = rank(query, [vector for _, vector in rows])
        found.update(zip((key for key, _ in rows), scores, strict=True))
    return found


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=5.0)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            with db:
                db.execute("DROP TABLE IF EXISTS vectors")
                db.execute(
                    "CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
                    " WITHOUT ROWID"
                )
                db.execute(f"PRAGMA user_version = {_VERSION}")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.close()
        raise
    return db
