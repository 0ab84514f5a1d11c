"""Where an entry is used, and what is older than it there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from studio.icons import icon
from studio.panels.bible import wording
from studio.widgets.hinted_list import HintedList

if TYPE_CHECKING:
    from studio.document.bible.uses import Use

_LEAST_PX, _MOST_PX = 60, 160
_AROUND_PX = 12
_USE = Qt.ItemDataRole.UserRole


class UsesList(HintedList):
    """Signals:
    followed: the person goes to this Use.
    """

    followed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What is made from it will be listed here."), parent)
        self.setAccessibleName(self.tr("Used in"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._on_item_activated)
        self.itemClicked.connect(self._on_item_activated)
        self.show_uses((), ())

    def show_uses(self, uses: Sequence[Use], reachable: Collection[str]) -> None:
        """`reachable` are the kinds of documents that a panel can show; others are plain words."""
        self.clear()
        for use in uses:
            older = wording.older_than(use)
            item = QListWidgetItem(f"{use.label}\n{older}" if older else use.label)
            item.setIcon(icon("warning", "accent_text") if older else icon("link-simple", "muted"))
            item.setData(_USE, use)
            if use.kind not in reachable:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsSelectable)
            self.addItem(item)
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(min(max(rows + _AROUND_PX, _LEAST_PX), _MOST_PX))

    def _on_item_activated(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.followed.emit(item.data(_USE))
