"""The entry that is looked at, on its card and in the inspector, and its way back on every edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit

from studio.document.bible.entry import Entry, Relation
from studio.document.bible.expansion import expand
from studio.document.bible.mentions import write_mention
from studio.panels.bible import wording
from studio.panels.bible.linked_text import linked_entry, with_links
from studio.panels.bible.lora_paths import in_the_project, on_this_machine
from studio.token_watch import TokenWatch
from studio.widgets.undo_keys import UndoKeys
from studio.wishes import PANELS_OF_KINDS, ShowPart

if TYPE_CHECKING:
    from studio.context import Context
    from studio.document.bible.entry import Reference
    from studio.document.bible.uses import Use
    from studio.panels.bible.card import Card
    from studio.panels.bible.entries import Entries
    from studio.panels.bible.entry_pictures import EntryPictures
    from studio.panels.bible.inspector import Inspector
    from studio.panels.bible.typing import Typing
    from studio.panels.bible.uses_watch import UsesWatch
    from studio.widgets.notice import Notice

_THINK_AFTER_MS = 120  # what needs the names of all entries waits until the keys rest


class EntryView(QObject):
    """Signals:
    followed: the person goes to the entry of this id.
    """

    followed = Signal(str)

    def __init__(
        self,
        context: Context,
        entries: Entries,
        typing: Typing,
        uses: UsesWatch,
        pictures: EntryPictures,
        card: Card,
        inspector: Inspector,
        notice: Notice,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._entries, self._typing, self._uses = context, entries, typing, uses
        self._pictures, self._notice = pictures, notice
        self._card, self._inspector = card, inspector
        self._entry_id = ""
        self._twin = ""
        self._tokens = TokenWatch(context.tokens, self)
        self._thinking = QTimer(self, singleShot=True, interval=_THINK_AFTER_MS)
        self._thinking.timeout.connect(self._think)
        self._undo_keys = UndoKeys(self)
        for field in (*card.fields(), inspector.prompt, inspector.negative):
            self._undo_keys.leave_to_window(field)
        for field in card.fields():  # a dropped file is for the panel, its path is no text
            field.setAcceptDrops(False)
            if isinstance(field, QPlainTextEdit):
                field.viewport().setAcceptDrops(False)
        self._connect()

    @property
    def entry_id(self) -> str:
        """ "" while nothing is looked at."""
        return self._entry_id

    def show(self, entry_id: str) -> None:
        """Looks at another entry; what was typed into the one before is kept."""
        if entry_id != self._entry_id:
            self._card.head.finish_name()
            self._typing.flush()
            self._entry_id = entry_id
            self._twin = ""
        self.refresh()
        self._think()
        self.show_uses()

    def refresh(self) -> None:
        """Shows what the project says now; no cursor moves where that is the same."""
        entry = self._entries.get(self._entry_id)
        if entry is None:
            self._inspector.show_nothing()
            return
        entry = self._typing.with_typed(entry)
        known = {to: e for to in (r.to for r in entry.relations) if (e := self._entries.get(to))}
        self._card.show_entry(entry, known, self._twin)
        offered = {str(lora.path): lora.title for lora in self._context.models.loras}
        self._inspector.show_entry(entry, on_this_machine(entry.loras), offered)
        self._thinking.start()

    def show_uses(self) -> None:
        self._inspector.show_uses(self._uses.of(self._entry_id), PANELS_OF_KINDS)

    def name(self) -> None:
        """The person is to type a name."""
        field = self._card.head.name
        field.setFocus()
        field.selectAll()

    def _think(self) -> None:
        """What a mention becomes, how long that is, and whether another has the same name."""
        self._thinking.stop()
        entry = self._entries.get(self._entry_id)
        if entry is None:
            return
        bible = self._entries.bible
        same = bible.named(entry.name)
        if same is not None and same.id != entry.id:
            twin = self.tr("Another entry is called {name} too: {mention} means that one.")
            self._twin = twin.format(
                name=wording.in_sentence(entry.name),
                mention=wording.in_sentence(write_mention(same, bible)),
            )
        else:
            self._twin = ""
        self._card.head.show_twin(self._twin)
        mention = write_mention(entry, bible)
        expansion = expand(mention, "", bible)
        if entry.prompt.strip():
            told = [self.tr("{mention} becomes: {prompt}")]
        else:
            told = [self.tr("{mention} is only its name so far.")]
        if expansion.negative:
            told.append(self.tr("Without: {negative}"))
        text = "\n".join(told).format(
            mention=wording.in_sentence(mention),
            prompt=wording.in_sentence(expansion.prompt),
            negative=wording.in_sentence(expansion.negative),
        )
        self._inspector.show_expansion(wording.breakable(text))
        usable = (each for each in self._context.models.models if not each.missing)
        self._tokens.watch(next(usable, None), expansion.prompt if entry.prompt.strip() else "")

    def _linked(self, text: str) -> str:
        return with_links(text, self._entries.bible)

    def _names(self) -> list[str]:
        return [each.name for each in self._entries.bible if each.id != self._entry_id]

    def _entry(self) -> Entry | None:
        entry = self._entries.get(self._entry_id)
        return self._typing.with_typed(entry) if entry else None

    def _connect(self) -> None:
        card, inspector = self._card, self._inspector
        card.relations.set_names(self._names)
        card.text.set_to_read(self._linked)
        card.text.view.link_clicked.connect(self._on_link_clicked)
        for part in (card, inspector):
            part.typed.connect(self._on_typed)
            part.edited.connect(self._on_edited)
        card.head.renamed.connect(self._on_head_renamed)
        card.head.portrait_asked.connect(self._on_portrait_asked)
        card.head.pictures_dropped.connect(self._on_pictures_given)
        card.relations.add_asked.connect(self._on_relations_add_asked)
        card.relations.followed.connect(self.followed)
        inspector.references.pictures_given.connect(self._on_pictures_given)
        inspector.references.add_asked.connect(self._on_portrait_asked)
        inspector.references.edited.connect(self._on_references_edited)
        inspector.seed_asked.connect(self._on_seed_asked)
        inspector.uses.followed.connect(self._on_use_followed)
        self._undo_keys.pressed.connect(self._typing.flush)
        self._tokens.changed.connect(self._on_tokens_changed)
        self._context.models.changed.connect(self.refresh)
        self._uses.changed.connect(self.show_uses)

    # ---- slots -------------------------------------------------------------------------------

    def _on_typed(self, field: str, value: object) -> None:
        if self._entry_id:
            self._typing.put(self._entry_id, field, self._kept(field, value))

    def _on_edited(self, field: str, value: object) -> None:
        if self._entry_id:
            self._typing.put_now(self._entry_id, field, value)

    def _kept(self, field: str, value: object) -> object:
        return in_the_project(value) if field == "loras" and isinstance(value, tuple) else value

    def _on_link_clicked(self, link: str) -> None:
        if entry_id := linked_entry(link):
            self.followed.emit(entry_id)

    def _on_head_renamed(self, name: str) -> None:
        entry = self._entries.get(self._entry_id)
        if entry is None:
            return
        self._typing.flush()
        step = self.tr("Rename {name}").format(name=entry.name)
        if not self._entries.rename(step, entry.id, name):
            self.refresh()

    def _on_portrait_asked(self) -> None:
        if self._entry_id and self._entries.read_only is None:
            self._pictures.ask(self._entry_id)

    def _on_pictures_given(self, sources: list[object]) -> None:
        self._pictures.add(self._entry_id, sources)  # type: ignore[arg-type]

    def _on_references_edited(self, references: tuple[Reference, ...]) -> None:
        self._pictures.change(self._entry_id, references)

    def _on_seed_asked(self) -> None:
        self._pictures.ask_seed(self._entry_id)

    def _on_relations_add_asked(self, name: str) -> None:
        entry, other = self._entry(), self._entries.bible.named(name)
        if entry is None:
            return
        if other is None:
            self._notice.tell(self.tr("No entry is called “{name}”.").format(name=name))
        elif other.id != entry.id and other.id not in {each.to for each in entry.relations}:
            relations = (*entry.relations, Relation(other.id))
            self._typing.put_now(entry.id, "relations", relations)
            self._card.relations.fields[-1].setFocus()

    def _on_use_followed(self, use: Use) -> None:
        self._context.wishes.send(PANELS_OF_KINDS[use.kind], ShowPart(use.key, use.part))

    def _on_tokens_changed(self) -> None:
        self._inspector.show_tokens(self._tokens.count, self._tokens.limit)
