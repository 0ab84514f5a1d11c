"""What can go wrong with a project, in words a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_BY_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EROFS: "read_only_disk",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.ENOENT: "not_found",
    errno.ENOTDIR: "not_found",
    errno.EISDIR: "is_folder",
    errno.ENAMETOOLONG: "bad_name",
}
_BY_SQLITE = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "read_only_disk",
    sqlite3.SQLITE_PERM: "not_allowed",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_TOOBIG: "too_large",
}
_REASONS = {
    "disk_full": ("the disk is full", "Make room, or choose another disk."),
    "read_only_disk": ("the disk cannot be written to", "Choose another folder."),
    "not_allowed": ("this is not allowed there", "Choose another folder."),
    "not_found": ("there is no such file or folder", "Check the name, or choose another folder."),
    "is_folder": ("this is a folder", "Choose a file."),
    "bad_name": ("its name is too long", "Choose a shorter name."),
    "damaged": ("the data on the disk is damaged", "Restore a backup of the project."),
    "busy": ("another program is using it", "Close the other program and try again."),
    "too_large": ("it is too large for one project", "Use a smaller file."),
    "disk_failed": ("the disk reported an error", "Try again, or choose another disk."),
}


class ProjectError(Exception):
    """A failure the person can act on: `code` is stable, `hint` says what to try."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


@contextmanager
def explained(what_failed: str) -> Iterator[None]:
    """Turns errors of the disk and of SQLite into a ProjectError.

    `what_failed` is the first half of its sentence, as "“Harbour” could not be saved".
    """
    try:
        yield
    except OSError as error:
        raise _explain(what_failed, _BY_ERRNO.get(error.errno or 0)) from error
    except UnicodeDecodeError as error:  # names of tables that are no UTF-8
        raise _explain(what_failed, "damaged") from error
    except sqlite3.ProgrammingError:  # ours, not the person's
        raise
    except sqlite3.DatabaseError as error:
        # Values that are no UTF-8 come without a code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        raise _explain(what_failed, _BY_SQLITE.get(code & 0xFF)) from error


def _explain(what_failed: str, code: str | None) -> ProjectError:
    code = code or "disk_failed"
    reason, hint = _REASONS[code]
    return ProjectError(code, f"{what_failed}: {reason}.", hint)
