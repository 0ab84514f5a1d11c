"""How files become pictures of the project; for any thread."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from studio.document.assets import Asset
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from studio.open_project import OpenProject

PictureSource = str | QImage | Asset
"""A file's path, a pasted picture, or what an import brought."""


def store_pictures(project: OpenProject, sources: Iterable[PictureSource]) -> list[str]:
    """Puts pictures into the project and returns their hashes. Raises ProjectError.

    Then none of them is used: what no document refers to is gone with the next save.
    """
    return [project.store(_asset(source)) for source in sources]


def _asset(source: PictureSource) -> Asset:
    if isinstance(source, Asset):
        return source
    if isinstance(source, QImage):
        return Asset.from_bytes(_png(source), "image/png")
    path = Path(source)
    asset = Asset.from_path(path)
    buffer = QBuffer()
    buffer.setData(QByteArray(asset.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    if not asset.media.startswith("image/") or not QImageReader(buffer).size().isValid():
        raise ProjectError(
            "no_picture",
            QCoreApplication.translate("Bible", "“{name}” is no picture.").format(name=path.name),
            QCoreApplication.translate("Bible", "Use a PNG, JPEG or WebP file."),
        )
    return asset


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
