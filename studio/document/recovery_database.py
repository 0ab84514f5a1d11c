"""The database in which an open project lives: what is committed there outlives any crash."""

from __future__ import annotations

import os
import secrets
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.atomic import sync_file, sync_folder
from studio.database import migrate, read_pragma, transaction
from studio.document.schema import APPLICATION_ID, MIGRATIONS, NEWEST

if TYPE_CHECKING:
    from studio.document.assets import Asset

_BUSY_SECONDS = 10.0
# Pictures are large: with SQLite's usual 4096 a save takes half as long again.
_PAGE_BYTES = 16384


def create(path: Path) -> None:
    """Makes the database of a new, empty project."""
    part = path.with_suffix(".part")
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        migrate(db, APPLICATION_ID, MIGRATIONS)
        with transaction(db):
            db.execute("INSERT INTO meta VALUES ('id', ?)", (uuid.uuid4().hex,))
            write_state(db, 0, new_state())
    _finish(part, path)


def create_from(source: sqlite3.Connection, path: Path) -> None:
    """Makes the database of a project that was opened from a file, lifted to the newest version.

    One that is newer than that stays as it is.
    """
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    copy_into(source, part)
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        if read_pragma(db, "user_version") < NEWEST:
            migrate(db, APPLICATION_ID, MIGRATIONS)
    _finish(part, path)


def copy_into(source: sqlite3.Connection, target: Path) -> None:
    """A compact copy as one file; any other connection may go on writing. It is not synced."""
    # As bytes: a name need not be Unicode.
    source.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(target),))


def connect(path: Path) -> sqlite3.Connection:
    """Each commit is on the disk when it returns. Any thread may use it, one at a time."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    db = sqlite3.connect(
        uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA fullfsync = 1")  # macOS: past the drive's cache
        db.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        db.close()
        raise
    return db


def new_state() -> str:
    return secrets.token_hex(16)


def write_state(db: sqlite3.Connection, revision: int, state: str) -> None:
    """Inside the transaction of the change."""
    db.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        (
            ("state", state),
            ("revision", str(revision)),
            ("changed", datetime.now(UTC).isoformat(timespec="seconds")),
        ),
    )


def write_asset(db: sqlite3.Connection, asset: Asset) -> bool:
    """False when the project has it."""
    done = db.execute(
        "INSERT OR IGNORE INTO asset (hash, media, size, data) VALUES (?, ?, ?, ?)",
        (asset.hash, asset.media, len(asset.data), asset.data),
    )
    return done.rowcount > 0


def _finish(part: Path, path: Path) -> None:
    """The commits to come rely on these pages, so they go to the disk first."""
    descriptor = os.open(part, os.O_RDWR)
    try:
        sync_file(descriptor)
    finally:
        os.close(descriptor)
    os.replace(part, path)
    sync_folder(path.parent)
