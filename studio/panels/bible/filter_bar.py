"""Search, kinds with their numbers, a tag, and what makes or brings entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.document.bible.entry import EntryKind
from studio.panels.bible import wording
from studio.panels.bible.filtering import Filter
from studio.widgets.filter_chip import FilterChip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.plain import button, words
from studio.widgets.search_field import SearchField
from studio.widgets.segments import Segments

Tags = Callable[[], Sequence[tuple[str, int]]]

_MOST_TAGS = 40


class FilterBar(QWidget):
    """Shows a filter and tells what the person changes in it; it holds none of its own.

    `tags` is asked for tags and their numbers when their menu opens.

    Signals:
        filter_edited: something else is looked for (a Filter).
        left: the person goes on to the entries.
        new_asked: the menu of what can be made is wanted at this place of the screen.
        exchange_asked: the menu of import and export is.
    """

    filter_edited = Signal(object)
    left = Signal()
    new_asked = Signal(QPoint)
    exchange_asked = Signal(QPoint)

    def __init__(self, tags: Tags, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags = tags
        self._filter = Filter()
        self.field = SearchField(self.tr("Find entries"), self.tr("A name, a tag, or any word"))
        self.new = button(self.tr("New"), "plus")
        self.exchange = button(self.tr("Import or export"), "arrows-down-up")
        self._all = self.tr("All")
        self._kinds = {wording.kinds(kind): kind for kind in EntryKind}
        self.kinds = Segments(self.tr("Kinds"))
        self.kinds.set_options([self._all, *self._kinds])
        self.tag = FilterChip(self.tr("Tag"), "tag")
        self._count = words("", "fact")
        self._lay_out()
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.left.connect(self.left)
        self.kinds.chosen.connect(self._on_kinds_chosen)
        self.new.clicked.connect(self._on_new_clicked)
        self.exchange.clicked.connect(self._on_exchange_clicked)
        self.tag.clicked.connect(self._on_tag_clicked)
        self.tag.cleared.connect(self._on_tag_cleared)

    def show_filter(self, wanted: Filter) -> None:
        self._filter = wanted
        if self.field.text() != wanted.words:
            with QSignalBlocker(self.field):
                self.field.setText(wanted.words)
        self.kinds.choose(wording.kinds(wanted.kind) if wanted.kind else self._all)
        self.tag.set_value(wanted.tag)

    def show_counts(self, counts: Mapping[EntryKind, int], shown: str) -> None:
        """How many there are of each kind, and in words how many are shown."""
        self.kinds.set_counts([sum(counts.values()), *(counts.get(k, 0) for k in EntryKind)])
        self._count.setText(shown)

    def set_read_only(self, on: bool) -> None:
        self.new.setEnabled(not on)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.field, 1)
        first.addWidget(self.new)
        first.addWidget(self.exchange)
        place = QWidget()
        flow = FlowLayout(place)
        for part in (self.kinds, self.tag):
            flow.addWidget(part)
        second = QHBoxLayout()
        second.addWidget(place, 1)
        second.addWidget(self._count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(first)
        box.addLayout(second)

    # ---- slots -------------------------------------------------------------------------------

    def _on_field_text_changed(self, text: str) -> None:
        self.filter_edited.emit(replace(self._filter, words=text))

    def _on_kinds_chosen(self, word: str) -> None:
        self.filter_edited.emit(replace(self._filter, kind=self._kinds.get(word)))

    def _on_new_clicked(self) -> None:
        self.new_asked.emit(_below(self.new))

    def _on_exchange_clicked(self) -> None:
        self.exchange_asked.emit(_below(self.exchange))

    def _on_tag_clicked(self) -> None:
        menu = QMenu(self)
        for tag, count in self._tags()[:_MOST_TAGS]:
            action = menu.addAction(f"{tag}  ({count})".replace("&", "&&"))
            action.triggered.connect(partial(self._take_tag, tag))
        if menu.isEmpty():
            menu.addAction(self.tr("No entry has a tag")).setEnabled(False)
        menu.exec(_below(self.tag))
        menu.deleteLater()

    def _take_tag(self, tag: str, _checked: bool = False) -> None:
        self.filter_edited.emit(replace(self._filter, tag=tag))

    def _on_tag_cleared(self) -> None:
        self._take_tag("")


def _below(control: QWidget) -> QPoint:
    return control.mapToGlobal(QPoint(0, control.height() + 4))
