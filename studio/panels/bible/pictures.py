"""The project's pictures by their hashes, and how files become such pictures; for any thread."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from studio.document.assets import Asset
from studio.document.errors import ProjectError
from studio.widgets.picture_loader import read_fitted

if TYPE_CHECKING:
    from studio.open_project import OpenProject

log = logging.getLogger(__name__)

PictureSource = str | QImage | Asset
"""A file's path, a pasted picture, or what an import brought."""


class AssetPictures:
    """Reads the project's pictures for loaders."""

    def __init__(self, project: OpenProject) -> None:
        self._project = project

    def read(self, hash_: str, size: QSize) -> QImage:
        """The upright picture fitted into `size` where that is not empty; null for none."""
        try:
            data = self._project.asset(hash_).data
        except (LookupError, ProjectError):  # of an earlier project, or damaged
            log.info("the project has no readable picture %s", hash_[:12])
            return QImage()
        reader, _buffer = _reader(data)
        return read_fitted(reader, size)


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
    reader, _buffer = _reader(asset.data)
    if not asset.media.startswith("image/") or not reader.size().isValid():
        raise ProjectError(
            "no_picture",
            QCoreApplication.translate("Bible", "“{name}” is no picture.").format(name=path.name),
            QCoreApplication.translate("Bible", "Use a PNG, JPEG or WebP file."),
        )
    return asset


def _reader(data: bytes) -> tuple[QImageReader, QBuffer]:
    """With what it reads from, which has to live as long."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    return reader, buffer


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
