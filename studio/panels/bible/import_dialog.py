"""What is in somebody's file, before anything of it comes into the project."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.entry_kinds import ICONS, kind_name
from studio.icons import icon
from studio.widgets.flush_scroll import FlushScroll
from studio.widgets.hinted_list import HintedList
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from studio.document.bible.entry import Entry

_ENTRY = Qt.ItemDataRole.UserRole
_NOTES_PX = 120


class ImportDialog(QDialog):
    """Every entry is ticked at first; `chosen` are those that still are."""

    def __init__(
        self,
        source: str,
        entries: Sequence[Entry],
        notes: Sequence[str],
        known: Collection[str],
        parent: QWidget | None = None,
    ) -> None:
        """`known` are the ids of entries that the project has: these are replaced."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import into the bible"))
        self.resize(560, 560)
        self._list = HintedList(self.tr("There is nothing in it."))
        self._list.setAccessibleName(self.tr("Entries in the file"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._list.setWordWrap(True)
        self._list.setSpacing(2)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for entry in entries:
            self._list.addItem(self._item(entry, entry.id in known))
        self._take = button("", kind="primary")
        self._take.setDefault(True)
        cancel = button(self.tr("Cancel"))
        self._take.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self._list.itemChanged.connect(self._show_count)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self._take)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 20)
        box.setSpacing(12)
        box.addWidget(words(source, "title", wrap=True))
        box.addWidget(self._list, 1)
        if notes:
            box.addWidget(words(self.tr("Worth knowing"), "head"))
            box.addWidget(_told(notes))
        box.addLayout(foot)
        self._show_count()

    def chosen(self) -> list[Entry]:
        items = (self._list.item(row) for row in range(self._list.count()))
        return [item.data(_ENTRY) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _item(self, entry: Entry, replaces: bool) -> QListWidgetItem:
        facts = [kind_name(entry.kind)]
        if replaces:
            facts.append(self.tr("replaces the entry that is there"))
        if entry.summary:
            facts.append(entry.summary[:120])
        item = QListWidgetItem(f"{entry.name[:120]}\n{' · '.join(facts)}")
        item.setIcon(icon(ICONS[entry.kind], "muted"))
        item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
        item.setCheckState(Qt.CheckState.Checked)
        item.setData(_ENTRY, entry)
        return item

    def _show_count(self) -> None:
        count = len(self.chosen())
        one, many = self.tr("Import 1 entry"), self.tr("Import {count} entries")
        self._take.setText(one if count == 1 else many.format(count=count))
        self._take.setAccessibleName(self._take.text())
        self._take.setEnabled(count > 0)


def _told(notes: Sequence[str]) -> QWidget:
    scroll = FlushScroll(0, 0)
    scroll.setMaximumHeight(_NOTES_PX)
    scroll.column.setSpacing(4)
    for note in notes:
        scroll.column.addWidget(words(note, "fact", wrap=True))
    scroll.column.addStretch(1)
    return scroll
