"""What the index says of pictures, for the views; what cannot be read is left out."""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING

from studio.panels.library.items import item_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.library import Entry, Library
    from studio.library_marks import Collection
    from studio.model_shelf import ModelShelf
    from studio.widgets.picture_item import PictureItem

_log = logging.getLogger(__name__)


class LookUp:
    """For the GUI thread: every question is about a few pictures."""

    def __init__(self, library: Library, models: ModelShelf) -> None:
        self._library, self._models = library, models

    def entries(self, names: Sequence[str]) -> list[Entry]:
        """In the order of `names`."""
        try:
            found = self._library.named(names)
        except sqlite3.Error:  # locked for long, or the disk is failing: the cells stay empty
            _log.warning("the library's index could not be read", exc_info=True)
            return []
        return [found[name] for name in names if name in found]

    def items(self, names: Sequence[str]) -> dict[str, PictureItem]:
        """The cells by their names."""
        items = (self.item(entry) for entry in self.entries(names))
        return {item.key: item for item in items}

    def item(self, entry: Entry) -> PictureItem:
        return item_of(self._library.folder, entry)

    def collections_of(self, entry: Entry) -> list[Collection]:
        """The collections that hold a picture, by name."""
        try:
            (content,) = self._library.contents([entry.path])
            return self._library.marks.collections_of(content)
        except (LookupError, sqlite3.Error):
            _log.warning("the collections of %s could not be read", entry.path, exc_info=True)
            return []

    def title_of_model(self, name: str) -> str:
        """What the window calls a model, by the name the index has."""
        model = self._models.find(name)
        return model.title if model else name
