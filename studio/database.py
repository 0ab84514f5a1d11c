"""How the program's own SQLite files are opened: durable, migrated, set aside when unusable."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)

Migration = Sequence[str]
"""The statements that lift a database by one version."""

_BUSY_SECONDS = 5.0
_UNUSABLE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class _UnusableError(Exception):
    """The file is there, and this program cannot work with it."""


def open_database(
    path: Path, application_id: int, migrations: Sequence[Migration]
) -> tuple[sqlite3.Connection, Path | None]:
    """Opens or makes a database in WAL mode whose commits are on the disk when they return.

    A file that is corrupt, foreign or written by a newer version is renamed to `.broken-1`
    (or -2, …) and a fresh one takes its place; the second value is where it went. Transactions
    are explicit: see `transaction`. The connection belongs to the calling thread. Raises
    sqlite3.OperationalError when the database is locked or the disk is full, OSError when the
    folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _open(path, application_id, migrations), None
    except _UnusableError as reason:
        aside = _set_aside(path)
        _log.warning("%s %s; it was set aside as %s", path, reason, aside.name)
    return _open(path, application_id, migrations), aside


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Holds the write lock from its first moment: what was read stays true until the end."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _open(path: Path, application_id: int, migrations: Sequence[Migration]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        _check(connection, application_id, len(migrations))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = 1")  # macOS: past the drive's cache
        migrate(connection, application_id, migrations)
    except sqlite3.DatabaseError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF in _UNUSABLE:
            raise _UnusableError(f"is damaged ({error})") from error
        raise
    except BaseException:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    return connection


def _check(connection: sqlite3.Connection, application_id: int, newest: int) -> None:
    if not read_pragma(connection, "schema_version"):
        return  # new and empty
    if read_pragma(connection, "application_id") != application_id:
        raise _UnusableError("is another program's")
    if (version := read_pragma(connection, "user_version")) > newest:
        raise _UnusableError(f"was written by a newer version (schema {version})")
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise _UnusableError(f"is damaged ({verdict})")


def migrate(
    connection: sqlite3.Connection, application_id: int, migrations: Sequence[Migration]
) -> None:
    """Lifts a database to the newest version, all at once; a new one gets its tables so."""
    if read_pragma(connection, "user_version") == len(migrations):
        return
    with transaction(connection):
        # Read again: another process may have done it while this one waited for the lock.
        for statements in migrations[read_pragma(connection, "user_version") :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {application_id}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def read_pragma(connection: sqlite3.Connection, name: str) -> int:
    """The value of a pragma that is a number."""
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + suffix))
    return aside
