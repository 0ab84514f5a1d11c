"""Small pictures of files, decoded beside the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QSize, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from pathlib import Path


class Thumbnails(QObject):
    """Decodes files to a fixed height, in device pixels.

    Signals:
        loaded: path and picture; a null picture where the file cannot be read.
    """

    loaded = Signal(str, QImage)

    def __init__(self, height: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def request(self, path: Path) -> None:
        """Begins to decode `path`; `loaded` follows in this object's thread."""
        self._pool.start(_Decode(self, str(path), self._height))

    def close(self) -> None:
        """Drops what has not begun and waits for the one that has."""
        self._pool.clear()
        self._pool.waitForDone()


class _Decode(QRunnable):
    def __init__(self, thumbnails: Thumbnails, path: str, height: int) -> None:
        super().__init__()
        self._thumbnails, self._path, self._height = thumbnails, path, height

    def run(self) -> None:
        reader = QImageReader(self._path)
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid():
            width = max(1, round(size.width() * self._height / size.height()))
            reader.setScaledSize(QSize(width, self._height))
        self._thumbnails.loaded.emit(self._path, reader.read())
