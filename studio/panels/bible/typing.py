"""Edits on their way into the project: what is typed is kept within a quarter of a second."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from studio import theme
from studio.panels.bible import wording

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.document.bible.entry import Entry
    from studio.panels.bible.entries import Entries

_KEEP_AFTER_MS = 250


class Typing(QObject):
    """Gathers the values of an entry's fields and writes them as one edit a field.

    What is typed into a field until another one is entered is one step of the history.
    """

    def __init__(self, entries: Entries, parent: QObject) -> None:
        super().__init__(parent)
        self._entries = entries
        self._entry_id = ""
        self._values: dict[str, Any] = {}
        self._visit = 0
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        theme.application().focusChanged.connect(self._on_focus_changed)

    def put(self, entry_id: str, field: str, value: object) -> None:
        """The field of an entry has this value from now on."""
        if entry_id != self._entry_id or (self._values and field not in self._values):
            self.flush()
        self._entry_id = entry_id
        self._values[field] = value
        if not self._timer.isActive():
            self._timer.start()

    def put_now(self, entry_id: str, field: str, value: object) -> None:
        """The same for what is no typing: a step of its own."""
        self.flush()
        self._visit += 1
        self.put(entry_id, field, value)
        self.flush()

    def flush(self) -> None:
        """Keeps what is not kept yet."""
        self._timer.stop()
        values, self._values = self._values, {}
        entry = self._entries.get(self._entry_id)
        if entry is None or all(getattr(entry, name) == value for name, value in values.items()):
            return
        for field, value in values.items():
            key = f"{entry.key}/{field}/{self._visit}"
            changed = replace(entry, **{field: value})
            step = wording.step(field, entry.name)
            self._entries.put(step, (changed,), by=self, merge_key=key)

    def with_typed(self, entry: Entry) -> Entry:
        """The entry as it will be when all is kept."""
        if entry.id != self._entry_id or not self._values:
            return entry
        return replace(entry, **self._values)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        self.flush()
        self._visit += 1
