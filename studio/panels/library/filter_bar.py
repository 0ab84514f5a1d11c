"""Search, order, size of the pictures, and the filters as chips."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QVBoxLayout, QWidget

from studio.library_query import Order, Period, Query
from studio.panels.library import wording
from studio.panels.library.state import ROW_HEIGHTS, SIZES, LibraryState, SizeRange
from studio.widgets.filter_chip import FilterChip
from studio.widgets.plain import button, words
from studio.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QAbstractButton

_ORDERS: tuple[Order, ...] = ("newest", "oldest", "prompt")
_PERIODS: tuple[Period, ...] = ("today", "week", "month")
_SLIDER_PX = 96


class FilterBar(QWidget):
    """Shows a state and tells what the person changes in it; it holds none of its own.

    `models` is asked for names, titles and numbers of pictures when their menu opens.

    Signals:
        query_edited: something else is looked for (a Query).
        row_height_edited: the pictures are to be that large, in pixels.
        left: the person goes on to the pictures.
    """

    query_edited = Signal(object)
    row_height_edited = Signal(int)
    left = Signal()

    def __init__(
        self,
        models: Callable[[], Sequence[tuple[str, str, int]]],
        title_of_model: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._models, self._title_of_model = models, title_of_model
        self._query = Query()
        self.field = SearchField(
            self.tr("Find pictures"), self.tr("Words of the prompt, a model or a seed")
        )
        self._order = button("", "caret-down")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setAccessibleName(self.tr("Size of the pictures"))
        self._slider.setToolTip(self.tr("Size of the pictures"))
        self._slider.setRange(*ROW_HEIGHTS)
        self._slider.setFixedWidth(_SLIDER_PX)
        self._model = FilterChip(self.tr("Model"), "cube")
        self._period = FilterChip(self.tr("Date"), "calendar-blank")
        self._kept = FilterChip(self.tr("Kept"), "star-fill")
        self._size = FilterChip(self.tr("Size"), "frame-corners")
        self._count = words("", "fact")
        self._lay_out()
        self._connect()

    def show_state(self, state: LibraryState) -> None:
        query = self._query = state.query
        if self.field.text() != query.words:
            with QSignalBlocker(self.field):
                self.field.setText(query.words)
        self._order.setText(f" {wording.order(query.order)}")
        self._order.setAccessibleName(
            self.tr("Order: {order}").format(order=wording.order(query.order))
        )
        with QSignalBlocker(self._slider):
            self._slider.setValue(state.row_height)
        self._model.set_value(self._title_of_model(query.model) if query.model else "")
        self._period.set_value(wording.period(query.period))
        self._kept.set_value(self.tr("Kept") if query.kept else "")
        chosen = SizeRange(query.shortest, query.longest)
        self._size.set_value(wording.size_range(chosen) if chosen in SIZES else "")

    def show_count(self, text: str) -> None:
        self._count.setText(text)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.field, 1)
        first.addWidget(self._order)
        size = QHBoxLayout()
        size.setSpacing(8)
        size.addWidget(words(self.tr("Size"), "fact"))
        size.addWidget(self._slider)
        first.addLayout(size)
        second = QHBoxLayout()
        second.setSpacing(8)
        for chip in (self._model, self._period, self._kept, self._size):
            second.addWidget(chip)
        second.addStretch(1)
        second.addWidget(self._count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(first)
        box.addLayout(second)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.left.connect(self.left)
        self._order.clicked.connect(self._on_order_clicked)
        self._slider.valueChanged.connect(self.row_height_edited)
        self._model.clicked.connect(self._on_model_clicked)
        self._model.cleared.connect(self._on_model_cleared)
        self._period.clicked.connect(self._on_period_clicked)
        self._period.cleared.connect(self._on_period_cleared)
        self._kept.clicked.connect(self._on_kept_clicked)
        self._kept.cleared.connect(self._on_kept_clicked)
        self._size.clicked.connect(self._on_size_clicked)
        self._size.cleared.connect(self._on_size_cleared)

    def _offer(self, under: QAbstractButton, choices: Sequence[tuple[str, Query]]) -> None:
        """A menu of words and of what is looked for then."""
        menu = QMenu(self)
        for text, query in choices:
            entry = menu.addAction(text)
            entry.setCheckable(True)
            entry.setChecked(query == self._query)
            entry.triggered.connect(partial(self._ask, query))
        if menu.isEmpty():
            menu.addAction(self.tr("No picture names its model")).setEnabled(False)
        menu.exec(under.mapToGlobal(QPoint(0, under.height() + 4)))
        menu.deleteLater()

    def _ask(self, query: Query, _checked: bool = False) -> None:
        self.query_edited.emit(query)

    # ---- slots -------------------------------------------------------------------------------

    def _on_field_text_changed(self, text: str) -> None:
        self._ask(replace(self._query, words=text))

    def _on_order_clicked(self) -> None:
        now = self._query
        choices = [(wording.order(order), replace(now, order=order)) for order in _ORDERS]
        self._offer(self._order, choices)

    def _on_model_clicked(self) -> None:
        choices = []
        for name, title, pictures in self._models():
            text = f"{title}  ({wording.number(pictures)})".replace("&", "&&")
            choices.append((text, replace(self._query, model=name)))
        self._offer(self._model, choices)

    def _on_model_cleared(self) -> None:
        self._ask(replace(self._query, model=None))

    def _on_period_clicked(self) -> None:
        now = self._query
        choices = [(wording.period(period), replace(now, period=period)) for period in _PERIODS]
        self._offer(self._period, choices)

    def _on_period_cleared(self) -> None:
        self._ask(replace(self._query, period=""))

    def _on_kept_clicked(self) -> None:
        self._ask(replace(self._query, kept=not self._query.kept))

    def _on_size_clicked(self) -> None:
        choices = []
        for size in SIZES:
            query = replace(self._query, shortest=size.shortest, longest=size.longest)
            choices.append((wording.size_range(size), query))
        self._offer(self._size, choices)

    def _on_size_cleared(self) -> None:
        self._ask(replace(self._query, shortest=0, longest=None))
