"""What earlier runs left unsaved: found, looked at, opened again, or given up and kept a while."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from studio.database import migrate
from studio.document import sessions
from studio.document.errors import ProjectError, explained
from studio.document.project import UNTITLED, Project
from studio.document.project_file import opened, read_documents, read_facts
from studio.document.recovery_database import connect
from studio.document.schema import APPLICATION_ID, MIGRATIONS
from studio.document.sessions import Session, is_safe

if TYPE_CHECKING:
    from studio.document.documents import Document

KEPT_AFTER_DISCARD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Differences:
    """The keys of the documents in which unsaved work differs from the file."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Recoverable:
    """Unsaved work of an earlier run.

    `path` is the file it belongs to, or None; `changed` the time of its last change, with its
    zone; `discarded` when it was given up, or None. `problem` is "" or why it cannot be opened.
    """

    folder: Path
    path: Path | None
    changed: datetime
    differences: Differences
    discarded: datetime | None = None
    problem: str = ""

    @property
    def name(self) -> str:
        return self.path.stem if self.path else UNTITLED


def find_recoverable(root: Path) -> list[Recoverable]:
    """What is to be offered at the start, the latest first. `root` is `Paths.projects`.

    Sessions that hold nothing that a file does not hold are deleted on the way. Those of running
    programs are left alone. Raises ProjectError when the folder cannot be read.
    """
    return [found for found in _survey(root) if found.discarded is None]


def find_discarded(root: Path) -> list[Recoverable]:
    """What was given up and is still kept, the latest first."""
    return [found for found in _survey(root) if found.discarded is not None]


def reopen(found: Recoverable) -> Project:
    """Opens unsaved work again; it is dirty. Raises ProjectError, and the work stays as it is."""
    root = found.folder.parent
    with explained(f"“{found.name}” could not be opened"):
        session = _resume(found.folder)
        try:
            with sessions.gate(root):
                if session.origin.path is not None:
                    sessions.refuse_if_open(root, session.origin.path, except_for=session.folder)
            with closing(connect(session.database)) as db:
                _check(db)
                migrate(db, APPLICATION_ID, MIGRATIONS)
            project = Project(session)
            session.note(discarded=None)
        except BaseException:
            session.leave()
            raise
        return project


def discard(found: Recoverable) -> None:
    """Gives unsaved work up: it is offered no more, and kept for thirty days."""
    with explained(f"“{found.name}” could not be given up"):
        session = _resume(found.folder)
        try:
            session.note(discarded=datetime.now(UTC))
        finally:
            session.leave()


def tidy(root: Path, now: datetime) -> None:
    """Deletes what was given up thirty days ago, but never the last good copy of a file."""
    for found in find_discarded(root):
        if found.discarded is None or now - found.discarded < KEPT_AFTER_DISCARD:
            continue
        if found.path is not None and _documents_of(found.path) is None:
            continue
        with explained(f"“{found.name}” could not be deleted"):
            session = sessions.resume(found.folder)
            if session is not None:
                session.remove()


def _survey(root: Path) -> list[Recoverable]:
    survey = []
    with explained("Unsaved work could not be looked for"):
        for folder in list(sessions.folders(root)):
            session = sessions.resume(folder)
            if session is None:
                continue
            try:
                found = _examine(session)
            except BaseException:
                session.leave()
                raise
            if found is None:
                session.remove()
            else:
                session.leave()
                survey.append(found)
    return sorted(survey, key=lambda found: found.changed, reverse=True)


def _examine(session: Session) -> Recoverable | None:
    """None where nothing is lost without it."""
    origin = session.origin
    if origin.read_only or not session.database.exists():
        return None
    try:
        with explained("The unsaved work cannot be read"), closing(connect(session.database)) as db:
            _check(db)
            facts, documents = read_facts(db), read_documents(db)
    except ProjectError as problem:
        changed = datetime.fromtimestamp(session.database.stat().st_mtime, UTC)
        return Recoverable(
            session.folder, origin.path, changed, Differences(), origin.discarded, str(problem)
        )
    if is_safe(origin, facts.state):
        return None
    saved = _documents_of(origin.path) if origin.path else {}
    differences = _differences(saved or {}, documents)
    if saved is not None and not differences:
        return None
    return Recoverable(session.folder, origin.path, facts.changed, differences, origin.discarded)


def _check(db: sqlite3.Connection) -> None:
    (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
    if read_facts(db).newer:
        raise ProjectError(
            "newer",
            "A newer version of Fabula Studio left unsaved work.",
            "Open it with that version.",
        )


def _documents_of(path: Path) -> dict[str, Document] | None:
    """None where there is no file that opens."""
    try:
        with opened(path) as file:
            return read_documents(file)
    except ProjectError:
        return None


def _differences(old: dict[str, Document], new: dict[str, Document]) -> Differences:
    return Differences(
        added=tuple(key for key in new if key not in old),
        changed=tuple(key for key in new if key in old and new[key] != old[key]),
        removed=tuple(key for key in old if key not in new),
    )


def _resume(folder: Path) -> Session:
    session = sessions.resume(folder)
    if session is None:
        raise ProjectError("open_elsewhere", "This work is open in another window, or gone.")
    return session
