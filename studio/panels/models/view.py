"""Where things lie on the Models panel. Layout only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from studio.panels.models.filter_bar import FilterBar
from studio.panels.models.rows import ModelRows, RowPainter
from studio.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from studio.panels.models.fetch_line import FetchLine
    from studio.panels.models.starter_card import StarterCard

_MARGIN = 24
_LEAST_PX = 112  # of the list: two models


class ModelsView(QFrame):
    """The starter set, what is fetched now, the filters and the list."""

    def __init__(self, card: StarterCard, line: FetchLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.card, self.line = card, line
        self.bar = FilterBar()
        self.rows = ModelRows(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Models on this disk"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(RowPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.no_hits = EmptyState(
            self.tr("No model is like that"),
            self.tr("Try fewer or shorter words, or take a filter off."),
            self.tr("Show all models"),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.no_hits)
        self._pages.setMinimumHeight(_LEAST_PX)
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGIN, 16, _MARGIN, 12)
        box.setSpacing(12)
        for part in (self.card, self.line, self.bar):
            box.addWidget(part)
        box.addWidget(self._pages, 1)

    def show_list(self, on: bool) -> None:
        """The list, or that nothing is like what is looked for."""
        self._pages.setCurrentIndex(0 if on else 1)
