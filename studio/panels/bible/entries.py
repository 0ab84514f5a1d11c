"""The entries of the open project, and how they are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.bible.bible import Bible
from studio.document.bible.entry_json import entry_document
from studio.document.bible.renaming import rename_change
from studio.document.documents import Change
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.bible_watch import BibleWatch
    from studio.document.bible.entry import Entry
    from studio.messages import Messages
    from studio.open_project import OpenProject


class Entries:
    """There are none while the bible of another project is read."""

    def __init__(self, project: OpenProject, watch: BibleWatch, messages: Messages) -> None:
        self._project, self._watch, self._messages = project, watch, messages

    @property
    def bible(self) -> Bible:
        return Bible() if self._watch.is_loading else self._watch.bible

    @property
    def read_only(self) -> ProjectError | None:
        """None, or why nothing can be changed."""
        return self._project.read_only

    def get(self, entry_id: str) -> Entry | None:
        return self.bible.get(entry_id)

    def put(
        self, step: str, entries: Iterable[Entry], *, by: object = None, merge_key: str = ""
    ) -> bool:
        """Adds or replaces these, as one step of the history. False where it was refused.

        Then the person has been told.
        """
        try:
            change = Change(puts=tuple(entry_document(entry) for entry in entries))
        except ProjectError as error:
            self._messages.report_error(error)
            return False
        return self._project.edit(step, change, by=by, merge_key=merge_key)

    def delete(self, step: str, entries: Iterable[Entry]) -> bool:
        """Takes these out of the project; where they are mentioned, the mentions stay."""
        return self._project.edit(step, Change(deletes=tuple(entry.key for entry in entries)))

    def rename(self, step: str, entry_id: str, name: str) -> bool:
        """Gives an entry and all its mentions in the project another name."""
        try:
            change = rename_change(self.bible, self._project.documents.values(), entry_id, name)
        except ProjectError as error:
            self._messages.report_error(error)
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
