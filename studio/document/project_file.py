"""Reading a project from a file that anybody may have made: nothing is written, ever."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from studio.database import read_pragma
from studio.document.assets import Asset
from studio.document.documents import LONGEST_TEXT, Document
from studio.document.errors import ProjectError, explained
from studio.document.schema import APPLICATION_ID, NEWEST, is_as_expected

MOST_TEXT = 1024 * 1024 * 1024
"""Characters of all documents of one project together."""

_HEADER = b"SQLite format 3\0"
_OLDEST_SQLITE_HEADER = 100  # bytes


@dataclass(frozen=True, slots=True)
class Facts:
    """What a project's database says about itself.

    `state` is new with every change, so two files with the same one hold the same. `changed` is
    the time of the last change, and knows its zone.
    """

    id: str
    state: str
    revision: int
    changed: datetime
    version: int

    @property
    def newer(self) -> bool:
        """Written by a newer version of the program: to be read, not changed."""
        return self.version > NEWEST


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A checked project, read-only. Raises ProjectError where it is none, or is damaged.

    The connection takes no locks: a project's file is never changed, only replaced.
    """
    with explained(f"“{path.name}” could not be opened"):
        _check_from_outside(path)
        with closing(connect_to_read(path)) as db:
            _check(db, path)
            yield db


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Such that what the file defines cannot run, and the file system sees no write."""
    uri = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode=ro&immutable=1"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
    except BaseException:
        db.close()
        raise
    return db


def read_facts(db: sqlite3.Connection) -> Facts:
    """Raises ProjectError where they are missing."""
    meta: dict[str, str] = dict(
        db.execute(
            "SELECT key, value FROM meta WHERE key IN ('id', 'state', 'revision', 'changed')"
        )
    )
    try:
        return Facts(
            id=meta["id"],
            state=meta["state"],
            revision=int(meta["revision"]),
            changed=datetime.fromisoformat(meta["changed"]).astimezone(UTC),
            version=read_pragma(db, "user_version"),
        )
    except (KeyError, ValueError, OverflowError) as error:
        raise ProjectError(
            "damaged", "The project does not say what it is.", "Restore a backup of it."
        ) from error


def read_documents(db: sqlite3.Connection) -> dict[str, Document]:
    """By key, in the order of the keys."""
    rows = db.execute("SELECT key, kind, json FROM doc ORDER BY key")
    return {key: Document(key, kind, text) for key, kind, text in rows}


def read_asset(db: sqlite3.Connection, hash_: str) -> Asset:
    """Raises LookupError where there is none, ProjectError where its bytes are not the old ones."""
    row = db.execute("SELECT media, data FROM asset WHERE hash = ?", (hash_,)).fetchone()
    if row is None:
        raise LookupError(f"the project holds no asset {hash_}")
    media, data = row
    if hashlib.sha256(data).hexdigest() != hash_:
        raise ProjectError(
            "damaged", "A picture in the project is damaged.", "Restore a backup of the project."
        )
    return Asset(hash_, media, data)


def asset_hashes(db: sqlite3.Connection) -> set[str]:
    return {hash_ for (hash_,) in db.execute("SELECT hash FROM asset")}


def state_of(path: Path) -> str:
    """The `Facts.state` of a file; "" where there is none, "?" where it is no readable project."""
    try:
        with explained("The file could not be looked at"):
            if not path.exists():
                return ""
            with closing(connect_to_read(path)) as db:
                found = db.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
    except ProjectError:
        return "?"
    return str(found[0]) if found else "?"


def newer_version(path: Path) -> ProjectError:
    return ProjectError(
        "newer",
        f"“{path.name}” was made by a newer version of Fabula Studio and can only be read here.",
        "Install the newer version to change it.",
    )


def _check_from_outside(path: Path) -> None:
    if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
        raise _foreign(path)  # reading a pipe could wait for ever
    with path.open("rb") as file:
        header = file.read(_OLDEST_SQLITE_HEADER)
    if not header.startswith(_HEADER) or len(header) < _OLDEST_SQLITE_HEADER:
        raise _foreign(path)
    for suffix in ("-journal", "-wal"):
        companion = path.with_name(path.name + suffix)
        if companion.exists() and companion.stat().st_size:
            raise ProjectError(
                "busy",
                f"“{path.name}” is being changed by another program, or that program broke off.",
                f"Close that program; then “{companion.name}” goes away.",
            )
    if header[18:20] != b"\1\1":
        raise ProjectError(
            "foreign",
            f"“{path.name}” was changed into another form by another program.",
            "Open a backup of it.",
        )


def _check(db: sqlite3.Connection, path: Path) -> None:
    if read_pragma(db, "application_id") != APPLICATION_ID:
        raise _foreign(path)
    version = read_pragma(db, "user_version")
    if version < 1 or not is_as_expected(db, version):
        raise ProjectError(
            "foreign",
            f"“{path.name}” holds parts that do not belong into a project; it was not opened.",
            "Open a backup of it.",
        )
    (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    damaged = ProjectError(
        "damaged",
        f"“{path.name}” is damaged and was not opened.",
        "Restore one of its backups: they lie beside it and end in ~.",
    )
    if verdict != "ok":
        raise damaged
    longest, all_together = db.execute(
        "SELECT coalesce(max(length(json)), 0), coalesce(sum(length(json)), 0) FROM doc"
    ).fetchone()
    if longest > LONGEST_TEXT or all_together > MOST_TEXT:
        raise ProjectError("too_large", f"“{path.name}” holds more text than fits.")
    (bad,) = db.execute(
        "SELECT count(*) FROM doc WHERE NOT json_valid(json) OR json_type(json) <> 'object'"
    ).fetchone()
    if bad:
        raise damaged
    read_facts(db)


def _foreign(path: Path) -> ProjectError:
    return ProjectError(
        "foreign", f"“{path.name}” is no Fabula project.", "Choose a file that ends in .fabula."
    )
