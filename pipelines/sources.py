"""Whether the files of a model are still those that were loaded. Nothing is read for it."""

from __future__ import annotations

import os
from pathlib import Path

Source = tuple[str, tuple[tuple[str, int, int], ...]]
"""A path, and name, size in bytes and time of change in nanoseconds of every file there."""

NO_SOURCE: Source = ("", ())

_LOADED = frozenset({".safetensors", ".json", ".txt", ".model"})
"""What a model is loaded from; file managers leave files of their own beside it."""


def source_of(path: str) -> Source:
    """The file or folder at `path` as it is now; it compares unequal once it is another.

    Of a folder the files count that a model is loaded from. "" and a path where nothing is have no
    files.
    """
    if not path:
        return NO_SOURCE
    files = [Path(path)] if os.path.isfile(path) else _files_below(path)
    return path, tuple(sorted(filter(None, map(_stamp, files))))


def _files_below(folder: str) -> list[Path]:
    found = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return [file for file in found if file.suffix in _LOADED]


def _stamp(file: Path) -> tuple[str, int, int] | None:
    try:
        status = file.stat()
    except OSError:  # gone this moment, or a link to nothing
        return None
    return str(file), status.st_size, status.st_mtime_ns
