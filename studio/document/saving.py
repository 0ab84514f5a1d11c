"""Saving: the file at its place is the old project or the whole new one, at every moment."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.atomic import replace, sync_file, sync_folder, write_text
from studio.document import backups
from studio.document.assets import references
from studio.document.errors import explained
from studio.document.project_file import Facts, asset_hashes, read_facts
from studio.document.recovery_database import connect, copy_into

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A project as it was when the save began; edits may have come since."""

    path: Path
    facts: Facts


@dataclass(frozen=True, slots=True)
class SavePlan:
    """A save that any thread may carry out, while the project goes on changing.

    `part` is where the file grows, beside `target`; a project has one save at a time. `note` gets
    the state that will be in the target, before it is there.
    """

    database: Path
    target: Path
    part: Path
    note: Path

    def write(self) -> SavedFile:
        """When it returns, the file survives a power cut.

        Raises ProjectError. Then the target holds what it held, or all of the new project when
        only the very last step failed; what was edited is still in the recovery database.
        """
        with explained(f"“{self.target.name}” could not be saved"):
            self.part.unlink(missing_ok=True)
            return _write(self)


def _write(plan: SavePlan) -> SavedFile:
    target, part = plan.target, plan.part
    backup: Path | None = None
    try:
        _copy_database(plan.database, part, target)
        facts = _verify(part)
        # Dies the process after the replacement, its work is known for the project's own.
        write_text(plan.note, facts.state)
        _sync(part)
        if target.exists():
            shutil.copymode(target, part)
        backup = backups.make_backup(target)
        replace(part, target)
    except BaseException:
        for path in (part, backup):
            if path is not None:
                path.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    try:
        backups.thin_out(target, datetime.now(UTC))
    except OSError as error:  # the project is saved all the same
        _log.warning("old backups of %s could not be deleted: %s", target, error)
    return SavedFile(target, facts)


def _copy_database(database: Path, part: Path, target: Path) -> None:
    _make_empty(part, target)
    with closing(connect(database)) as db:
        copy_into(db, part)
    if not _drop_unreferenced(part):
        return
    smaller = part.with_name(f"{part.name}.smaller")
    smaller.unlink(missing_ok=True)
    try:
        _make_empty(smaller, target)
        with closing(_connect_to_part(part)) as db:
            copy_into(db, smaller)
        os.replace(smaller, part)
    except BaseException:
        smaller.unlink(missing_ok=True)
        raise


def _make_empty(part: Path, target: Path) -> None:
    """What only the person may read is not shown to others while it is being saved."""
    mode = stat.S_IMODE(target.stat().st_mode) | 0o600 if target.exists() else 0o666
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))


def _drop_unreferenced(database: Path) -> bool:
    """Only in the copy: undo may bring a document back that refers to the asset."""
    with closing(_connect_to_part(database)) as db:
        spare = asset_hashes(db) - references(
            text for (text,) in db.execute("SELECT json FROM doc")
        )
        db.execute("BEGIN")
        db.executemany("DELETE FROM asset WHERE hash = ?", [(hash_,) for hash_ in spare])
        db.execute("COMMIT")
    return bool(spare)


def _connect_to_part(path: Path) -> sqlite3.Connection:
    """A file that nobody relies on yet: no journal beside it, and it is synced once, at the end."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA secure_delete = OFF")
    return db


def _verify(part: Path) -> Facts:
    with closing(_connect_to_part(part)) as db:
        (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        return read_facts(db)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        sync_file(descriptor)
    finally:
        os.close(descriptor)
