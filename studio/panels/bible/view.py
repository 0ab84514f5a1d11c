"""Where things lie on the Bible panel. Layout only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.widgets.empty_state import EmptyState
from studio.widgets.notice import Notice
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from studio.panels.bible.card import Card
    from studio.panels.bible.entry_list import EntryList
    from studio.panels.bible.filter_bar import FilterBar

_MARGIN = 24
_GAP = 12
_LIST_PX = (176, 288)


class BibleView(QFrame):
    """Search above, the list at the left, the card at its right."""

    def __init__(
        self,
        bar: FilterBar,
        entries: EntryList,
        card: Card,
        sample: str,
        parent: QWidget | None = None,
    ) -> None:
        """`sample` is what the empty panel offers beside a new entry, or ""."""
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.bar, self.entries, self.card = bar, entries, card
        self.notice = Notice()
        self.empty = EmptyState(
            self.tr("The people, places and things of your story"),
            self.tr(
                "Each has a card: what is known of it, what it looks like, how it speaks. Write "
                "@ and its name in a prompt, and the picture shows it as its card says. Cards and "
                "lorebooks of other programs can be dropped here."
            ),
            self.tr("New character"),
            sample,
        )
        self.show_all = button(self.tr("Show all"))
        self._list_pages = QStackedWidget()
        self._pages = QStackedWidget()
        self._lay_out()

    def show_empty(self) -> None:
        """There is no entry."""
        self._pages.setCurrentIndex(1)
        self.bar.hide()

    def show_entries(self, *, found: bool) -> None:
        """There are some; `found` says whether any is as the person wants it."""
        self._pages.setCurrentIndex(0)
        self._list_pages.setCurrentIndex(0 if found else 1)
        self.bar.show()

    def show_card(self, on: bool) -> None:
        """Whether an entry is looked at."""
        self.card.setVisible(on)
        self._no_card.setVisible(not on)

    def _lay_out(self) -> None:
        nothing = QWidget()
        told = QVBoxLayout(nothing)
        told.setContentsMargins(0, 4, 0, 0)
        told.setSpacing(8)
        told.addWidget(words(self.tr("No entry is like that"), "strong", wrap=True))
        told.addWidget(
            words(self.tr("Try fewer words, or another kind or tag."), "fact", wrap=True)
        )
        told.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignLeft)
        told.addStretch(1)
        self._list_pages.addWidget(self.entries)
        self._list_pages.addWidget(nothing)
        self._list_pages.setMinimumWidth(_LIST_PX[0])
        self._list_pages.setMaximumWidth(_LIST_PX[1])
        self._no_card = QWidget()
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._list_pages, 2)
        row.addWidget(self.card, 5)
        row.addWidget(self._no_card, 5)
        self._pages.addWidget(work)
        self._pages.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGIN, 16, _MARGIN, 16)
        box.setSpacing(_GAP)
        box.addWidget(self.bar)
        box.addWidget(self.notice)
        box.addWidget(self._pages, 1)
        self.show_card(False)
