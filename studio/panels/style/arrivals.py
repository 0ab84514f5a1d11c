"""Pictures and folders that a person brings to the Style panel: dropped, pasted or chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_mime import dropped_image, dropped_pictures, has_image

if TYPE_CHECKING:
    from studio.context import Context
    from studio.library_import import Imported

_SUFFIXES = "(*.png *.jpg *.jpeg *.webp *.gif)"


class Arrivals(QObject):
    """What is dropped on `strip` is to be a look. A picture without a file becomes one of the
    library first.

    Signals:
        picture_came: this file is to be shown.
        look_came: the look of this file is to be on the list.
        folder_came: every picture of this folder is to be done.
        refused: why there is nothing to take.
    """

    picture_came = Signal(Path)
    look_came = Signal(Path)
    folder_came = Signal(Path)
    refused = Signal(str)

    def __init__(self, context: Context, panel: QWidget, strip: QWidget) -> None:
        super().__init__(panel)
        self._context, self._panel, self._strip = context, panel, strip
        PictureDrops(panel, self._is_wanted).dropped.connect(self._on_drops_dropped)

    def ask_for_picture(self) -> None:
        if path := self._ask(self.tr("Open a picture")):
            self.picture_came.emit(path)

    def ask_for_look(self) -> None:
        if path := self._ask(self.tr("Take the look of this picture")):
            self.look_came.emit(path)

    def ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._panel, self.tr("Do a whole folder"))
        if name:
            self.folder_came.emit(Path(name))

    def paste(self) -> None:
        """Takes the picture that is on the clipboard."""
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self.refused.emit(self.tr("There is no picture on the clipboard. Copy one first."))

    def _ask(self, title: str) -> Path | None:
        kinds = f"{self.tr('Pictures')} {_SUFFIXES}"
        name, _ = QFileDialog.getOpenFileName(self._panel, title, "", kinds)
        return Path(name) if name else None

    def _take(self, mime: QMimeData) -> bool:
        """False where it is no picture."""
        if paths := dropped_pictures(mime):
            self.picture_came.emit(Path(paths[0]))
            return True
        data, suffix = dropped_image(mime)
        if data:
            self._context.library_work.take_in_image(data, suffix, self._on_image_imported)
        return bool(data)

    def _is_wanted(self, mime: QMimeData, _source: QObject | None) -> bool:
        return bool(dropped_pictures(mime)) or has_image(mime)

    def _on_image_imported(self, done: Imported) -> None:
        if done.paths:
            self.picture_came.emit(done.paths[0])

    def _on_drops_dropped(self, mime: QMimeData, at: QPoint) -> None:
        paths = dropped_pictures(mime)
        strip = self._strip
        on_strip = strip.isVisible() and strip.rect().contains(strip.mapFrom(self._panel, at))
        if on_strip and paths:
            self.look_came.emit(Path(paths[0]))
        else:
            self._take(mime)
