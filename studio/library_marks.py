"""Stars and collections: in the index for speed, and in the library's folder to outlive it."""

from __future__ import annotations

import json
import logging
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.atomic import write_text
from studio.database import transaction
from studio.library_index import stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_log = logging.getLogger(__name__)

_SCHEMA = 1
_MOST_LETTERS = 80

# The database writes it, because a person waits for it: Python takes five times as long.
_AS_JSON = """
    SELECT json_object(
        'schema', :schema,
        'stars', json((SELECT json_group_array(fingerprint) FROM kept)),
        'collections', json((
            SELECT json_group_array(json_object(
                'id', id,
                'name', name,
                'pictures', json((
                    SELECT json_group_array(fingerprint) FROM collected WHERE collection = id
                ))
            ))
            FROM collections
        ))
    )
"""


@dataclass(frozen=True, slots=True)
class Collection:
    """Pictures put together by a person; `pictures` is how many of them the library has."""

    id: str
    name: str
    pictures: int = 0


class Marks:
    """Knows a picture by its fingerprint, so that its marks follow wherever the file is moved to.

    They are written into `.fabula/marks.json` in the library's folder: moved, copied or backed up
    with the pictures, and there when the index is lost. What a call changed is in both when it
    returns, or in neither: it raises OSError or sqlite3.Error.
    """

    def __init__(self, db: sqlite3.Connection, folder: Path) -> None:
        """The file is believed wherever it is another than the index has seen last."""
        self._db = db
        self._folder = folder
        self._file = folder / ".fabula" / "marks.json"
        try:
            self._agree()
        except OSError as error:
            _log.warning("the stars and collections in %s are not up to date: %s", folder, error)

    def star(self, contents: Iterable[str], on: bool) -> None:
        """Stars the pictures of these fingerprints, or takes their stars away."""
        insert, delete = (
            "INSERT OR IGNORE INTO kept VALUES (?)",
            "DELETE FROM kept WHERE fingerprint=?",
        )
        with self._change():
            self._db.executemany(insert if on else delete, [(content,) for content in contents])

    def collections(self) -> list[Collection]:
        """By name."""
        rows = self._db.execute(
            "SELECT id, name, (SELECT COUNT(*) FROM pictures WHERE fingerprint IN"
            " (SELECT fingerprint FROM collected WHERE collection = collections.id)) AS pictures"
            " FROM collections ORDER BY name COLLATE NOCASE, id"
        )
        return [Collection(row["id"], row["name"], row["pictures"]) for row in rows]

    def collections_of(self, content: str) -> list[Collection]:
        """Those that hold the picture of this fingerprint, by name and without their number."""
        rows = self._db.execute(
            "SELECT id, name FROM collections JOIN collected ON collection = id"
            " WHERE fingerprint = ? ORDER BY name COLLATE NOCASE, id",
            (content,),
        )
        return [Collection(row["id"], row["name"]) for row in rows]

    def name_of(self, collection: str) -> str:
        """Raises LookupError for one that is not there."""
        row = self._db.execute(
            "SELECT name FROM collections WHERE id = ?", (collection,)
        ).fetchone()
        if row is None:
            raise LookupError(f"there is no collection {collection}")
        return str(row["name"])

    def make(self, name: str) -> Collection:
        """An empty collection. Raises ValueError for no name or one that is taken."""
        made = Collection(uuid.uuid4().hex, self._free(name))
        with self._change():
            self._db.execute("INSERT INTO collections VALUES (?, ?)", (made.id, made.name))
        return made

    def rename(self, collection: str, name: str) -> None:
        """Raises ValueError for no name or one that is taken."""
        free = self._free(name, but=collection)
        with self._change():
            self._db.execute("UPDATE collections SET name = ? WHERE id = ?", (free, collection))

    def delete(self, collection: str) -> None:
        """Its pictures stay."""
        with self._change():
            self._db.execute("DELETE FROM collections WHERE id = ?", (collection,))
            self._db.execute("DELETE FROM collected WHERE collection = ?", (collection,))

    def collect(self, collection: str, contents: Iterable[str]) -> None:
        """Puts the pictures of these fingerprints into a collection, each once."""
        with self._change():
            self._db.executemany(
                "INSERT OR IGNORE INTO collected VALUES (?, ?)",
                [(collection, content) for content in contents],
            )

    def uncollect(self, collection: str, contents: Iterable[str]) -> None:
        """Takes them out of a collection."""
        with self._change():
            self._db.executemany(
                "DELETE FROM collected WHERE collection = ? AND fingerprint = ?",
                [(collection, content) for content in contents],
            )

    # ---- inside ------------------------------------------------------------------------------

    def _free(self, name: str, but: str = "") -> str:
        short = " ".join(name.split())[:_MOST_LETTERS].strip()
        if not short:
            raise ValueError("a collection needs a name")
        for other in self.collections():
            if other.name.casefold() == short.casefold() and other.id != but:
                raise ValueError(f"there is a collection “{other.name}” already")
        return short

    @contextmanager
    def _change(self) -> Iterator[None]:
        """The file is written before the index is: a crash between leaves it the newer one."""
        with transaction(self._db):
            before = self._db.total_changes
            yield
            if self._db.total_changes != before:
                self._write()

    def _write(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        (text,) = self._db.execute(_AS_JSON, {"schema": _SCHEMA}).fetchone()
        write_text(self._file, text + "\n")
        self._note_seen()

    def _agree(self) -> None:
        if self._file.exists():
            seen = self._db.execute("SELECT value FROM facts WHERE key = 'marks'").fetchone()
            if seen is not None and seen["value"] == self._stamp():
                return
            try:
                self._take_over(json.loads(self._file.read_bytes()))
            except (ValueError, KeyError, TypeError) as error:
                aside = self._set_aside()
                _log.warning("%s cannot be read (%s): it is %s now", self._file, error, aside.name)
            else:
                return
        has_marks = self._db.execute(
            "SELECT EXISTS (SELECT 1 FROM kept) OR EXISTS (SELECT 1 FROM collections)"
        ).fetchone()[0]
        # Where the folder itself is missing, its drive may only not be plugged in.
        if has_marks and self._folder.is_dir():
            with transaction(self._db):
                self._write()

    def _take_over(self, saved: dict[str, object]) -> None:
        if saved["schema"] != _SCHEMA:
            raise ValueError(f"it is of schema {saved['schema']}")
        stars, collections = saved["stars"], saved["collections"]
        if not isinstance(stars, list) or not isinstance(collections, list):
            raise TypeError("it holds no lists")
        rows = [(str(one["id"]), str(one["name"])) for one in collections]
        held = [(str(one["id"]), str(each)) for one in collections for each in one["pictures"]]
        with transaction(self._db):
            for table in ("kept", "collections", "collected"):
                self._db.execute(f"DELETE FROM {table}")
            self._db.executemany(
                "INSERT OR IGNORE INTO kept VALUES (?)", [(str(s),) for s in stars]
            )
            self._db.executemany("INSERT OR REPLACE INTO collections VALUES (?, ?)", rows)
            self._db.executemany("INSERT OR IGNORE INTO collected VALUES (?, ?)", held)
            self._note_seen()

    def _note_seen(self) -> None:
        self._db.execute("INSERT OR REPLACE INTO facts VALUES ('marks', ?)", (self._stamp(),))

    def _stamp(self) -> str:
        size, modified = stamp(self._file)
        return f"{size}:{modified}"

    def _set_aside(self) -> Path:
        number = 1
        while (aside := self._file.with_name(f"{self._file.name}.broken-{number}")).exists():
            number += 1
        return self._file.rename(aside)
