"""How pictures lie in the library's folder: a folder a day, a number and words of the prompt."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.atomic import move, sync_folder, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

_SLUG_LENGTH = 40
_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp"})
_NUMBER = re.compile(r"(\d{4,})-")
_SAMPLE = 65536


def slug(text: str, otherwise: str = "picture") -> str:
    """At most 40 letters and digits of any script, the words joined by hyphens.

    A text without any becomes `otherwise`.
    """
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in text.lower())
    words = "".join(kept).split()
    joined = "-".join(words)
    if len(joined) > _SLUG_LENGTH:
        cut = joined[: _SLUG_LENGTH + 1].rpartition("-")[0]
        joined = cut or joined[:_SLUG_LENGTH]
    return joined or otherwise


def without_number(name: str) -> str:
    """The words of a file's name in the library; another name is as it was."""
    return _NUMBER.sub("", name, count=1) if _NUMBER.match(name) else name


def adopt(folder: Path, source: Path, name_hint: str, when: datetime) -> Path:
    """Moves `source` to `YYYY-MM-DD/NNNN-words.suffix` below `folder` and returns where it lies.

    Never over an existing file. When it returns, the picture survives a power cut in its new
    place. Raises OSError; then `source` is where it was.
    """
    names = _names_of_day(folder, source, name_hint, when)
    target = _placed(names, lambda name: move(source, name))
    sync_folder(folder)
    return target


def adopt_copy(folder: Path, source: Path, name_hint: str, when: datetime) -> Path:
    """Like `adopt`, but `source` stays: the copy has its bytes and its time."""
    names = _names_of_day(folder, source, name_hint, when)
    data, status = source.read_bytes(), source.stat()
    target = _placed(names, lambda name: write_bytes(name, data))
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
    sync_folder(folder)
    return target


def move_back(source: Path, wanted: Path) -> Path:
    """Moves a picture to `wanted`, or beside it where another has that name now; returns where.

    Raises OSError; then `source` is where it was.
    """
    wanted.parent.mkdir(parents=True, exist_ok=True)
    others = (wanted.with_stem(f"{wanted.stem}-{number}") for number in itertools.count(2))
    return _placed(itertools.chain((wanted,), others), lambda name: move(source, name))


def pictures_below(folder: Path, without: Collection[Path] = ()) -> Iterator[Path]:
    """Every picture file in `folder` and its folders, in no order.

    Hidden ones are left out, and the folders `without`.
    """
    for place, folders, names in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and Path(place, name) not in without
        ]
        for name in names:
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in _SUFFIXES:
                yield Path(place, name)


def fingerprint(path: Path) -> str:
    """Tells pictures apart by content, wherever they are moved to, without reading all of it.

    SHA-256 over the size and the first and last 64 KiB: there lie the metadata, with the seed, and
    enough of the pixels.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest = hashlib.sha256(f"{size}\n".encode())
        digest.update(file.read(_SAMPLE))
        file.seek(max(_SAMPLE, size - _SAMPLE))
        digest.update(file.read(_SAMPLE))
    return digest.hexdigest()


def _names_of_day(folder: Path, source: Path, name_hint: str, when: datetime) -> Iterator[Path]:
    """Names behind every number that is used on that day."""
    day = folder / f"{when:%Y-%m-%d}"
    day.mkdir(parents=True, exist_ok=True)
    name = f"{slug(name_hint)}{source.suffix.lower()}"
    used = (int(match[1]) for entry in os.scandir(day) if (match := _NUMBER.match(entry.name)))
    return (day / f"{n:04d}-{name}" for n in itertools.count(max(used, default=0) + 1))


def _placed(names: Iterator[Path], put: Callable[[Path], None]) -> Path:
    """Has a file `put` under the first of `names` that is free."""
    target = _reserve(names)
    try:
        put(target)
    except BaseException:
        target.unlink()
        raise
    sync_folder(target.parent)
    return target


def _reserve(names: Iterator[Path]) -> Path:
    """Makes an empty file of a new name: of two callers only one gets it."""
    for target in names:
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            continue
        return target
    raise AssertionError
