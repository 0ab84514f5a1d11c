"""Pictures for the clipboard and for dragging to other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QIODevice, QMimeData, QUrl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage


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
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.lower().endswith((".png", ".jpg", ".jpeg", ".webp"))]
