"""How files become pictures of the project; for any thread."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice
from PySide6.QtGui import QImageReader

from studio.document.assets import Asset
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from studio.open_project import OpenProject

PictureSource = str | bytes | Asset
"""A file's path, the bytes of a file that was pasted, or what an import brought."""


def store_pictures(project: OpenProject, sources: Iterable[PictureSource]) -> list[str]:
    """Puts pictures into the project and returns their hashes. Raises ProjectError.

    Then none of them is used: what no document refers to is gone with the next save.
    """
    return [project.store(_asset(source)) for source in sources]


def _asset(source: PictureSource) -> Asset:
    if isinstance(source, Asset):
        return source
    if isinstance(source, bytes):
        asset, name = Asset.from_bytes(source), ""
    else:
        asset, name = Asset.from_path(Path(source)), Path(source).name
    buffer = QBuffer()
    buffer.setData(QByteArray(asset.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    if not asset.media.startswith("image/") or not QImageReader(buffer).size().isValid():
        text = (
            _tr("“{name}” is no picture.").format(name=name) if name else _tr("It is no picture.")
        )
        raise ProjectError("no_picture", text, _tr("Use a PNG, JPEG or WebP file."))
    return asset


def _tr(text: str) -> str:
    return QCoreApplication.translate("Bible", text)
