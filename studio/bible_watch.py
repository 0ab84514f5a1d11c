"""The story bible of the open project, as a value that follows every change."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.document.bible.bible import Bible
from studio.document.bible.entry import ENTRY_KIND
from studio.document.bible.entry_json import is_entry, read_entry
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.document.bible.entry import Entry
    from studio.document.documents import Changes
    from studio.open_project import OpenProject

_SLICE = 0.02  # seconds; a large bible is read in pieces, so that the window goes on


class BibleWatch(QObject):
    """Reads a small bible at once and a large one in pieces.

    Signals:
        changed: entries are others now; the bible as it was, or None where it is one of another
            project, all of which is read.
    """

    changed = Signal(object)

    def __init__(self, project: OpenProject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._entries: dict[str, Entry] = {}
        self._bible: Bible | None = None
        self._pieces: Iterator[None] = iter(())
        self._reading = QTimer(self, singleShot=True, interval=0)
        self._reading.timeout.connect(self._on_reading_timeout)
        project.changed.connect(self._on_project_changed)
        project.replaced.connect(self._read_all)
        self._read_all()

    @property
    def bible(self) -> Bible:
        """All entries that can be read; the rest is read at once for whoever cannot wait."""
        for _ in self._pieces:
            pass
        return self._built()

    @property
    def is_loading(self) -> bool:
        """Whether `changed` with None is still to come."""
        return self._reading.isActive()

    def _read_all(self) -> None:
        self._entries, self._bible = {}, None
        self._pieces = self._read_in_pieces()
        self._on_reading_timeout()

    def _read_in_pieces(self) -> Iterator[None]:
        for key in [each.key for each in self._project.documents.values() if is_entry(each)]:
            self._take(key)
            yield
        self._built()
        yield
        _ = self._built().names  # what every prompt asks for, and the dearest part of a bible
        yield

    def _built(self) -> Bible:
        if self._bible is None:
            self._bible = Bible(tuple(self._entries.values()))
        return self._bible

    def _take(self, key: str) -> None:
        """As the project has it now, whatever it was when the reading began."""
        self._entries.pop(key, None)
        document = self._project.documents.get(key)
        if document is not None and is_entry(document):
            try:
                self._entries[key] = read_entry(document)
            except ProjectError:  # damaged: nothing can be made from it, it stays as it is
                return

    def _on_reading_timeout(self) -> None:
        until = time.perf_counter() + _SLICE
        for _ in self._pieces:
            if time.perf_counter() > until:
                self._reading.start()
                return
        self._reading.stop()
        self.changed.emit(None)

    def _on_project_changed(self, changes: Changes) -> None:
        if ENTRY_KIND not in changes.kinds:
            return
        before = self._bible
        for key in changes.added | changes.updated | changes.removed:
            self._take(key)
        self._bible = None
        if not self.is_loading:
            self.changed.emit(before)
