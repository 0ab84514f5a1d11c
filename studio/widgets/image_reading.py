"""What all loaders of pictures share: threads that read, and the last pictures that were read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QSize, QThreadPool, Signal
from PySide6.QtGui import QImage

DEFAULT_BYTES = 192 * 2**20
THREADS = 2

Key = tuple[str, int, int]
"""A path, and the width and height in device pixels that it is read for; 0 and 0 for all of it."""

ReadPicture = Callable[[str, QSize], QImage]
"""Reads the upright picture of a path, made to fit a size where that is not empty; in any thread.

Null where it is no picture.
"""


class ImageReading(QObject):
    """Keeps the last pictures in memory, up to a number of bytes; which are read, others decide.

    Signals:
        loaded: the picture of this path can be had now.
        failed: the file of this path cannot be read as a picture.
    """

    loaded = Signal(str)
    failed = Signal(str)

    def __init__(self, read: ReadPicture, limit_bytes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._limit = read, limit_bytes
        self._bytes = 0
        self._images: OrderedDict[Key, QImage] = OrderedDict()
        self._latest: dict[str, Key] = {}
        self._reading: set[Key] = set()
        self._broken: set[str] = set()
        # Without a parent: a worker may hold it a moment longer than the loader lives.
        self._relay = _Relay()
        self._relay.read.connect(self._on_relay_read)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        # At its own end the pool would wait for workers with the interpreter's lock in its hand,
        # which they need.
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self.finish)

    @property
    def held_bytes(self) -> int:
        """What the kept pictures take."""
        return self._bytes

    def nearest(self, path: str) -> QImage | None:
        """The size of the picture that was read last: better than nothing until `loaded`."""
        key = self._latest.get(path)
        return self._images.get(key) if key else None

    def is_broken(self, path: str) -> bool:
        """Whether the file could not be read when it was tried last."""
        return path in self._broken

    def forget(self, path: str) -> None:
        """The file is another one now, or gone."""
        self._broken.discard(path)
        for key in [key for key in self._images if key[0] == path]:
            self._drop(key)

    def finish(self) -> None:
        """Waits for what is being read and drops what waits."""
        self._pool.clear()
        self._pool.waitForDone()

    def _kept(self, key: Key) -> QImage | None:
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def _can_read(self, key: Key) -> bool:
        """Whether it is neither there, nor on its way, nor known to be no picture."""
        return key not in self._images and key not in self._reading and key[0] not in self._broken

    def _begin(self, key: Key) -> None:
        self._reading.add(key)
        self._pool.start(_Read(key, self._read, self._relay))

    def _drop(self, key: Key) -> None:
        self._bytes -= self._images.pop(key).sizeInBytes()
        if self._latest.get(key[0]) == key:
            del self._latest[key[0]]

    def _on_relay_read(self, key: Key, image: QImage) -> None:
        self._reading.discard(key)
        path = key[0]
        if image.isNull():
            self._broken.add(path)
            self.failed.emit(path)
            return
        self._images[key] = image
        self._latest[path] = key
        self._bytes += image.sizeInBytes()
        while self._bytes > self._limit and len(self._images) > 1:
            self._drop(next(iter(self._images)))
        self.loaded.emit(path)


class _Relay(QObject):
    read = Signal(object, QImage)


class _Read(QRunnable):
    def __init__(self, key: Key, read: ReadPicture, relay: _Relay) -> None:
        super().__init__()
        self._key, self._read, self._relay = key, read, relay

    def run(self) -> None:
        path, width, height = self._key
        self._relay.read.emit(self._key, self._read(path, QSize(width, height)))
