"""Vectors are kept by text and model, made once, and ranked."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from pipelines.api import JobCancelled
from pipelines.meaning_index import VectorCache, embed_missing, key_of, packed, rank, rank_cache
from pipelines.model_search import unchecked


class HashEncoder:
    """Directions that depend on nothing but the text."""

    def __init__(self, key: str = "model") -> None:
        self.key = key
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], check: Callable[[], None]) -> np.ndarray:
        check()
        self.encoded += texts
        digests = [hashlib.sha256(text.encode()).digest()[:8] for text in texts]
        rows = np.array([list(digest) for digest in digests], np.float32) - 127.5
        vectors: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return vectors


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "meanings.sqlite3"


def test_a_text_is_embedded_once_for_a_model(path: Path) -> None:
    encoder, other = HashEncoder(), HashEncoder("other")
    with closing(VectorCache(path)) as cache:
        assert embed_missing(cache, ["a", "b", "a"], encoder, unchecked) == (2, 0)
    with closing(VectorCache(path)) as cache:
        assert embed_missing(cache, ["b", "c", "\udcff"], HashEncoder(), unchecked, 0) == (1, 2)
        assert embed_missing(cache, ["b", "c"], encoder, unchecked) == (2, 0)
        assert embed_missing(cache, ["b"], other, unchecked) == (1, 0)
    assert (encoder.encoded, other.encoded) == (["a", "b", "c"], ["b"])


def test_a_part_at_a_time_and_what_was_made_before_a_cancel_stays(path: Path) -> None:
    texts = [str(number) for number in range(100)]
    checks = []

    def cancel_the_second() -> None:
        checks.append(1)
        if len(checks) == 2:
            raise JobCancelled

    encoder = HashEncoder()
    with closing(VectorCache(path)) as cache:
        assert embed_missing(cache, texts, encoder, unchecked, most=10) == (10, 90)
        with pytest.raises(JobCancelled):
            embed_missing(cache, texts, encoder, cancel_the_second)
        made = len(cache.keys())
        assert 10 < made < 100
        assert embed_missing(cache, texts, encoder, unchecked) == (100, 0)
    assert encoder.encoded == texts, "none twice"


def test_ranking_is_by_cosine(path: Path) -> None:
    encoder = HashEncoder()
    rows = encoder.encode(["a", "b", "c"], unchecked)
    scores = rank(rows[1], [*map(packed, rows), b"", packed(rows[0][:4])])
    assert scores[1] == pytest.approx(1)
    assert scores[0] == pytest.approx(float(rows[0] @ rows[1]), abs=1e-6)
    assert scores[3:] == [-1, -1]
    with closing(VectorCache(path)) as cache:
        embed_missing(cache, ["a", "b"], encoder, unchecked)
        found = rank_cache(rows[1], cache, unchecked)
    assert found[key_of("b", "model")] == pytest.approx(1)
    assert set(found) == {key_of("a", "model"), key_of("b", "model")}
    assert rank(rows[0], []) == []


def test_a_damaged_cache_is_made_anew(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 100)
    with closing(VectorCache(path)) as cache:
        assert embed_missing(cache, ["a"], HashEncoder(), unchecked) == (1, 0)


def test_a_locked_cache_is_not_thrown_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(VectorCache(path)) as cache:
        embed_missing(cache, ["a"], HashEncoder(), unchecked)
        before = cache.keys()
    connect = sqlite3.connect

    def no_room(*_arguments: object, **_options: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite3, "connect", no_room)
    with pytest.raises(sqlite3.OperationalError):
        VectorCache(path)
    monkeypatch.setattr(sqlite3, "connect", connect)
    with closing(VectorCache(path)) as cache:
        assert cache.keys() == before
