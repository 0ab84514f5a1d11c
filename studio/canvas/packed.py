"""Pixels kept for undo, compressed in the background."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from PySide6.QtGui import QImage

_LEVEL = 1  # of zlib: a photograph's tile takes 5 ms, more would gain a tenth


class Packed:
    """A picture that is compressed soon after it is handed over.

    zlib lets other threads work meanwhile, so a long stroke does not hold up the window.
    """

    def __init__(self, image: QImage) -> None:
        self._size, self._form = image.size(), image.format()
        self._line = image.bytesPerLine()
        self._raw: bytes | None = bytes(image.constBits())
        self._packed = b""
        self._done = _packer().submit(self._pack)

    @property
    def nbytes(self) -> int:
        """What it takes now."""
        raw = self._raw
        return len(self._packed) if raw is None else len(raw)

    def wait(self) -> None:
        """Returns when it is compressed."""
        self._done.result()

    def image(self) -> QImage:
        """The picture as it was."""
        raw = self._raw
        data = zlib.decompress(self._packed) if raw is None else raw
        size = self._size
        return QImage(data, size.width(), size.height(), self._line, self._form).copy()

    def _pack(self) -> None:
        assert self._raw is not None
        self._packed = zlib.compress(self._raw, _LEVEL)
        self._raw = None  # last: other threads look at it first


@cache
def _packer() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "ThreadPoolPacker")
