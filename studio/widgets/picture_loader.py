"""Reads pictures in the background and keeps the last ones, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

DEFAULT_BYTES = 192 * 2**20
_THREADS = 2
_STEP = 64  # sizes are rounded up to this, so that a moving edge does not decode anew each time

_Key = tuple[str, int, int]
ReadPicture = Callable[[str, QSize], QImage]
"""Reads the upright picture of a path, made to fit a size where that is not empty; in any thread.

Null where it is no picture.
"""


class PictureLoader(QObject):
    """Gives a picture at the size it is needed, at once or later.

    `read` says what a path means; without it, it is a file's.

    Signals:
        loaded: the picture of this path can be had now.
        failed: the file of this path cannot be read as a picture.
    """

    loaded = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        limit_bytes: int = DEFAULT_BYTES,
        read: ReadPicture | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit, self._read = limit_bytes, read or _read_file
        self._bytes = 0
        self._images: OrderedDict[_Key, QImage] = OrderedDict()
        self._asked: set[_Key] = set()
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

    def image(self, path: str, size: QSize | None = None) -> QImage | None:
        """The picture, made to fit `size` device pixels (never enlarged), or whole without it.

        None where it has yet to be read: `loaded` follows, or `failed`.
        """
        key = _key(path, size)
        if image := self._images.get(key):
            self._images.move_to_end(key)
            return image
        if key not in self._asked and path not in self._broken:
            self._asked.add(key)
            self._pool.start(_Read(key, self._read, self._relay))
        return None

    def nearest(self, path: str) -> QImage | None:
        """Any size of the picture that is kept: better than nothing until `image` has it."""
        sizes = [image for (known, *_), image in self._images.items() if known == path]
        return max(sizes, key=lambda image: image.width(), default=None)

    def is_broken(self, path: str) -> bool:
        """Whether the file could not be read when it was tried last."""
        return path in self._broken

    def forget(self, path: str) -> None:
        """The file is another one now, or gone."""
        self._broken.discard(path)
        for key in [key for key in self._images if key[0] == path]:
            self._bytes -= self._images.pop(key).sizeInBytes()

    def finish(self) -> None:
        """Waits for what is being read and drops what waits."""
        self._pool.clear()
        self._pool.waitForDone()

    def _on_relay_read(self, key: _Key, image: QImage) -> None:
        self._asked.discard(key)
        path = key[0]
        if image.isNull():
            self._broken.add(path)
            self.failed.emit(path)
            return
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._limit and len(self._images) > 1:
            self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()
        self.loaded.emit(path)


class _Relay(QObject):
    read = Signal(object, QImage)


class _Read(QRunnable):
    def __init__(self, key: _Key, read: ReadPicture, relay: _Relay) -> None:
        super().__init__()
        self._key, self._read, self._relay = key, read, relay

    def run(self) -> None:
        path, width, height = self._key
        self._relay.read.emit(self._key, self._read(path, QSize(width, height)))


def read_fitted(reader: QImageReader, size: QSize) -> QImage:
    """The upright picture ready to be painted, made to fit a `size` that is not empty."""
    reader.setAutoTransform(True)
    whole = reader.size()
    too_large = whole.width() > size.width() or whole.height() > size.height()
    if not size.isEmpty() and whole.isValid() and too_large:
        reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return image
    opaque = QImage.Format.Format_RGB32
    seen_through = QImage.Format.Format_ARGB32_Premultiplied
    return image.convertToFormat(seen_through if image.hasAlphaChannel() else opaque)


def _read_file(path: str, size: QSize) -> QImage:
    return read_fitted(QImageReader(path), size)


def _key(path: str, size: QSize | None) -> _Key:
    if size is None:
        return path, 0, 0
    wide, high = (-(-side // _STEP) * _STEP for side in (size.width(), size.height()))
    return path, wide, high
