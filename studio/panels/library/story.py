"""The story bible of the open project in the library: pictures by entry, and stale ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.document.bible.fingerprint import MADE_FROM, read_made_from
from studio.library_entries import with_entries
from studio.stale_pictures import StalePictures

if TYPE_CHECKING:
    from studio.bible_watch import BibleWatch
    from studio.library import Entry
    from studio.library_query import Query


class Story(QObject):
    """Signals:
    changed: the bible is another one: pictures may be stale now, and names mean other entries.
    """

    changed = Signal()

    def __init__(self, watch: BibleWatch, parent: QObject) -> None:
        super().__init__(parent)
        self._watch = watch
        self._stale = StalePictures(self._watch)
        self._watch.changed.connect(self.changed)

    def resolved(self, query: Query) -> Query:
        """The query with what its words mention as entries."""
        return with_entries(query, self._watch.bible)

    def older_than(self, entry: Entry) -> str:
        """ "Older than Mara's prompt", or ""."""
        return self._stale.older_than(read_made_from(entry.settings.get(MADE_FROM)))
