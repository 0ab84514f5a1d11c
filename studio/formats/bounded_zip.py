"""Members of a stranger's ZIP archive, by name: nothing is unpacked to the disk."""

from __future__ import annotations

import contextlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from studio.formats.imported_bible import UnreadableError

MOST_MEMBERS = 10_000
HIGHEST_RATIO = 200  # inflated bytes for each in the file: text rarely passes 20
LARGEST_SUM = 256 * 2**20  # bytes that are inflated of one archive in all, if nothing else is said
_RATIO_FROM = 2**20  # bytes: less than this is harmless, however well it was packed

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# Everything `zipfile` raises for a damaged archive.
_DAMAGE = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    OverflowError, struct.error, zlib.error,
)  # fmt: skip


class BoundedZip:
    """Reads members while it counts what they inflate to; use it while the file is open.

    `largest_sum` is how many bytes they may inflate to in all.
    """

    def __init__(self, archive: zipfile.ZipFile, largest_sum: int = LARGEST_SUM) -> None:
        self._archive = archive
        self._left = largest_sum

    def read(self, name: str, limit: int) -> bytes | None:
        """A member's bytes, or None where there is none of that very name.

        Raises UnreadableError for more than `limit` bytes, for a bomb and for damage.
        """
        try:
            member = self._archive.getinfo(name)
        except KeyError:
            return None
        if member.compress_type not in _METHODS:  # others inflate more at once than they are asked
            raise UnreadableError(f"holds “{name}”, which is packed in an unknown way")
        limit = min(limit, self._left)
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > limit or (member.file_size > _RATIO_FROM and ratio > HIGHEST_RATIO):
            raise UnreadableError(f"holds “{name}”, which unpacks to too much")
        try:
            with self._archive.open(member) as file:
                data = file.read(limit + 1)
        except _DAMAGE as error:
            raise UnreadableError(f"holds “{name}”, which is damaged or locked") from error
        if len(data) > limit:
            raise UnreadableError(f"holds “{name}”, which unpacks to too much")
        self._left -= len(data)
        return data


@contextlib.contextmanager
def opened_zip(file: IO[bytes], largest_sum: int = LARGEST_SUM) -> Iterator[BoundedZip]:
    """An archive while its file is open. Raises UnreadableError for what is none."""
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise UnreadableError("is a damaged archive") from error
    with archive:
        if len(archive.infolist()) > MOST_MEMBERS:
            raise UnreadableError(f"is an archive of more than {MOST_MEMBERS:,} files")
        yield BoundedZip(archive, largest_sum)
