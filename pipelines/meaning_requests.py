"""What is asked about the meaning of texts, and the answers: values only, the window imports them.

`model` is always the folder of a sentence model, as the starter all-MiniLM-L6-v2. A vector is
packed little-endian float32 of length 1, 384 of them from that model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SentenceMeaningRequest:
    """Texts of which 256 tokens count each."""

    model: Path
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentenceMeaningResult:
    """A vector for each text, and how many numbers each has."""

    vectors: tuple[bytes, ...]
    dimensions: int


@dataclass(frozen=True, slots=True)
class RankRequest:
    """How near `text` is to what some vectors stand for, which somebody keeps."""

    model: Path
    text: str
    vectors: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class TextSource:
    """A SQLite file and a query over it that gives rows of an id and a text."""

    database: Path
    query: str


@dataclass(frozen=True, slots=True)
class MeaningIndexRequest:
    """Embeds texts of `source` that `cache` has no vectors of, `most` of them in one job."""

    model: Path
    cache: Path
    source: TextSource
    most: int = 256


@dataclass(frozen=True, slots=True)
class MeaningIndexed:
    """How many texts have their vectors now, and how many still lack theirs."""

    known: int
    missing: int


@dataclass(frozen=True, slots=True)
class MeaningSearchRequest:
    """The texts of `source` that are nearest in meaning to `text`, by their vectors in `cache`."""

    model: Path
    cache: Path
    source: TextSource
    text: str
    most: int = 1000


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ids with their cosines (-1 to 1), the nearest first.

    `missing` is how many other ids have a text without a vector so far.
    """

    ids: tuple[str, ...]
    scores: tuple[float, ...]
    missing: int = 0


MeaningRequest = SentenceMeaningRequest | RankRequest | MeaningIndexRequest | MeaningSearchRequest
