"""Thumbnails for a view that scrolls: what is looked at now comes first, what has passed never."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QSize, QThreadPool, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT_BYTES = 192 * 2**20
_THREADS = 2

_Key = tuple[str, int, int]


class ReadsSmall(Protocol):
    """Where thumbnails come from."""

    def read(self, path: str, size: QSize) -> QImage:
        """The upright picture, fitted into `size` pixels; null for none. In any thread."""


class ThumbnailLoader(QObject):
    """Keeps the last pictures in memory, up to a number of bytes.

    Signals:
        loaded: a thumbnail of this path can be had now.
        failed: the file of this path cannot be read as a picture.
    """

    loaded = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        files: ReadsSmall,
        limit_bytes: int = DEFAULT_BYTES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._files, self._limit = files, limit_bytes
        self._bytes = 0
        self._images: OrderedDict[_Key, QImage] = OrderedDict()
        self._latest: dict[str, _Key] = {}
        self._waiting: list[_Key] = []
        self._reading: set[_Key] = set()
        self._broken: set[str] = set()
        # Without a parent: a worker may hold it a moment longer than the loader lives.
        self._relay = _Relay()
        self._relay.read.connect(self._on_relay_read)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        # At its own end the pool would wait for workers with the interpreter's lock in its hand,
        # which they need.
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self.finish)

    @property
    def held_bytes(self) -> int:
        """What the kept pictures take."""
        return self._bytes

    def image(self, path: str, size: QSize) -> QImage | None:
        """The picture fitted into `size` device pixels, if it is there."""
        key = (path, size.width(), size.height())
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def nearest(self, path: str) -> QImage | None:
        """The size of the picture that was read last: better than nothing until `loaded`."""
        key = self._latest.get(path)
        return self._images.get(key) if key else None

    def want(self, wishes: Iterable[tuple[str, QSize]]) -> None:
        """Reads these, the first first, and nothing any more that was wanted before."""
        keys = ((path, size.width(), size.height()) for path, size in wishes)
        self._waiting = [
            key
            for key in dict.fromkeys(keys)
            if key not in self._images and key not in self._reading and key[0] not in self._broken
        ]
        self._waiting.reverse()  # taken from the end
        self._feed()

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
        self._waiting.clear()
        self._pool.clear()
        self._pool.waitForDone()

    def _feed(self) -> None:
        while self._waiting and len(self._reading) < _THREADS:
            key = self._waiting.pop()
            self._reading.add(key)
            self._pool.start(_Read(key, self._files, self._relay))

    def _drop(self, key: _Key) -> None:
        self._bytes -= self._images.pop(key).sizeInBytes()
        if self._latest.get(key[0]) == key:
            del self._latest[key[0]]

    def _on_relay_read(self, key: _Key, image: QImage) -> None:
        self._reading.discard(key)
        self._feed()
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
    def __init__(self, key: _Key, files: ReadsSmall, relay: _Relay) -> None:
        super().__init__()
        self._key, self._files, self._relay = key, files, relay

    def run(self) -> None:
        path, width, height = self._key
        self._relay.read.emit(self._key, self._files.read(path, QSize(width, height)))
