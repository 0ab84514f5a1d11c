"""What can be done with entries as a whole: making, doubling, moving, deleting, drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.document.bible.bible import Bible, between
from studio.document.bible.entry import Entry, EntryKind, new_id
from studio.document.bible.mentions import write_mention
from studio.panels.bible import wording
from studio.wishes import DrawPrompt

if TYPE_CHECKING:
    from studio.context import Context
    from studio.panels.bible.entries import Entries
    from studio.panels.bible.uses_watch import UsesWatch
    from studio.widgets.notice import Notice


class EntryActions(QObject):
    """`chosen` are the entries that are chosen in the list.

    Signals:
        made: an entry is new; its id, and whether it has yet to be named.
    """

    made = Signal(str, bool)

    def __init__(
        self,
        context: Context,
        entries: Entries,
        uses: UsesWatch,
        notice: Notice,
        chosen: Callable[[], Sequence[Entry]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._entries, self._uses = context, entries, uses
        self._notice, self.chosen = notice, chosen
        self._deleted = ""
        context.project.history_changed.connect(self._on_history_changed)

    def new(self, kind: EntryKind) -> None:
        """Makes an entry behind all others."""
        bible = self._entries.bible
        name = bible.free_name(wording.new(kind))
        entry = Entry(new_id(), kind, name, order=bible.next_order)
        if self._entries.put(wording.new(kind), (entry,)):
            self.made.emit(entry.id, True)

    def duplicate(self) -> None:
        """A copy of each chosen entry stands right behind it."""
        bible, copies = self._entries.bible, list[Entry]()
        for entry in self.chosen():
            after = bible.entries[_place(bible, entry) + 1 :]
            order = between(entry, after[0] if after else None)
            made = replace(
                entry,
                id=new_id(),
                name=bible.free_name(entry.name),
                order=entry.order if order is None else order,
            )
            copies.append(made)
            bible = Bible((*bible.entries, made))
        one, many = self.tr("Duplicate {name}"), self.tr("Duplicate {count} entries")
        step = wording.on_entries(one, many, list(self.chosen()))
        if copies and self._entries.put(step, copies):
            self.made.emit(copies[-1].id, False)

    def delete(self) -> None:
        """Without a question: a line says what is gone, where it was used, and offers it back."""
        gone = list(self.chosen())
        uses = [use.label for entry in gone for use in self._uses.of(entry.id)]
        one, many = self.tr("Delete {name}"), self.tr("Delete {count} entries")
        step = wording.on_entries(one, many, gone)
        if not gone or not self._entries.delete(step, gone):
            return
        one, many = self.tr("{name} is deleted."), self.tr("{count} entries are deleted.")
        told = [wording.on_entries(one, many, gone, isolate=True)]
        if uses:
            told.append(self.tr("Used in {places}.").format(places=_listed(uses)))
        self._deleted = step
        self._notice.tell(" ".join(told), self.tr("Undo"), self._undo_delete)

    def move(self, ids: Sequence[str], shown: Sequence[Entry], row: int) -> None:
        """Puts entries before the one in this row of what is shown, or behind the last of it."""
        others = [entry.id for entry in self._entries.bible if entry.id not in ids]
        stay = [entry.id for entry in shown if entry.id not in ids]
        follows = [entry.id for entry in shown[row:] if entry.id not in ids]
        if follows:
            index = others.index(follows[0])
        else:
            index = others.index(stay[-1]) + 1 if stay else len(others)
        moved = [entry for entry in (self._entries.get(each) for each in ids) if entry]
        one, many = self.tr("Move {name}"), self.tr("Move {count} entries")
        self._entries.move(wording.on_entries(one, many, moved), [e.id for e in moved], index)

    def draw(self) -> None:
        """Offers Imagine a mention of the first chosen entry as the prompt."""
        for entry in self.chosen()[:1]:
            mention = write_mention(entry, self._entries.bible)
            self._context.wishes.send("imagine", DrawPrompt(mention))

    def _undo_delete(self) -> None:
        if self._context.project.undo_text == self._deleted:
            self._context.project.undo()

    def _on_history_changed(self) -> None:
        """The line's Undo holds only as long as deleting was the last step."""
        if self._deleted and self._context.project.undo_text != self._deleted:
            self._deleted = ""
            self._notice.tell("")


def _place(bible: Bible, entry: Entry) -> int:
    return next(i for i, each in enumerate(bible.entries) if each.id == entry.id)


def _listed(labels: Sequence[str], most: int = 3) -> str:
    labels = list(dict.fromkeys(labels))
    shown = ", ".join(labels[:most])
    return f"{shown}, …" if len(labels) > most else shown
