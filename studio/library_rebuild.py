"""Makes the library's index agree with its folders, whatever happened to either."""

from __future__ import annotations

import logging
import math
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from studio.database import transaction
from studio.library_files import pictures_below
from studio.library_index import Entry, Row, index_name, open_index, stamp, to_row, write_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

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
    tool: str = ""


@dataclass(frozen=True, slots=True)
class RebuildRequest:
    """For a job in the io lane, "studio.library_job:rebuild_library": which library it is.

    `added` are the folders beside the library's own whose pictures it shows where they lie. After
    `seconds` of reading it ends, so that others of the lane have their turn.
    """

    folder: Path
    db_path: Path
    added: tuple[Path, ...] = ()
    seconds: float = math.inf


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many pictures were read and how many entries had no file; files it cannot read.

    Where it is not `finished`, another rebuild goes on.
    """

    read: int
    gone: int
    unreadable: tuple[Path, ...]
    finished: bool = True


def rebuild(
    request: RebuildRequest,
    read: Callable[[Path], PictureFacts],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Rebuilt:
    """Reads the pictures that are new or changed and drops the entries whose file is gone.

    Batches stay, also of pictures that were moved or renamed; pictures of added folders that are
    no longer asked for leave the index. `read` may raise OSError, ValueError or PipelineError for
    a file that is no picture. `progress` is told every twenty files how many of how many are done;
    what it raises ends the rebuild, which a later one then completes.

    A long call for any thread: it has its own connection and holds the lock only for moments. Of a
    missing folder, as of a drive that is not plugged in, the pictures are marked as missing and
    stay. Raises sqlite3.OperationalError when the disk is full.
    """
    folder = request.folder.absolute()
    added = {each.absolute() for each in request.added} - {folder}
    roots = {"": folder, **{each.as_posix(): each for each in sorted(added)}}
    files: list[tuple[str, Path]] = []
    away: list[str] = []
    for source, root in roots.items():
        others = frozenset(roots.values()) - {root}
        found = sorted(pictures_below(root, others)) if root.is_dir() else []
        # Where a drive is not plugged in, an empty folder may stand in its place.
        if not root.is_dir() or (source and not found):
            away.append(source)
        files += [(source, path) for path in found]
    rows: list[Row] = []
    unreadable: list[Path] = []
    count = 0
    until = time.monotonic() + request.seconds
    with closing(open_index(request.db_path)) as db:
        _set_missing(db, tuple(roots), away)
        known = {
            row["path"]: (row["size"], row["modified"])
            for row in db.execute("SELECT path, size, modified FROM pictures WHERE NOT missing")
        }
        for done, (source, path) in enumerate(files, 1):
            try:
                if known.pop(index_name(folder, path), None) != stamp(path):
                    rows.append(described(folder, path, source, read(path)))
                    count += 1
            except (OSError, ValueError, PipelineError) as error:
                _log.warning("%r is not in the library: %s", str(path), error)
                unreadable.append(path)
            if done % _AT_ONCE == 0 or done == len(files):
                _write(db, folder, rows)
                rows.clear()
                progress(done, len(files))
                if count and time.monotonic() > until and done < len(files):
                    return Rebuilt(count, 0, tuple(unreadable), finished=False)
        gone = [(name,) for name in known if not (folder / name).exists()]
        with transaction(db):
            db.executemany("DELETE FROM pictures WHERE path = ?", gone)
    return Rebuilt(count, len(gone), tuple(unreadable))


def _set_missing(db: sqlite3.Connection, roots: Sequence[str], away: Sequence[str]) -> None:
    """Marks what cannot be there now, and forgets what is no longer asked for."""
    with transaction(db):
        marks = ", ".join("?" * len(roots))
        db.execute(f"DELETE FROM pictures WHERE source NOT IN ({marks})", roots)
        marks = ", ".join("?" * len(away))
        db.execute(
            f"UPDATE pictures SET missing = source IN ({marks})"
            f" WHERE missing != (source IN ({marks}))",
            (*away, *away),
        )


def described(folder: Path, path: Path, source: str, facts: PictureFacts) -> Row:
    """The row of a picture of which only its file is known. Raises OSError or ValueError."""
    entry = Entry(
        path,
        datetime.fromtimestamp(path.stat().st_mtime, UTC),
        facts.width,
        facts.height,
        facts.prompt,
        facts.seed,
        batch=facts.batch,
        settings=facts.settings,
        tool=facts.tool,
        source=source,
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
