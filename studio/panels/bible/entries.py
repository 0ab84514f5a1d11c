"""The entries of the open project, kept up with every change of it, and how they are changed."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.document.bible.bible import Bible
from studio.document.bible.entry_json import entry_document, is_entry, read_entry
from studio.document.bible.renaming import rename_change
from studio.document.documents import Change
from studio.document.errors import ProjectError
from studio.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.document.bible.entry import Entry
    from studio.document.documents import Changes, Document
    from studio.messages import Messages
    from studio.open_project import OpenProject

_SLICE = 0.02  # seconds; a large bible is read in pieces, so that the window goes on
_PREFIX = "bible/"


class Entries(QObject):
    """What the panel knows of the project.

    Signals:
        loaded: all entries are there, of this project or of another one.
        changed: entries came, went or are others: their ids (a frozenset), and who did it.
    """

    loaded = Signal()
    changed = Signal(object, object)

    def __init__(self, project: OpenProject, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._project, self._messages = project, messages
        self._by_id: dict[str, Entry] = {}
        self._bible: Bible | None = None
        self._to_read: Iterator[str] = iter(())
        self._reading = QTimer(self, singleShot=True, interval=0)
        self._reading.timeout.connect(self._on_reading_timeout)
        project.changed.connect(self._on_project_changed)
        project.replaced.connect(self.load)

    def load(self) -> None:
        """Reads all anew: a small bible at once, a large one in pieces; `loaded` follows."""
        self._by_id, self._bible = {}, None
        documents = self._project.documents.values()
        self._to_read = iter([each.key for each in documents if is_entry(each)])
        self._on_reading_timeout()

    @property
    def is_loading(self) -> bool:
        return self._reading.isActive()

    @property
    def bible(self) -> Bible:
        if self._bible is None:
            self._bible = Bible(tuple(self._by_id.values()))
        return self._bible

    @property
    def read_only(self) -> ProjectError | None:
        """None, or why nothing can be changed."""
        return self._project.read_only

    def get(self, entry_id: str) -> Entry | None:
        return self._by_id.get(entry_id)

    # ---- changing ----------------------------------------------------------------------------

    def put(
        self, step: str, entries: Iterable[Entry], *, by: object = None, merge_key: str = ""
    ) -> bool:
        """Adds or replaces these, as one step of the history. False where it was refused.

        Then the person has been told.
        """
        try:
            change = Change(puts=tuple(entry_document(entry) for entry in entries))
        except ProjectError as error:
            self._report(error)
            return False
        return self._project.edit(step, change, by=by, merge_key=merge_key)

    def delete(self, step: str, entries: Iterable[Entry]) -> bool:
        """Takes these out of the project; where they are mentioned, the mentions stay."""
        return self._project.edit(step, Change(deletes=tuple(entry.key for entry in entries)))

    def rename(self, step: str, entry_id: str, name: str) -> bool:
        """Gives an entry and all its mentions in the project another name."""
        try:
            change = rename_change(self._project.documents.values(), entry_id, name)
        except ProjectError as error:
            self._report(error)
            return False
        return self._project.edit(step, change)

    def move(self, step: str, entry_ids: Iterable[str], index: int) -> bool:
        """Puts these, in the order given, where `index` of the others stand before them."""
        ids = list(entry_ids)
        others = [entry for entry in self.bible if entry.id not in ids]
        anchor = others[index - 1].id if 0 < index <= len(others) else ""
        bible, changed = self.bible, dict[str, "Entry"]()
        for entry_id in ids:
            order = [entry.id for entry in bible if entry.id != entry_id]
            place = order.index(anchor) + 1 if anchor else 0
            for moved in bible.moved(entry_id, place):
                changed[moved.id] = moved
            bible = Bible(tuple(changed.get(entry.id, entry) for entry in bible))
            anchor = entry_id
        return self.put(step, changed.values()) if changed else True

    # ---- slots -------------------------------------------------------------------------------

    def _report(self, error: ProjectError) -> None:
        self._messages.report(Problem(str(error), error.hint, code=error.code))

    def _on_reading_timeout(self) -> None:
        until = time.perf_counter() + _SLICE
        for key in self._to_read:
            # What was changed or deleted meanwhile is taken as it is now.
            if document := self._project.documents.get(key):
                self._take(document)
            if time.perf_counter() > until:
                self._reading.start()
                return
        self._reading.stop()
        self._bible = None
        self.loaded.emit()

    def _take(self, document: Document) -> None:
        try:
            entry = read_entry(document)
        except ProjectError:  # damaged: it stays in the project as it is
            self._by_id.pop(document.key.removeprefix(_PREFIX), None)
            return
        self._by_id[entry.id] = entry

    def _on_project_changed(self, changes: Changes, by: object) -> None:
        keys = changes.added | changes.updated | changes.removed
        ids = frozenset(key.removeprefix(_PREFIX) for key in keys if key.startswith(_PREFIX))
        if not ids:
            return
        for entry_id in ids:
            document = self._project.documents.get(f"{_PREFIX}{entry_id}")
            if document is not None and is_entry(document):
                self._take(document)
            else:
                self._by_id.pop(entry_id, None)
        self._bible = None
        if not self.is_loading:
            self.changed.emit(ids, by)


def copied(entry: Entry, entry_id: str, name: str, order: float) -> Entry:
    """The same under another name."""
    return replace(entry, id=entry_id, name=name, order=order)
