"""The strip's right part: the pictures made last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.shell.strip_head import strip_head
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_mime import dropped_pictures
from studio.widgets.plain import button
from studio.widgets.thumbnail import Thumbnail
from studio.widgets.thumbnails import Thumbnails

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QImage, QResizeEvent

THUMBNAIL_PX = 64
_GAP = 8
_DENSITY = 2  # decoded for screens of up to two device pixels to one


class RecentBox(QWidget):
    """Shows as many of the recent pictures as there is room for.

    Signals:
        picture_activated: a picture was clicked or chosen by key; its path.
        all_requested: the person wants to see all of them.
        pictures_dropped: picture files from elsewhere are to come into the library; their paths.
    """

    picture_activated = Signal(Path)
    all_requested = Signal()
    pictures_dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = Thumbnails(THUMBNAIL_PX * _DENSITY, self)
        self._thumbnails.loaded.connect(self._on_thumbnails_loaded)
        self._row = _Row()
        self._all = button(self.tr("All in Library"), kind="flat")
        self._all.clicked.connect(self.all_requested)
        self._empty = ElidedLabel(
            self.tr(
                "Every picture you make appears here and in the Library. "
                "Drag it anywhere that takes a picture."
            ),
            "fact",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(strip_head(self.tr("Recent"), link=self._all))
        column.addWidget(self._empty)
        column.addWidget(self._row)
        column.addStretch(1)
        PictureDrops(self).dropped.connect(self._on_drops_dropped)
        self.set_recent([])

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Shows these pictures, the newest first; those already shown stay as they are."""
        for thumbnail in self._row.set_paths(paths):
            thumbnail.clicked.connect(self._on_thumbnail_clicked)
            self._thumbnails.request(thumbnail.path)
        self._empty.setVisible(not paths)
        self._row.setVisible(bool(paths))
        self._all.setVisible(bool(paths))

    def close_decoder(self) -> None:
        """Ends the decoding; before the window goes."""
        self._thumbnails.close()

    def _on_thumbnails_loaded(self, path: str, image: QImage) -> None:
        self._row.show_image(Path(path), image)

    def _on_drops_dropped(self, mime: QMimeData) -> None:
        self.pictures_dropped.emit([Path(path) for path in dropped_pictures(mime)])

    def _on_thumbnail_clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, Thumbnail)
        self.picture_activated.emit(sender.path)


class _Row(QWidget):
    """Thumbnails from left to right; those that do not fit whole are not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(THUMBNAIL_PX)
        self._shown: dict[Path, Thumbnail] = {}

    def set_paths(self, paths: Sequence[Path]) -> list[Thumbnail]:
        """Makes and drops thumbnails; returns the new ones."""
        before = self._shown
        new = [Thumbnail(path, THUMBNAIL_PX, self) for path in paths if path not in before]
        made = {thumbnail.path: thumbnail for thumbnail in new}
        self._shown = {path: made.get(path) or before[path] for path in paths}
        for path, thumbnail in before.items():
            if path not in self._shown:
                thumbnail.hide()
                thumbnail.deleteLater()
        self._arrange()
        return new

    def show_image(self, path: Path, image: QImage) -> None:
        """Fills a thumbnail; one whose file cannot be read is taken away."""
        thumbnail = self._shown.get(path)
        if thumbnail is None:
            return
        if image.isNull():
            del self._shown[path]
            thumbnail.hide()
            thumbnail.deleteLater()
        else:
            thumbnail.show_image(image)
        self._arrange()

    def _arrange(self) -> None:
        x = 0
        fits = True
        for thumbnail in self._shown.values():
            fits = fits and x + thumbnail.width() <= self.width()
            thumbnail.setVisible(fits)
            thumbnail.move(x, 0)
            x += thumbnail.width() + _GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
