"""The project's pictures on the screen, by their hashes, and how files become such pictures."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QObject,
    QRunnable,
    QSize,
    QThreadPool,
    Signal,
)
from PySide6.QtGui import QImage, QImageReader

from studio.document.assets import Asset
from studio.document.errors import ProjectError
from studio.widgets.picture_loader import read_fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.open_project import OpenProject

log = logging.getLogger(__name__)

PictureSource = str | QImage
"""A file's path, or a pasted picture."""


class AssetPictures:
    """Reads the project's pictures for loaders, in any thread."""

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


class PictureStore(QObject):
    """Puts pictures into the project, off the GUI thread, one batch after another.

    Signals:
        refused: a picture could not be taken: what happened, and what to do.
    """

    refused = Signal(str, str)

    def __init__(self, project: OpenProject, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._relay = _Relay()
        self._relay.stored.connect(self._on_relay_stored)
        self._waiting: dict[int, Callable[[list[str]], None]] = {}
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self.finish)

    def store(self, sources: Sequence[PictureSource], done: Callable[[list[str]], None]) -> None:
        """Calls `done` in this thread with the hashes of those that could be taken."""
        batch = _Store(list(sources), self._project, self._relay)
        self._waiting[batch.number] = done
        self._pool.start(batch)

    def finish(self) -> None:
        """Waits for what is being stored."""
        self._pool.waitForDone()

    def _on_relay_stored(
        self, number: int, hashes: list[str], refusals: list[tuple[str, str]]
    ) -> None:
        done = self._waiting.pop(number)
        for message, hint in refusals:
            self.refused.emit(message, hint)
        if hashes:
            done(hashes)


class _Relay(QObject):
    stored = Signal(int, object, object)


class _Store(QRunnable):
    _last = 0

    def __init__(
        self, sources: list[PictureSource], project: OpenProject, relay: _Relay
    ) -> None:
        super().__init__()
        _Store._last += 1
        self.number = _Store._last
        self._sources, self._project, self._relay = sources, project, relay

    def run(self) -> None:
        hashes, refusals = [], []
        for source in self._sources:
            try:
                hashes.append(self._project.store(_asset(source)))
            except ProjectError as error:
                refusals.append((str(error), error.hint))
        self._relay.stored.emit(self.number, hashes, refusals)


def _asset(source: PictureSource) -> Asset:
    """Raises ProjectError for what is no picture."""
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
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
