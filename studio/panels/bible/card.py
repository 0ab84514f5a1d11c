"""The card of one entry, to read and to write."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from studio.document.bible.entry import EntryKind
from studio.panels.bible.card_head import CardHead
from studio.panels.bible.relations import Relations
from studio.panels.bible.voice import VoiceFields
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.flush_scroll import FlushScroll
from studio.widgets.markdown_text import MarkdownText
from studio.widgets.plain import button, line, words
from studio.widgets.word_chips import WordChips

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.document.bible.entry import Entry
    from studio.widgets.picture_loader import PictureLoader

_MARGIN = 20


class Card(QFrame):
    """Shows an entry and tells what the person changes in it; it holds none of its own.

    Signals:
        typed: a field of the entry is being typed: its name and value.
        edited: a field has another value, all at once.
        try_asked: the person wants to see what applies to a text.
    """

    typed = Signal(str, object)
    edited = Signal(str, object)
    try_asked = Signal()

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.head = CardHead(loader)
        self.text = MarkdownText(
            self.tr("Text"),
            self.tr("Everything that is known. Markdown: # heading, *stress*, - list"),
        )
        self.tags = WordChips(self.tr("Tag"), "tag", self.tr("Add a tag"))
        self.keywords = WordChips(self.tr("Keyword"), "quotes", self.tr("Add a keyword"))
        self.always = QCheckBox(self.tr("Always on"))
        self.always.setAccessibleName(self.always.text())
        self.always.setToolTip(self.tr("Applies to every text, whatever words are in it"))
        self.off = QCheckBox(self.tr("Switched off"))
        self.off.setAccessibleName(self.off.text())
        self.off.setToolTip(self.tr("Applies only to texts that mention it with @"))
        self.try_button = button(self.tr("Try a text…"), kind="flat")
        self.relations = Relations()
        self.voice = VoiceFields()
        self.read_only = words("", "accent", wrap=True)
        self._lay_out()
        self._connect()

    def fields(self) -> list[QLineEdit | QPlainTextEdit]:
        """Where text is typed that goes into the entry."""
        return [
            self.head.name,
            self.head.summary,
            self.text.field,
            self.voice.notes,
            *self.voice.samples,
        ]

    def show_entry(self, entry: Entry, related: Mapping[str, Entry], twin: str) -> None:
        """`related` are the entries that it leads to, by id."""
        self.head.show_entry(entry, twin)
        self.text.set_text(entry.text)
        self.tags.set_words(entry.tags)
        self.keywords.set_words(entry.keywords)
        with QSignalBlocker(self.always), QSignalBlocker(self.off):
            self.always.setChecked(entry.always_on)
            self.off.setChecked(not entry.enabled)
        self.relations.show_relations(entry.relations, related)
        self.voice.show_voice(entry.voice)
        self.voice.setVisible(entry.kind is EntryKind.CHARACTER)

    def set_read_only(self, why: str) -> None:
        """Nothing can be changed, and `why`; "" for the usual state."""
        fixed = bool(why)
        self.read_only.setText(why)
        self.read_only.setVisible(fixed)
        self.head.set_read_only(fixed)
        self.text.field.setReadOnly(fixed)
        self.tags.set_read_only(fixed)
        self.keywords.set_read_only(fixed)
        self.always.setEnabled(not fixed)
        self.off.setEnabled(not fixed)
        self.relations.set_read_only(fixed)
        self.voice.set_read_only(fixed)

    def _lay_out(self) -> None:
        applies = QHBoxLayout()
        applies.addWidget(ElidedLabel(self.tr("Applies when a text has"), "head"))
        applies.addStretch(1)
        applies.addWidget(self.off)
        applies.addWidget(self.always)
        applies.addWidget(self.try_button)
        tags = QVBoxLayout()
        tags.setSpacing(8)
        tags.addWidget(words(self.tr("Tags"), "head"))
        tags.addWidget(self.tags)
        keywords = QVBoxLayout()
        keywords.setSpacing(6)
        keywords.addLayout(applies)
        keywords.addWidget(self.keywords)
        scroll = FlushScroll(_MARGIN, _MARGIN)
        column = scroll.column
        column.setSpacing(20)
        column.addWidget(self.read_only)
        column.addWidget(self.head)
        column.addWidget(line())
        column.addWidget(self.text, 1)
        column.addLayout(tags)
        column.addLayout(keywords)
        column.addWidget(self.relations)
        column.addWidget(self.voice)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addWidget(scroll)

    def _connect(self) -> None:
        self.head.typed.connect(self.typed)
        self.head.edited.connect(self.edited)
        self.text.edited.connect(partial(self.typed.emit, "text"))
        self.tags.words_edited.connect(partial(self.edited.emit, "tags"))
        self.keywords.words_edited.connect(partial(self.edited.emit, "keywords"))
        self.always.toggled.connect(partial(self.edited.emit, "always_on"))
        self.off.toggled.connect(self._on_off_toggled)
        self.relations.typed.connect(partial(self.typed.emit, "relations"))
        self.relations.edited.connect(partial(self.edited.emit, "relations"))
        self.voice.typed.connect(partial(self.typed.emit, "voice"))
        self.try_button.clicked.connect(self.try_asked)

    def _on_off_toggled(self, off: bool) -> None:
        self.edited.emit("enabled", not off)
