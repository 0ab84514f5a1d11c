"""The project's pictures by their hashes, for loaders; any thread may read them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from studio.document.errors import ProjectError
from studio.widgets.picture_loader import read_fitted

if TYPE_CHECKING:
    from studio.open_project import OpenProject

log = logging.getLogger(__name__)


class AssetPictures:
    """Reads the open project's pictures; of an earlier project there is none."""

    def __init__(self, project: OpenProject) -> None:
        self._project = project

    def read(self, hash_: str, size: QSize) -> QImage:
        """The upright picture fitted into `size` where that is not empty; null for none."""
        try:
            data = self._project.asset(hash_).data
        except (LookupError, ProjectError):  # of an earlier project, or damaged
            log.info("the project has no readable picture %s", hash_[:12])
            return QImage()
        buffer = QBuffer()
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setDecideFormatFromContent(True)
        return read_fitted(reader, size)
