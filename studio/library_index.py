"""How the library's index lies on disk: one row a picture."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.database import open_database
from studio.library_files import fingerprint
from studio.library_schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

Row = dict[str, object]

_COLUMNS = (
    "path", "made", "width", "height", "model", "prompt", "seed", "batch", "settings",
    "fingerprint", "size", "modified", "source", "missing", "tool",
)  # fmt: skip
# An upsert, because REPLACE would fire no trigger for the row it removes.
_WRITE = (
    f"INSERT INTO pictures ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{c}' for c in _COLUMNS)})"
    f" ON CONFLICT (path) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in _COLUMNS[1:])}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture of the library.

    `made` knows its time zone. `seed` is None where nobody knows it; `batch` is the id of the job
    that made it, or ""; `settings` is what it was made from, as plain JSON: the whole request of
    a picture of ours, of another tool's the fields of `pipelines.metadata.settings.Settings`.
    `tool` is the name of a `pipelines.metadata.settings.Tool`. `source` is the folder that was
    added and in which it lies, "" for the library's own; `missing` where that folder was not there
    when it was looked into last, as of a drive that is not plugged in.
    """

    path: Path
    made: datetime
    width: int
    height: int
    prompt: str = ""
    seed: int | None = None
    kept: bool = False
    batch: str = ""
    settings: Mapping[str, object] = field(default_factory=dict, hash=False)
    tool: str = ""
    source: str = ""
    missing: bool = False


def open_index(path: Path) -> sqlite3.Connection:
    """Opens or makes an index; an unusable one is set aside. See `open_database`."""
    return open_database(path, APPLICATION_ID, MIGRATIONS)[0]


def index_name(folder: Path, path: Path) -> str:
    """How the index calls a picture: from the library's `folder` on, or else its whole path.

    `folder / name` is its path again. Raises ValueError for a name that is no Unicode.
    """
    path = path.absolute()
    name = (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()
    name.encode()
    return name


def stamp(path: Path) -> tuple[int, int]:
    """Size and time: changes whenever the file does, as far as its folder tells."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def to_row(folder: Path, entry: Entry) -> Row:
    """Raises OSError when the file cannot be read, ValueError for what cannot be kept."""
    size, modified = stamp(entry.path)
    return {
        "path": index_name(folder, entry.path),
        # Of fixed length and in one time zone, so that text order is time order.
        "made": entry.made.astimezone(UTC).isoformat(timespec="microseconds"),
        "width": entry.width,
        "height": entry.height,
        "model": model_name(entry.settings).encode(errors="replace").decode(),
        # A prompt from a foreign file can hold halves of characters.
        "prompt": entry.prompt.encode(errors="replace").decode(),
        "seed": None if entry.seed is None else str(entry.seed),
        "batch": entry.batch,
        "settings": json.dumps(dict(entry.settings), allow_nan=False),
        "fingerprint": fingerprint(entry.path),
        "size": size,
        "modified": modified,
        "source": entry.source,
        "missing": False,
        "tool": entry.tool,
    }


def model_name(settings: Mapping[str, object]) -> str:
    """What the index calls the model: its file or folder without suffix, "" for an unknown one."""
    name = str(settings.get("model") or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    return name.removesuffix(".safetensors").removesuffix(".ckpt")


def write_row(db: sqlite3.Connection, row: Row) -> None:
    """Puts a picture into the index, or replaces what it says of it."""
    db.execute(_WRITE, row)


def entries(db: sqlite3.Connection, folder: Path, tail: str, *values: object) -> list[Entry]:
    """The entries that the end of a query picks, from WHERE on."""
    rows = db.execute(
        "SELECT *, fingerprint IN (SELECT fingerprint FROM kept) AS kept FROM pictures " + tail,
        values,
    )
    return [
        Entry(
            path=folder / row["path"],
            made=datetime.fromisoformat(row["made"]).astimezone(),
            width=row["width"],
            height=row["height"],
            prompt=row["prompt"],
            seed=None if row["seed"] is None else int(row["seed"]),
            kept=bool(row["kept"]),
            batch=row["batch"],
            settings=json.loads(row["settings"]),
            tool=row["tool"],
            source=row["source"],
            missing=bool(row["missing"]),
        )
        for row in rows
    ]
