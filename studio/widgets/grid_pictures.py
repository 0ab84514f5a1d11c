"""The pixels of a grid's cells: finished pictures from their files, rough ones until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImage

    from studio.widgets.picture_item import PictureItem
    from studio.widgets.picture_loader import PictureLoader


class GridPictures:
    """Asks the loader, and keeps the previews of cells that have no file yet."""

    def __init__(self, loader: PictureLoader) -> None:
        self._loader = loader
        self._previews: dict[str, QImage] = {}

    def keep_only(self, items: Mapping[str, PictureItem]) -> None:
        """Drops the previews of cells that are gone or finished; `items` by key."""
        self._previews = {
            key: image
            for key, image in self._previews.items()
            if key in items and not items[key].path
        }

    def set_preview(self, key: str, image: QImage) -> None:
        """The rough picture of the cell `key` as it stands."""
        self._previews[key] = image

    def picture(self, item: PictureItem, pixels: QSize) -> QImage | None:
        """What to paint in `pixels` of the screen; None until there is anything."""
        if not item.path:
            return self._previews.get(item.key)
        return self._loader.image(item.path, pixels) or self._loader.nearest(item.path)

    def note(self, item: PictureItem) -> str:
        """The words over the picture; of a file that cannot be read, that."""
        if item.path and self._loader.is_broken(item.path):
            return QCoreApplication.translate("PictureGrid", "This file cannot be read any more")
        return item.note
