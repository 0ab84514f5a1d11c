"""Takes copies of pictures from elsewhere into the library, as a job away from the window."""

from __future__ import annotations

import filecmp
import logging
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.atomic import write_bytes
from studio.database import transaction
from studio.library_files import adopt_copy, fingerprint
from studio.library_index import open_index, write_row
from studio.library_job import read_facts
from studio.library_rebuild import described

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from pipelines.api import JobContext

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """For a job in the io lane, "studio.library_import:import_pictures": what goes where.

    `image` are the bytes of a picture without a file, `suffix` the one of its kind.
    """

    folder: Path
    db_path: Path
    files: tuple[Path, ...] = ()
    image: bytes = b""
    suffix: str = ".png"


@dataclass(frozen=True, slots=True)
class Imported:
    """Where each picture lies in the library now, how many of them are new, and what was none."""

    paths: tuple[Path, ...]
    new: int
    refused: tuple[Path, ...]


def import_pictures(request: ImportRequest, ctx: JobContext) -> Imported:
    """Copies pictures with all that they say; one that is there already is not doubled.

    Raises PipelineError where the library cannot be written; what was copied before stays.
    """
    with tempfile.TemporaryDirectory() as passing:
        files = list(request.files)
        if request.image:
            files.append(Path(passing, f"dropped{request.suffix}"))
            write_bytes(files[-1], request.image)
        return _imported(request, files, ctx)


def _imported(request: ImportRequest, files: Sequence[Path], ctx: JobContext) -> Imported:
    folder = request.folder.absolute()
    paths: list[Path] = []
    refused: list[Path] = []
    new = 0
    with closing(open_index(request.db_path)) as db:
        for done, path in enumerate(files, 1):
            try:
                if (known := _same(db, folder, path)) is not None:
                    paths.append(known)
                else:
                    paths.append(_copied(db, folder, path))
                    new += 1
            except (PipelineError, ValueError, FileNotFoundError) as error:
                _log.warning("%r was not taken into the library: %s", str(path), error)
                refused.append(path)
            except OSError as error:
                raise PipelineError(
                    "library_unwritable",
                    f"“{path.name}” could not be copied into the library: "
                    f"{error.strerror or error}.",
                    "Make room on the disk or choose another library folder.",
                ) from error
            ctx.progress(done, len(files))
    return Imported(tuple(paths), new, tuple(refused))


def _same(db: sqlite3.Connection, folder: Path, path: Path) -> Path | None:
    """The picture of the library with the same bytes, if there is one."""
    rows = db.execute("SELECT path FROM pictures WHERE fingerprint = ?", (fingerprint(path),))
    for row in rows:
        known = folder / str(row["path"])
        if known.exists() and filecmp.cmp(known, path, shallow=False):
            return known
    return None


def _copied(db: sqlite3.Connection, folder: Path, path: Path) -> Path:
    facts = read_facts(path)
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    target = adopt_copy(folder, path, facts.prompt or path.stem, made)
    with transaction(db):
        write_row(db, described(folder, target, "", facts))
    return target
