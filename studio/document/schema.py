"""The tables of a project, and whether a database has them and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from studio.database import Migration, migrate

APPLICATION_ID = 0x46414250
"""In the header of every project: "FABP"."""

MIGRATIONS: tuple[Migration, ...] = (
    (
        # id: one project through all its files; state: a new one for every change; revision: how
        # many changes there were; changed: when the last was, in UTC.
        # The checks of types are for files that others made: quick_check looks at them. JSON is
        # checked apart, because json_valid may not stand in a schema that is not trusted.
        """
        CREATE TABLE meta (
            key TEXT PRIMARY KEY NOT NULL CHECK (typeof(key) = 'text'),
            value TEXT NOT NULL CHECK (typeof(value) = 'text')
        )
        """,
        """
        CREATE TABLE doc (
            key TEXT PRIMARY KEY NOT NULL CHECK (typeof(key) = 'text'),
            kind TEXT NOT NULL CHECK (typeof(kind) = 'text'),
            json TEXT NOT NULL CHECK (typeof(json) = 'text')
        )
        """,
        """
        CREATE TABLE asset (
            hash TEXT PRIMARY KEY NOT NULL
                CHECK (typeof(hash) = 'text' AND length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
            media TEXT NOT NULL CHECK (typeof(media) = 'text'),
            size INTEGER NOT NULL CHECK (size = length(data)),
            data BLOB NOT NULL CHECK (typeof(data) = 'blob')
        )
        """,
    ),
)
NEWEST = len(MIGRATIONS)

_COLUMNS = {
    "meta": {"key", "value"},
    "doc": {"key", "kind", "json"},
    "asset": {"hash", "media", "size", "data"},
}
# SQLite itself writes the first words so.
_PASSIVE = ("CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX ")
_Object = tuple[str, str, str | None]


def is_as_expected(db: sqlite3.Connection, version: int) -> bool:
    """Whether `db` has the tables of that version: all of them and nothing that could act.

    For a version newer than this program's: what this one reads, no trigger, no view, no virtual
    table.
    """
    found = _objects(db)
    if version <= NEWEST:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
            migrate(model, APPLICATION_ID, MIGRATIONS[:version])
            return found == _objects(model)
    return all(sql is None or sql.startswith(_PASSIVE) for _, _, sql in found) and all(
        columns <= _columns(db, table) for table, columns in _COLUMNS.items()
    )


def _objects(db: sqlite3.Connection) -> set[_Object]:
    # What ANALYZE leaves does no harm.
    return set(
        db.execute(
            "SELECT type, name, sql FROM sqlite_master"
            " WHERE NOT (type = 'table' AND name GLOB 'sqlite_stat[0-9]')"
        )
    )


def _columns(db: sqlite3.Connection, table: str) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,))}
