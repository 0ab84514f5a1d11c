"""A file on its way: it survives the end of the process, and goes on where it was."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pipelines import atomic
from pipelines.api import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.hub.requests import HubFile

_CHUNK = 1024 * 1024
_SHA256 = 64  # hexadecimal digits; git's sha1 has 40


class PartFile:
    """`ETAG.part` in a folder, or `ETAG` once it is whole and was found to be what it should be.

    What an earlier process left is hashed again, from its first byte. Use it in a `with`.
    """

    def __init__(self, file: HubFile, folder: Path, read: Callable[[int], None]) -> None:
        """`read` is called with bytes that were there already, and may raise. Raises OSError."""
        self._file = file
        self.whole = folder / file.etag
        self._part = folder / f"{file.etag}.part"
        self._note = folder / f"{file.etag}.version"
        self._refused = folder / f"{file.etag}.refused"
        self.size = 0
        self._stream = self._part.open("a+b")
        self._stream.seek(0)
        try:
            self._start()
            while chunk := self._stream.read(_CHUNK):
                self._digest.update(chunk)
                self.size += len(chunk)
                read(len(chunk))
        except BaseException:
            self._stream.close()
            raise
        if self.size > file.size:
            self.restart()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stream.close()

    @property
    def version(self) -> str:
        """The server's own tag of what is here, for `If-Range`; "" if it gave none."""
        try:
            return self._note.read_text(encoding="ascii")
        except (OSError, ValueError):
            return ""

    def restart(self, version: str = "") -> None:
        """Begins anew: what is here is of another file, or cannot be gone on with."""
        self._stream.truncate(0)
        self._start()
        self.size = 0
        if version.isascii():
            atomic.write_text(self._note, version)

    def add(self, chunk: bytes) -> None:
        """Appends bytes. Raises PipelineError "wrong_hash" when they are too many, OSError."""
        if self.size + len(chunk) > self._file.size:
            self._refuse("is longer than its publisher says")
        self._stream.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)

    def finish(self) -> Path:
        """The whole file, on the disk. Raises PipelineError "wrong_hash", OSError."""
        if self._digest.hexdigest() != self._file.etag:
            self._refuse("is not what its publisher says: its hash differs")
        self._stream.flush()
        atomic.sync_file(self._stream.fileno())
        self._stream.close()
        atomic.replace(self._part, self.whole)
        for left in (self._note, self._refused):
            left.unlink(missing_ok=True)
        return self.whole

    def _start(self) -> None:
        if len(self._file.etag) == _SHA256:
            self._digest = hashlib.sha256()
        else:  # as git names the content of a file
            head = f"blob {self._file.size}\0".encode()
            self._digest = hashlib.sha1(head, usedforsecurity=False)

    def _refuse(self, why: str) -> None:
        """Puts it aside, where nothing takes it for a part of the model."""
        self._stream.close()
        atomic.replace(self._part, self._refused)
        self._note.unlink(missing_ok=True)
        raise PipelineError(
            "wrong_hash",
            f"“{self._file.path}” {why}.",
            f"It was not used and lies in {self._refused.parent}. Download it again.",
        )
