"""Pictures for the clipboard and for dragging, to other programs and from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QFile, QFileInfo, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QImageWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
_TYPES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}


def files_mime(paths: Sequence[str]) -> QMimeData:
    """The files themselves; of a single PNG its bytes too, for programs that take no files."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    if len(paths) == 1 and paths[0].lower().endswith(".png"):
        file = QFile(paths[0])
        if file.open(QIODevice.OpenModeFlag.ReadOnly):
            mime.setData("image/png", file.readAll())
            file.close()
    return mime


def image_mime(image: QImage, path: str) -> QMimeData:
    """A picture and the file it lies in."""
    mime = QMimeData()
    mime.setImageData(image)
    mime.setUrls([QUrl.fromLocalFile(path)])
    return mime


def dropped_pictures(mime: QMimeData) -> list[str]:
    """The local picture files that were dropped, by their suffix."""
    return [path for path in _local(mime) if path.lower().endswith(_SUFFIXES)]


def dropped_folders(mime: QMimeData) -> list[str]:
    """The folders that were dropped."""
    return [path for path in _local(mime) if QFileInfo(path).isDir()]


def has_image(mime: QMimeData) -> bool:
    """Whether there is a picture without a file, as from a browser."""
    return mime.hasImage() or any(mime.hasFormat(kind) for kind in _TYPES)


def dropped_image(mime: QMimeData) -> tuple[bytes, str]:
    """The bytes of a picture without a file, as they came where that can be, and a suffix.

    Both are empty where there is none.
    """
    for kind, suffix in _TYPES.items():
        if data := mime.data(kind):
            return bytes(data.data()), suffix
    image = mime.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return b"", ""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    buffer.close()
    return bytes(data.data()), ".png"


def _local(mime: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
