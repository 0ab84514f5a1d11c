"""Files are written whole or not at all, and are on the disk when the call returns."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_SHARING_VIOLATIONS = frozenset({5, 32})  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION
_REPLACE_PAUSES = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32)  # seconds


def write_bytes(path: Path, data: bytes) -> None:
    """Replaces the content of `path`, or makes it; a symbolic link keeps pointing where it did.

    Raises OSError. Then `path` holds its old content, or the new one when only the very last
    step failed, which makes the folder's entry durable; nothing else is left behind.
    """
    write_chunks(path, (data,))


def write_chunks(path: Path, chunks: Iterable[bytes]) -> None:
    """Like `write_bytes`, for what does not fit into memory at once.

    What `chunks` raises goes through, and leaves as little behind.
    """
    target = Path(os.path.realpath(path))
    temporary = temporary_beside(target)
    try:
        with open(os.open(temporary, _NEW_FILE, 0o666), "wb") as file:
            file.writelines(chunks)
            file.flush()
            sync_file(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def write_text(path: Path, text: str) -> None:
    """Like `write_bytes`, in UTF-8 with the line ends as they are."""
    write_bytes(path, text.encode())


def write_json(path: Path, value: object) -> None:
    """Like `write_bytes`; raises TypeError or ValueError, before it writes, for no JSON value."""
    # Plain ASCII, because file names that are no valid Unicode have to survive.
    write_text(path, json.dumps(value, indent=2, allow_nan=False) + "\n")


def move(source: Path, target: Path) -> None:
    """Moves a file, also to another file system; `target` is the old file or the whole new one.

    Raises OSError. Then `source` is where it was; `target` is the new one only when `source` could
    be copied and not removed.
    """
    try:
        replace(source, target)
        return
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    temporary = temporary_beside(target)
    try:
        with source.open("rb") as read, temporary.open("xb") as write:
            shutil.copyfileobj(read, write)
            write.flush()
            sync_file(write.fileno())
        shutil.copystat(source, temporary)
        replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    source.unlink()


def temporary_beside(target: Path) -> Path:
    """A new name in the folder of `target`, so that `replace` never crosses a file system."""
    return target.with_name(f".fabula-{secrets.token_hex(6)}.part")


def replace(source: Path, target: Path) -> None:
    """`os.replace`; on Windows it waits up to 0.6 s for a virus scanner to let go of `target`."""
    for pause in _REPLACE_PAUSES:
        try:
            os.replace(source, target)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _SHARING_VIOLATIONS:
                raise
        time.sleep(pause)
    os.replace(source, target)


def sync_file(descriptor: int) -> None:
    """Returns when the disk itself has the file's content."""
    if sys.platform == "darwin":
        import fcntl

        # There fsync only reaches the drive's cache.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Makes names that were added to or renamed in `folder` survive a power cut."""
    if os.name == "nt":  # folders cannot be opened there, and NTFS keeps a journal of names
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # network file systems that cannot do it say so
            raise
    finally:
        os.close(descriptor)
