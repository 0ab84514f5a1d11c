"""What is dropped on the library: copies of pictures, whole folders, pictures into collections."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from studio.panels.library.collection_tray import CollectionTray
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_mime import (
    dropped_folders,
    dropped_image,
    dropped_pictures,
    has_image,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.context import Context
    from studio.library_import import Imported
    from studio.panels.library.choices import Choices
    from studio.panels.library.collecting import Collecting

_MARGIN = 24


class Arrivals(QObject):
    """Signals:
    came: pictures are in the library now, or were before; their paths there.
    """

    came = Signal(object)

    def __init__(
        self,
        context: Context,
        panel: QWidget,
        choices: Choices,
        collecting: Collecting,
        add_folder: Callable[[Path], None],
    ) -> None:
        super().__init__(panel)
        self._context, self._panel, self._choices = context, panel, choices
        self._collecting, self._add_folder = collecting, add_folder
        self.tray = CollectionTray(panel)
        drops = PictureDrops(panel, self._is_wanted)
        drops.hovered.connect(self._on_drops_hovered)
        drops.left.connect(self._on_drops_left)
        drops.dropped.connect(self._on_drops_dropped)
        self._is_ours = False

    def _is_wanted(self, mime: QMimeData, source: QObject | None) -> bool:
        self._is_ours = isinstance(source, QWidget) and self._panel.isAncestorOf(source)
        return bool(dropped_pictures(mime) or dropped_folders(mime) or has_image(mime))

    def _take(self, mime: QMimeData, collection: str | None) -> None:
        paths = [Path(path) for path in dropped_pictures(mime)]
        if self._is_ours:
            if collection is not None:
                self._collect(collection, paths)
            return
        folders = dropped_folders(mime)
        for folder in folders:
            self._add_folder(Path(folder))
        if paths:
            self._context.library_work.take_in(paths, partial(self._arrived, collection))
        elif not folders:
            self._take_image(mime, collection)

    def _take_image(self, mime: QMimeData, collection: str | None) -> None:
        data, suffix = dropped_image(mime)
        if not data:
            return
        done = partial(self._arrived, collection)
        self._context.library_work.take_in_image(data, suffix, done)

    def _arrived(self, collection: str | None, done: Imported) -> None:
        if not done.paths:
            return
        if collection is not None:
            self._collect(collection, done.paths)
        self.came.emit(done.paths)

    def _collect(self, collection: str, paths: Sequence[Path]) -> None:
        if collection:
            self._collecting.put(collection, paths)
        else:
            self._collecting.make(paths)

    # ---- slots -------------------------------------------------------------------------------

    def _on_drops_hovered(self, at: QPoint) -> None:
        if not self.tray.isVisible():
            width = self._panel.width() - 2 * _MARGIN
            self.tray.open_with(self._choices.collections(), width)
        self.tray.point_at(self.tray.mapFrom(self._panel, at))

    def _on_drops_left(self) -> None:
        # A drop comes right after it and still has to find the collection it is on.
        QTimer.singleShot(0, self.tray, self.tray.hide)

    def _on_drops_dropped(self, mime: QMimeData, at: QPoint) -> None:
        self._take(mime, self.tray.target_at(self.tray.mapFrom(self._panel, at)))
