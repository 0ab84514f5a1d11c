"""Reads pictures in the background, each at the size it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from studio.widgets.image_reading import DEFAULT_BYTES, ImageReading, Key, ReadPicture

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_STEP = 64  # sizes are rounded up to this, so that a moving edge does not decode anew each time


class PictureLoader(ImageReading):
    """Reads what is asked for, in the order in which it is.

    `read` says what a path means; without it, it is a file's.
    """

    def __init__(
        self,
        limit_bytes: int = DEFAULT_BYTES,
        read: ReadPicture | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(read or _read_file, limit_bytes, parent)

    def image(self, path: str, size: QSize | None = None) -> QImage | None:
        """The picture, made to fit `size` device pixels (never enlarged), or whole without it.

        None where it has yet to be read: `loaded` follows, or `failed`.
        """
        key = _key(path, size)
        if self._can_read(key):
            self._begin(key)
        return self._kept(key)

    def nearest(self, path: str) -> QImage | None:
        """Any size of the picture that is kept: better than nothing until `image` has it."""
        sizes = [image for (known, *_), image in self._images.items() if known == path]
        return max(sizes, key=lambda image: image.width(), default=None)


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


def _key(path: str, size: QSize | None) -> Key:
    if size is None:
        return path, 0, 0
    wide, high = (-(-side // _STEP) * _STEP for side in (size.width(), size.height()))
    return path, wide, high
