"""What is looked for in the library, and the SQL that finds it. No Qt."""

from __future__ import annotations

import re
import sqlite3
from array import array
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from studio.library_entries import like_beginning, split_names

if TYPE_CHECKING:
    from pathlib import Path

Order = Literal["newest", "oldest", "prompt"]
Period = Literal["", "today", "week", "month", "year"]

_ORDERS: dict[Order, str] = {
    "newest": "made DESC, path DESC",
    "oldest": "made, path",
    "prompt": "prompt COLLATE NOCASE, path",
}
_WORD = re.compile(r"\w+")
_GROUPED = re.compile(r"(?<=\d)\s(?=\d{3}\b)")  # a seed is shown three digits at a time
# Scripts without spaces between words: there a word is found inside a text, not as one of it.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Query:
    """What to find; a field that is empty or None asks for nothing.

    Every one of `words` begins a word of the prompt or of the model's name, or of the seed; an
    `@name` begins the name of an entry of a story bible that the picture was made from, and
    `entries` are the ids of such entries. `model` is a name as the index has it, `tool` of a
    `pipelines.metadata.settings.Tool`, `collection` an id, `source` an added folder or "" for the
    library's own. The longer side is from `shortest` to `longest` pixels. With `by_meaning` the
    words are to be understood, not found: whoever looks asks a model first and gives its answer
    as `ranked`, names in the index, the best first, which takes the place of `words` and `order`.
    """

    words: str = ""
    model: str | None = None
    kept: bool = False
    period: Period = ""
    shortest: int = 0
    longest: int | None = None
    seed: int | None = None
    collection: str | None = None
    source: str | None = None
    tool: str | None = None
    by_meaning: bool = False
    entries: tuple[str, ...] = ()
    ranked: tuple[str, ...] | None = None
    order: Order = "newest"


@dataclass(frozen=True, slots=True)
class Found:
    """The pictures by their names in the index, in order, and width by height of each."""

    names: tuple[str, ...] = ()
    aspects: array[float] = field(default_factory=lambda: array("d"))
    total: int = 0


def begin_of(period: Period, now: datetime) -> datetime:
    """When `period` began: midnight of the day, of the week's Monday, the month's or year's first.

    `now` knows its time zone; the local one counts. ValueError for "".
    """
    days = {
        "today": 0,
        "week": now.weekday(),
        "month": now.day - 1,
        "year": now.timetuple().tm_yday - 1,
    }
    if period not in days:
        raise ValueError(f"there is no period {period!r}")
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    # The zone is asked anew: the clocks may have been put back since then.
    return (midnight - timedelta(days=days[period])).astimezone()


def condition(query: Query, now: datetime) -> tuple[str, list[object]]:
    """A WHERE clause ("" for everything) over the table of pictures, and its values."""
    parts: list[str] = []
    values: list[object] = []

    def ask(sql: str, *given: object) -> None:
        parts.append(sql)
        values.extend(given)

    plain, names = split_names(query.words)
    words = _WORD.findall(_GROUPED.sub("", plain)) if query.ranked is None else []
    spaced = [word for word in words if not _UNSPACED.search(word)]
    if spaced:
        match = " ".join(f'"{word}"*' for word in spaced)
        ask("id IN (SELECT rowid FROM words WHERE words MATCH ?)", match)
    for word in words:
        if _UNSPACED.search(word):
            ask("instr(prompt, ?) > 0", word)
    of_entry = "id IN (SELECT picture FROM picture_entries WHERE"
    for name in names:
        ask(f"{of_entry} name LIKE ? ESCAPE '\\')", like_beginning(name))
    for entry_id in query.entries:
        ask(f"{of_entry} entry = ?)", entry_id)
    if query.model is not None:
        ask("model = ?", query.model)
    if query.kept:
        ask("fingerprint IN (SELECT fingerprint FROM kept)")
    if query.period:
        since = begin_of(query.period, now).astimezone(UTC)
        ask("made >= ?", since.isoformat(timespec="microseconds"))
    if query.shortest:
        ask("max(width, height) >= ?", query.shortest)
    if query.longest is not None:
        ask("max(width, height) <= ?", query.longest)
    if query.seed is not None:
        ask("seed = ?", str(query.seed))
    if query.collection is not None:
        ask(
            "fingerprint IN (SELECT fingerprint FROM collected WHERE collection = ?)",
            query.collection,
        )
    if query.source is not None:
        ask("source = ?", query.source)
    if query.tool is not None:
        ask("tool = ?", query.tool)
    return ("WHERE " + " AND ".join(parts) if parts else ""), values


class LibraryReader:
    """Looks through an index that others write; for one thread at a time.

    Every call raises sqlite3.Error where the index cannot be read.
    """

    def __init__(self, db_path: Path) -> None:
        """The index has to be there: `Library` makes it."""
        # Made in one thread and used in others, one after the other.
        self._db = sqlite3.connect(
            f"{db_path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )

    def close(self) -> None:
        self._db.close()

    def version(self) -> int:
        """Another number whenever anybody has changed the index since the last call."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(version)

    def find(self, query: Query, now: datetime) -> Found:
        """Everything `query` asks for, of one moment."""
        where, values = condition(query, now)
        self._db.execute("BEGIN")
        try:
            order = "" if query.ranked is not None else f"ORDER BY {_ORDERS[query.order]}"
            rows = self._db.execute(
                f"SELECT path, width * 1.0 / height FROM pictures {where} {order}", values
            ).fetchall()
            (total,) = self._db.execute("SELECT COUNT(*) FROM pictures").fetchone()
        finally:
            self._db.execute("COMMIT")
        if query.ranked is not None:
            by_name = {row[0]: row for row in rows}
            rows = [by_name[each] for each in query.ranked if each in by_name]
        return Found(tuple(row[0] for row in rows), array("d", (row[1] for row in rows)), total)
