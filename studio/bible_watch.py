"""The story bible of the open project, as a value that follows every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.document.bible.bible import Bible
from studio.document.bible.entry import ENTRY_KIND
from studio.document.bible.entry_json import is_entry, read_entry
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from studio.document.bible.entry import Entry
    from studio.document.documents import Changes, Document
    from studio.open_project import OpenProject


class BibleWatch(QObject):
    """Signals:
    changed: entries are others now; the bible as it was, or None for one of another project.
    """

    changed = Signal(object)

    def __init__(self, project: OpenProject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._entries: dict[str, Entry] = {}
        self._bible = Bible()
        project.changed.connect(self._on_project_changed)
        project.replaced.connect(self._on_project_replaced)
        self._read_all()

    @property
    def bible(self) -> Bible:
        return self._bible

    def _read_all(self) -> None:
        self._entries.clear()
        for document in self._project.documents.values():
            self._take(document)
        self._bible = Bible(tuple(self._entries.values()))

    def _take(self, document: Document) -> None:
        self._entries.pop(document.key, None)
        if is_entry(document):
            try:
                self._entries[document.key] = read_entry(document)
            except ProjectError:  # damaged: nothing can be made from it
                return

    def _on_project_changed(self, changes: Changes) -> None:
        if ENTRY_KIND not in changes.kinds:
            return
        before = self._bible
        for key in changes.removed:
            self._entries.pop(key, None)
        for key in changes.added | changes.updated:
            self._take(self._project.documents[key])
        self._bible = Bible(tuple(self._entries.values()))
        self.changed.emit(before)

    def _on_project_replaced(self) -> None:
        self._read_all()
        self.changed.emit(None)
