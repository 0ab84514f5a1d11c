"""Pixels kept for undo, compressed in the background."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

_LEVEL = 1  # of zlib: a photograph's tile takes 5 ms, more would gain a tenth


class Packed:
    """A part of a picture, which is compressed soon after it is handed over.

    Until then it shares the pixels of the picture; both the copy and zlib's work happen in another
    thread, so that the end of a long stroke does not hold up the window.
    """

    def __init__(self, image: QImage, part: QRect) -> None:
        self._part = part
        self._image: QImage | None = QImage(image)
        self._packed = b""
        self._form, self._line = image.format(), 0
        self._done = _packer().submit(self._pack)

    @property
    def nbytes(self) -> int:
        """What it takes now."""
        image = self._image
        return len(self._packed) if image is None else image.sizeInBytes()

    def wait(self) -> None:
        """Returns when it is compressed."""
        self._done.result()

    def image(self) -> QImage:
        """The part as it was."""
        image = self._image
        if image is not None:
            return image.copy(self._part)
        data = zlib.decompress(self._packed)
        wide, high = self._part.width(), self._part.height()
        return QImage(data, wide, high, self._line, self._form).copy()

    def _pack(self) -> None:
        assert self._image is not None
        part = self._image.copy(self._part)
        self._line = part.bytesPerLine()
        self._packed = zlib.compress(part.constBits(), _LEVEL)
        self._image = None  # last: other threads look at it first


@cache
def _packer() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "ThreadPoolPacker")
