"""How the library's index lies on disk: one row a picture, and the stars apart from them."""

from __future__ import annotations

import json
import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.database import open_database, transaction
from studio.library_files import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_log = logging.getLogger(__name__)

Row = dict[str, object]

_APPLICATION_ID = 0x4641424C  # "FABL"

_MIGRATIONS = (
    (
        """
        CREATE TABLE pictures (
            path TEXT PRIMARY KEY,
            made TEXT NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            prompt TEXT NOT NULL,
            seed TEXT,
            batch TEXT NOT NULL,
            settings TEXT NOT NULL CHECK (json_valid(settings)),
            fingerprint TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL
        )
        """,
        "CREATE INDEX pictures_by_time ON pictures (made DESC, path DESC)",
        "CREATE INDEX pictures_by_batch ON pictures (batch)",
        "CREATE INDEX pictures_by_content ON pictures (fingerprint)",
        # Not in the picture files, so it is never emptied: a rebuilt index finds it again.
        "CREATE TABLE kept (fingerprint TEXT PRIMARY KEY)",
    ),
    (
        "ALTER TABLE pictures RENAME TO pictures_before",
        # `id` because the table of words points at rows, and a rowid of its own need not last.
        """
        CREATE TABLE pictures (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            made TEXT NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            model TEXT NOT NULL,
            prompt TEXT NOT NULL,
            seed TEXT,
            batch TEXT NOT NULL,
            settings TEXT NOT NULL CHECK (json_valid(settings)),
            fingerprint TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL
        )
        """,
        # Only the file says which model another tool used: as if it had changed, so that the next
        # rebuild reads it again.
        """
        INSERT INTO pictures (path, made, width, height, model, prompt, seed, batch, settings,
            fingerprint, size, modified)
        SELECT path, made, width, height, '', prompt, seed, batch, settings, fingerprint, size, 0
            FROM pictures_before
        """,
        "DROP TABLE pictures_before",
        "CREATE INDEX pictures_by_time ON pictures (made DESC, path DESC)",
        "CREATE INDEX pictures_by_batch ON pictures (batch)",
        "CREATE INDEX pictures_by_content ON pictures (fingerprint)",
        "CREATE INDEX pictures_by_model ON pictures (model)",
        """
        CREATE VIRTUAL TABLE words USING fts5 (
            prompt, model, seed, content='pictures', content_rowid='id',
            tokenize='unicode61 remove_diacritics 2', prefix='2 3'
        )
        """,
        "INSERT INTO words (words) VALUES ('rebuild')",
        """
        CREATE TRIGGER words_added AFTER INSERT ON pictures BEGIN
            INSERT INTO words (rowid, prompt, model, seed)
                VALUES (new.id, new.prompt, new.model, new.seed);
        END
        """,
        """
        CREATE TRIGGER words_removed AFTER DELETE ON pictures BEGIN
            INSERT INTO words (words, rowid, prompt, model, seed)
                VALUES ('delete', old.id, old.prompt, old.model, old.seed);
        END
        """,
        """
        CREATE TRIGGER words_changed AFTER UPDATE ON pictures BEGIN
            INSERT INTO words (words, rowid, prompt, model, seed)
                VALUES ('delete', old.id, old.prompt, old.model, old.seed);
            INSERT INTO words (rowid, prompt, model, seed)
                VALUES (new.id, new.prompt, new.model, new.seed);
        END
        """,
    ),
)

_COLUMNS = (
    "path", "made", "width", "height", "model", "prompt", "seed", "batch", "settings",
    "fingerprint", "size", "modified",
)  # fmt: skip
# An upsert, because REPLACE would fire no trigger for the row it removes.
_WRITE = (
    f"INSERT INTO pictures ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{c}' for c in _COLUMNS)})"
    f" ON CONFLICT (path) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in _COLUMNS[1:])}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture of the library.

    `made` knows its time zone. `seed` is None where nobody knows it; `batch` is the id of the job
    that made it, or ""; `settings` is what it was made from, as plain JSON: the whole request of
    a picture of ours, of another tool's the fields of `pipelines.metadata.settings.Settings`.
    """

    path: Path
    made: datetime
    width: int
    height: int
    prompt: str = ""
    seed: int | None = None
    kept: bool = False
    batch: str = ""
    settings: Mapping[str, object] = field(default_factory=dict, hash=False)


def open_index(path: Path) -> sqlite3.Connection:
    """Opens or makes an index; from an unusable one, which is set aside, it takes the stars."""
    db, aside = open_database(path, _APPLICATION_ID, _MIGRATIONS)
    if aside is not None:
        try:
            with closing(sqlite3.connect(aside)) as old:
                stars = old.execute("SELECT fingerprint FROM kept").fetchall()
        except sqlite3.DatabaseError as error:
            _log.warning("the stars in %s cannot be read: %s", aside, error)
        else:
            with transaction(db):
                db.executemany("INSERT OR IGNORE INTO kept VALUES (?)", stars)
    return db


def relative_name(folder: Path, path: Path) -> str:
    """How the index calls a picture. Raises ValueError outside `folder` or for no Unicode name."""
    name = path.absolute().relative_to(folder).as_posix()
    name.encode()
    return name


def stamp(path: Path) -> tuple[int, int]:
    """Size and time: changes whenever the file does, as far as its folder tells."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def to_row(folder: Path, entry: Entry) -> Row:
    """Raises OSError when the file cannot be read, ValueError for what cannot be kept."""
    size, modified = stamp(entry.path)
    return {
        "path": relative_name(folder, entry.path),
        # Of fixed length and in one time zone, so that text order is time order.
        "made": entry.made.astimezone(UTC).isoformat(timespec="microseconds"),
        "width": entry.width,
        "height": entry.height,
        "model": model_name(entry.settings).encode(errors="replace").decode(),
        # A prompt from a foreign file can hold halves of characters.
        "prompt": entry.prompt.encode(errors="replace").decode(),
        "seed": None if entry.seed is None else str(entry.seed),
        "batch": entry.batch,
        "settings": json.dumps(dict(entry.settings), allow_nan=False),
        "fingerprint": fingerprint(entry.path),
        "size": size,
        "modified": modified,
    }


def model_name(settings: Mapping[str, object]) -> str:
    """What the index calls the model: its file or folder without suffix, "" for an unknown one."""
    name = str(settings.get("model") or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    return name.removesuffix(".safetensors").removesuffix(".ckpt")


def write_row(db: sqlite3.Connection, row: Row) -> None:
    """Puts a picture into the index, or replaces what it says of it."""
    db.execute(_WRITE, row)


def mark_kept(db: sqlite3.Connection, content: str, on: bool) -> None:
    """Stars every picture with this fingerprint, or takes the star away."""
    sql = "INSERT OR IGNORE INTO kept VALUES (?)" if on else "DELETE FROM kept WHERE fingerprint=?"
    db.execute(sql, (content,))


def entries(db: sqlite3.Connection, folder: Path, tail: str, *values: object) -> list[Entry]:
    """The entries that the end of a query picks, from WHERE on."""
    rows = db.execute(
        "SELECT *, fingerprint IN (SELECT fingerprint FROM kept) AS kept FROM pictures " + tail,
        values,
    )
    return [
        Entry(
            path=folder / row["path"],
            made=datetime.fromisoformat(row["made"]).astimezone(),
            width=row["width"],
            height=row["height"],
            prompt=row["prompt"],
            seed=None if row["seed"] is None else int(row["seed"]),
            kept=bool(row["kept"]),
            batch=row["batch"],
            settings=json.loads(row["settings"]),
        )
        for row in rows
    ]
