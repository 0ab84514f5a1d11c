"""Small versions of pictures in a folder that can be emptied at any time."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from pipelines import atomic

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)

DEFAULT_BYTES = 512 * 2**20
LEVELS = (256, 768)  # longest side in pixels
_TRIMMED = 0.8  # of the limit: so much is left when the oldest had to go
_QUALITY = 90
_SMOOTH = Qt.TransformationMode.SmoothTransformation


class ThumbnailFiles:
    """Reads pictures small, and faster the second time. Any thread may call it.

    A small version belongs to a file's path, size and time: of a changed file a new one is made.
    What was not used for the longest time goes first when there are more than `limit_bytes`.
    """

    def __init__(self, folder: Path, limit_bytes: int = DEFAULT_BYTES) -> None:
        self._folder, self._limit = folder, limit_bytes
        self._lock = threading.Lock()
        self._held = -1  # bytes; not counted yet
        self._usable = True

    def read(self, path: str, size: QSize) -> QImage:
        """The upright picture, fitted into `size` pixels; null where the file is no picture."""
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        reader.setDecideFormatFromContent(True)
        whole = reader.size()
        needed = max(size.width(), size.height())
        level = next((side for side in LEVELS if side >= needed), None)
        if level is None or max(whole.width(), whole.height()) <= level:
            return _shown(_fitted(reader, whole, needed), size)
        place = self._place(path, level)
        small = self._kept(place)
        if small is None:
            small = _fitted(reader, whole, level)
            if not small.isNull() and place is not None:
                self._keep(place, small)
        return _shown(small, size)

    def _place(self, path: str, level: int) -> Path | None:
        try:
            status = os.stat(path)
        except OSError:
            return None
        facts = f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0{level}"
        name = hashlib.sha256(facts.encode(errors="surrogatepass")).hexdigest()[:32]
        return self._folder / name[:2] / name

    def _kept(self, place: Path | None) -> QImage | None:
        if place is None:
            return None
        try:
            os.utime(place)  # used just now
        except OSError:
            return None
        image = QImage(str(place))
        return None if image.isNull() else image

    def _keep(self, place: Path, image: QImage) -> None:
        if not self._usable:
            return
        data = _encoded(image)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_bytes(place, data)
        except OSError:
            # Pictures are shown without it too, only later.
            _log.warning("small pictures cannot be kept in %s", self._folder, exc_info=True)
            self._usable = False
            return
        self._count(len(data))

    def _count(self, added: int) -> None:
        with self._lock:
            if self._held < 0:
                self._held = sum(size for _, size, _ in self._files())
            else:
                self._held += added
            if self._held > self._limit:
                self._trim()

    def _trim(self) -> None:
        for _, size, path in sorted(self._files()):
            if self._held <= self._limit * _TRIMMED:
                break
            try:
                os.unlink(path)
            except OSError:
                _log.debug("cannot remove %s", path, exc_info=True)
            self._held -= size

    def _files(self) -> list[tuple[int, int, str]]:
        """When each was used last, its bytes and its path."""
        found = []
        for folder, _, names in os.walk(self._folder):
            for name in names:
                path = os.path.join(folder, name)
                try:
                    status = os.stat(path)
                except OSError:  # just removed by another window's trimming
                    continue
                found.append((status.st_mtime_ns, status.st_size, path))
        return found


def _fitted(reader: QImageReader, whole: QSize, side: int) -> QImage:
    if whole.isValid() and max(whole.width(), whole.height()) > side:
        reader.setScaledSize(whole.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    kind = b"PNG" if image.hasAlphaChannel() else b"JPEG"
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())


def _shown(image: QImage, size: QSize) -> QImage:
    """At the size it is painted in, so that painting need not scale it."""
    if image.isNull():
        return image
    near = image.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    # A pixel lost to rounding would leave the cell's edge bare.
    if abs(near.width() - size.width()) <= 2 and abs(near.height() - size.height()) <= 2:
        near = size
    if near != image.size():
        ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, _SMOOTH
        image = image.scaled(near.expandedTo(QSize(1, 1)), ignore, smooth)
    opaque, seen_through = QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied
    return image.convertToFormat(seen_through if image.hasAlphaChannel() else opaque)
