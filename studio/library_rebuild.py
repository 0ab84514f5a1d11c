"""Makes the library's index agree with its folder, whatever happened to either."""

from __future__ import annotations

import logging
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from studio.database import transaction
from studio.library_files import pictures_below
from studio.library_index import Entry, Row, open_index, relative_name, stamp, to_row, write_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_log = logging.getLogger(__name__)

_AT_ONCE = 20  # files


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture file says about itself; None and "" where it does not."""

    width: int
    height: int
    prompt: str = ""
    seed: int | None = None
    batch: str = ""
    settings: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RebuildRequest:
    """For a job in the io lane, "studio.library_job:rebuild_library": which library it is."""

    folder: Path
    db_path: Path


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many pictures were read and how many entries had no file; files it cannot read."""

    read: int
    gone: int
    unreadable: tuple[Path, ...]


def rebuild(
    folder: Path,
    db_path: Path,
    read: Callable[[Path], PictureFacts],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Rebuilt:
    """Reads the pictures that are new or changed and drops the entries whose file is gone.

    Stars and batches stay, also of pictures that were moved or renamed. `read` may raise OSError,
    ValueError or PipelineError for a file that is no picture. `progress` is told every twenty
    files how many of how many are done; what it raises ends the rebuild, which a later one then
    completes.

    A long call for any thread: it has its own connection and holds the lock only for moments. A
    missing folder, as of a drive that is not plugged in, changes nothing. Raises
    sqlite3.OperationalError when the disk is full.
    """
    if not folder.is_dir():
        return Rebuilt(0, 0, ())
    folder = folder.absolute()
    files = sorted(pictures_below(folder))
    rows: list[Row] = []
    unreadable: list[Path] = []
    count = 0
    with closing(open_index(db_path)) as db:
        known = {
            row["path"]: (row["size"], row["modified"])
            for row in db.execute("SELECT path, size, modified FROM pictures")
        }
        for done, path in enumerate(files, 1):
            try:
                if known.pop(relative_name(folder, path), None) != stamp(path):
                    rows.append(_described(folder, path, read(path)))
                    count += 1
            except (OSError, ValueError, PipelineError) as error:
                _log.warning("%r is not in the library: %s", str(path), error)
                unreadable.append(path)
            if done % _AT_ONCE == 0 or done == len(files):
                _write(db, folder, rows)
                rows.clear()
                progress(done, len(files))
        gone = [(name,) for name in known if not (folder / name).exists()]
        with transaction(db):
            db.executemany("DELETE FROM pictures WHERE path = ?", gone)
    return Rebuilt(count, len(gone), tuple(unreadable))


def _described(folder: Path, path: Path, facts: PictureFacts) -> Row:
    entry = Entry(
        path,
        datetime.fromtimestamp(path.stat().st_mtime, UTC),
        facts.width,
        facts.height,
        facts.prompt,
        facts.seed,
        batch=facts.batch,
        settings=facts.settings,
    )
    return to_row(folder, entry)


def _write(db: sqlite3.Connection, folder: Path, rows: Sequence[Row]) -> None:
    if not rows:
        return
    with transaction(db):
        for row in rows:
            if not (folder / str(row["path"])).exists():
                continue  # deleted since it was read
            # Under the lock, because the window may have added the same picture meanwhile.
            old = db.execute(
                "SELECT made, batch FROM pictures WHERE fingerprint = :fingerprint", row
            ).fetchone()
            if old is not None:
                row = row | {"made": old["made"], "batch": row["batch"] or old["batch"]}
            write_row(db, row)
