"""One folder for each open project: its recovery database, its lock, and what it was opened from.

projects/lock                      held for moments, while sessions begin and end
projects/<id>/lock                 held as long as the project is open
projects/<id>/session.json         which file it belongs to
projects/<id>/recovery.sqlite3     the project as it is now
projects/<id>/saving               the state that was written to its file last, or was about to be
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.atomic import sync_folder, write_json
from pipelines.locks import FileLock
from studio.document.errors import ProjectError
from studio.document.project_file import state_of

_log = logging.getLogger(__name__)

_GONE = ".gone"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a session belongs to.

    `path` is the project's file, None while it has no name; `saving_to` is another file that is
    being written just now. `saved_state` is the `Facts.state` that was last read from or written
    to `path`. `discarded` is when the person gave the session up, or None. A
    `read_only` session never has anything to save.
    """

    path: Path | None = None
    saving_to: Path | None = None
    saved_state: str = ""
    discarded: datetime | None = None
    read_only: bool = False

    def concerns(self, path: Path) -> bool:
        return any(_is_same(path, own) for own in (self.path, self.saving_to) if own is not None)


class Session:
    """A session whose lock this process holds. Its methods raise OSError."""

    def __init__(self, folder: Path, lock: FileLock, origin: Origin) -> None:
        self.folder = folder
        self.origin = origin
        self._lock = lock

    @property
    def database(self) -> Path:
        return database_of(self.folder)

    @property
    def saving_note(self) -> Path:
        return self.folder / "saving"

    @property
    def own_states(self) -> set[str]:
        """The states that the file may have without anybody else having changed it."""
        try:
            return {self.origin.saved_state, self.saving_note.read_text(encoding="ascii")}
        except (OSError, ValueError):  # nothing was saved in this session
            return {self.origin.saved_state}

    def note(self, **changes: Any) -> None:
        """Replaces fields of `origin`, on the disk too."""
        origin = replace(self.origin, **changes)
        write_json(_facts_file(self.folder), _to_json(origin))
        self.origin = origin

    def part_of(self, target: Path) -> Path:
        """Where a save begins, beside `target`; by its name it is found again after a crash."""
        return target.with_name(f".fabula-{self.folder.name}.part")

    def sweep(self) -> None:
        """Deletes what a save left that broke off; none may be under way."""
        for target in (self.origin.path, self.origin.saving_to):
            if target is not None:
                for part in target.parent.glob(f"{self.part_of(target).name}*"):
                    try:
                        part.unlink()
                    except OSError as error:  # that folder's trouble is not this session's
                        _log.warning("%s could not be deleted: %s", part, error)

    def leave(self) -> None:
        """Lets another process have it; everything stays."""
        self._lock.release()

    def remove(self) -> None:
        """Deletes all of it. The database must be closed."""
        root = self.folder.parent
        with gate(root):
            # Windows moves no folder in which a file is open.
            self._lock.release()
            gone = self.folder.with_name(self.folder.name + _GONE)
            # In one step: a part of it could be taken for something to recover.
            self.folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)  # `folders` has another go


def gate(root: Path) -> FileLock:
    """Waits for other processes that begin or end sessions at this moment."""
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock.acquire(root / "lock", wait=True)
    assert lock is not None
    return lock


def begin(root: Path, origin: Origin) -> Session:
    """Makes a new session. Raises ProjectError when another one has the same file."""
    with gate(root):
        if origin.path is not None and not origin.read_only:
            refuse_if_open(root, origin.path)
        folder = root / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        lock = FileLock.acquire(folder / "lock")
        assert lock is not None
        session = Session(folder, lock, origin)
        try:
            session.note()
            sync_folder(root)
        except BaseException:
            lock.release()
            shutil.rmtree(folder)
            raise
        return session


def resume(folder: Path) -> Session | None:
    """Takes over a session that an earlier process left; None while one has it, or it is gone."""
    with gate(folder.parent):
        return _resume(folder)


def _resume(folder: Path) -> Session | None:
    if not folder.is_dir():
        return None
    lock = FileLock.acquire(folder / "lock")
    if lock is None:
        return None
    session = Session(folder, lock, origin_of(folder))
    session.sweep()
    return session


def refuse_if_open(root: Path, path: Path, *, except_for: Path | None = None) -> None:
    """Raises ProjectError when a session that is in use has this file. Call it inside `gate`."""
    for folder in folders(root):
        if folder != except_for and origin_of(folder).concerns(path) and _is_in_use(folder):
            raise ProjectError(
                "open_elsewhere",
                f"“{path.name}” is open in another window and can only be read here.",
                "Close it there, or save this one under another name.",
            )


def folders(root: Path) -> Iterator[Path]:
    """Of all sessions; what an earlier end has left behind half deleted is deleted now."""
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if folder.suffix == _GONE:
            shutil.rmtree(folder, ignore_errors=True)
        elif folder.is_dir():
            yield folder


def database_of(folder: Path) -> Path:
    return folder / "recovery.sqlite3"


def origin_of(folder: Path) -> Origin:
    """An empty one where the session's facts cannot be read: the project itself is still there."""
    try:
        facts = json.loads(_facts_file(folder).read_bytes())
        return Origin(
            path=Path(facts["path"]) if facts["path"] else None,
            saving_to=Path(facts["saving_to"]) if facts["saving_to"] else None,
            saved_state=str(facts["saved_state"]),
            discarded=datetime.fromisoformat(facts["discarded"]) if facts["discarded"] else None,
            read_only=bool(facts["read_only"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return Origin()


def _to_json(origin: Origin) -> dict[str, object]:
    return {
        "path": str(origin.path or ""),
        "saving_to": str(origin.saving_to or ""),
        "saved_state": origin.saved_state,
        "discarded": origin.discarded.isoformat() if origin.discarded else "",
        "read_only": origin.read_only,
    }


def _facts_file(folder: Path) -> Path:
    return folder / "session.json"


def _is_in_use(folder: Path) -> bool:
    lock = FileLock.acquire(folder / "lock")
    if lock is None:
        return True
    lock.release()
    return False


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def is_safe(origin: Origin, state: str) -> bool:
    """Whether the session's database holds nothing that would be missed."""
    files = [path for path in (origin.path, origin.saving_to) if path is not None]
    if origin.read_only or not files:
        return origin.read_only or state == origin.saved_state
    return any(state_of(path) == state for path in files)
