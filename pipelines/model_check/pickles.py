"""Finds the pickles in a file, whatever it is called, and says what they would call."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

from pipelines.model_check.findings import Finding
from pipelines.model_check.pickle_names import (
    MAX_PICKLE,
    UNKNOWN,
    WEIGHTS,
    MalformedPickleError,
    names_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = frozenset({".bin", ".ckpt", ".joblib", ".pickle", ".pkl", ".pt", ".pt2", ".pth"})
"""What files are called that hold pickles; old pickles have no other mark."""

_ZIP = b"PK\x03\x04"
_TAR = b"ustar"
_IN_A_ROW = 8  # torch before 1.6 wrote five pickles one after the other, then the weights
_MAX_MEMBERS = 10_000
_CONVERTIBLE = "It asks for weights only: it can be converted to .safetensors."
_REFUSED = "It is never opened here. Choose the .safetensors version of the model."


def pickle_findings(path: Path, start: bytes) -> list[Finding]:
    """Objections to a file that is or holds pickles; an empty list where it holds none.

    `start` are its first bytes, at least 262 where it has as many. Raises OSError.
    """
    if start.startswith(_ZIP):
        return list(_in_archive(path))
    if start[257:262] == _TAR and path.suffix.lower() in SUFFIXES:
        message = f"{path.name} is an archive of an early torch, with pickles inside."
        return [Finding(str(path), "pickle", message, _REFUSED)]
    marked = len(start) > 1 and start[0] == 0x80 and start[1] <= 5
    if not marked and path.suffix.lower() not in SUFFIXES:
        return []
    with path.open("rb") as file:
        data = file.read(MAX_PICKLE)
    names: set[str] = set()
    position, count = 0, 0
    while position < len(data) and count < _IN_A_ROW:
        try:
            found, position = names_in(data, position)
        except MalformedPickleError as error:
            if count:  # here the weights begin; or it is a trick, and the names tell
                names |= error.names
                break
            if marked or error.names:
                return [_malformed(path, path.name, error)]
            return []
        names |= found
        count += 1
    return [_judged(path, path.name, names)]


def _in_archive(path: Path) -> Iterator[Finding]:
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist()[:_MAX_MEMBERS]:
                if info.filename.endswith((".pkl", ".pickle")):
                    yield _member(path, archive, info)
                elif info.filename.endswith(".py"):
                    message = f"{path.name} holds a program ({info.filename})."
                    yield Finding(str(path), "code", message, "Such programs are never run here.")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        message = f"{path.name} is a damaged archive: {error}."
        yield Finding(str(path), "not_a_model", message, "Download it again.")


def _member(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Finding:
    label = f"{path.name}/{info.filename}"
    if info.file_size > MAX_PICKLE:
        return _malformed(path, label, MalformedPickleError("it is far too large"))
    try:
        names, _ = names_in(archive.read(info))
    except MalformedPickleError as error:
        return _malformed(path, label, error)
    return _judged(path, label, set(names))


def _judged(path: Path, label: str, names: set[str]) -> Finding:
    strange = tuple(sorted(names - WEIGHTS))
    if not strange:
        message = f"{label} is a pickle."
        return Finding(str(path), "convertible", message, _CONVERTIBLE, tuple(sorted(names)))
    told = ", ".join(name for name in strange if name != UNKNOWN) or UNKNOWN
    message = f"{label} is a pickle that would call {told}."
    return Finding(str(path), "pickle", message, _REFUSED, strange)


def _malformed(path: Path, label: str, error: MalformedPickleError) -> Finding:
    message = f"{label} is a pickle that makes no sense: {error}."
    return Finding(str(path), "pickle", message, _REFUSED, tuple(sorted(error.names)))
