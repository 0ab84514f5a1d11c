"""Search, order, size of the pictures, and the filters as chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QVBoxLayout, QWidget

from studio.action_menu import show_menu
from studio.library_query import Order, Period, Query
from studio.panels.library import wording
from studio.panels.library.state import ROW_HEIGHTS, SIZES, LibraryState, SizeRange
from studio.widgets.ask import Ask
from studio.widgets.filter_chip import FilterChip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.plain import button, words
from studio.widgets.search_field import SearchField
from studio.widgets.seed_field import seed_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

    from studio.actions import Actions
    from studio.panels.library.choices import Choice, Choices

_ORDERS: tuple[Order, ...] = ("newest", "oldest", "prompt")
_PERIODS: tuple[Period, ...] = ("today", "week", "month", "year")
_SLIDER_PX = 96
_CHIP_PX = 24
_MOST_SEED = 2**64 - 1

Offer = Callable[[], Sequence[tuple[str, Query]]]
Change = Callable[[Query], Query]


class FilterBar(QWidget):
    """Shows a state and tells what the person changes in it; it holds none of its own.

    `choices` is asked when a menu opens; `seed` gives the seed of the current picture.

    Signals:
        query_edited: something else is looked for (a Query).
        row_height_edited: the pictures are to be that large, in pixels.
        meaning_asked: the words are to be understood, not only found.
        left: the person goes on to the pictures.
    """

    query_edited = Signal(object)
    row_height_edited = Signal(int)
    meaning_asked = Signal()
    left = Signal()

    def __init__(
        self,
        choices: Choices,
        actions: Actions,
        seed: Callable[[], int | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices, self._actions, self._seed_of_current = choices, actions, seed
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
        self._count = words("", "fact")
        self._chips = FlowLayout()
        self._lay_out()
        self._order.clicked.connect(partial(self._offer, self._order, self._order_choices))
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.left.connect(self.left)
        self._slider.valueChanged.connect(self.row_height_edited)
        self._meaning = self._plain_chip(
            self.tr("Meaning"), "brain", lambda query: replace(query, by_meaning=False)
        )
        self._meaning.clicked.connect(self.meaning_asked)
        self._model = self._chip(
            self.tr("Model"),
            "cube",
            self._model_choices,
            lambda query: replace(query, model=None),
        )
        self._period = self._chip(
            self.tr("Date"),
            "calendar-blank",
            self._period_choices,
            lambda query: replace(query, period=""),
        )
        self._kept = self._plain_chip(
            self.tr("Kept"), "star-fill", lambda query: replace(query, kept=False)
        )
        self._kept.clicked.connect(self._on_kept_clicked)
        self._collection = self._chip(
            self.tr("Collection"),
            "stack",
            self._collection_choices,
            lambda query: replace(query, collection=None),
            ("library.new_collection", "library.rename_collection", "library.delete_collection"),
        )
        self._size = self._chip(
            self.tr("Size"),
            "frame-corners",
            self._size_choices,
            lambda query: replace(query, shortest=0, longest=None),
        )
        self._seed = self._plain_chip(
            self.tr("Seed"), "hash", lambda query: replace(query, seed=None)
        )
        self._seed.clicked.connect(self._on_seed_clicked)
        self._folder = self._chip(
            self.tr("Folder"),
            "folder",
            self._folder_choices,
            lambda query: replace(query, source=None),
            ("library.add_folder", "library.forget_folder", "library.look_again"),
        )
        self._tool = self._chip(
            self.tr("Program"),
            "wrench",
            self._tool_choices,
            lambda query: replace(query, tool=None),
        )

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
        choices = self._choices
        self._meaning.set_value(self.tr("By meaning") if query.by_meaning else "")
        self._model.set_value(choices.title_of_model(query.model) if query.model else "")
        self._period.set_value(wording.period(query.period))
        self._kept.set_value(self.tr("Kept") if query.kept else "")
        collection = query.collection
        self._collection.set_value(choices.title_of_collection(collection) if collection else "")
        chosen = SizeRange(query.shortest, query.longest)
        self._size.set_value(wording.size_range(chosen) if chosen in SIZES else "")
        self._seed.set_value("" if query.seed is None else seed_text(query.seed))
        self._folder.set_value("" if query.source is None else wording.source(query.source))
        self._tool.set_value(wording.tool(query.tool) if query.tool else "")

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
        second.addLayout(self._chips, 1)
        second.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        self._count.setMinimumHeight(_CHIP_PX)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(first)
        box.addLayout(second)

    def _chip(
        self, name: str, symbol: str, choices: Offer, off: Change, actions: Sequence[str] = ()
    ) -> FilterChip:
        """A filter whose menu has these choices and, below a line, these actions."""
        chip = self._plain_chip(name, symbol, off)
        chip.clicked.connect(partial(self._offer, chip, choices, actions))
        return chip

    def _plain_chip(self, name: str, symbol: str, off: Change) -> FilterChip:
        chip = FilterChip(name, symbol)
        chip.cleared.connect(partial(self._take_off, off))
        self._chips.addWidget(chip)
        return chip

    def _offer(
        self,
        under: QAbstractButton,
        choices: Offer,
        actions: Sequence[str] = (),
        _checked: bool = False,
    ) -> None:
        """A menu of words and of what is looked for then, and below a line the actions."""
        menu = QMenu(self)
        for text, query in choices():
            entry = menu.addAction(text.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(query == self._query)
            entry.triggered.connect(partial(self._ask, query))
        if menu.isEmpty() and not actions:
            menu.addAction(self.tr("No picture says it")).setEnabled(False)
        if actions:
            menu.addSeparator()
            menu.addActions([self._actions.action(each) for each in actions])
        show_menu(self._actions, menu, under.mapToGlobal(QPoint(0, under.height() + 4)))

    def _ask(self, query: Query, _checked: bool = False) -> None:
        self.query_edited.emit(query)

    def _take_off(self, off: Change) -> None:
        self._ask(off(self._query))

    # ---- what the menus offer ----------------------------------------------------------------

    def _order_choices(self) -> list[tuple[str, Query]]:
        return [(wording.order(each), replace(self._query, order=each)) for each in _ORDERS]

    def _model_choices(self) -> list[tuple[str, Query]]:
        found = self._choices.models()
        return [(_counted(each), replace(self._query, model=each.value)) for each in found]

    def _period_choices(self) -> list[tuple[str, Query]]:
        return [(wording.period(each), replace(self._query, period=each)) for each in _PERIODS]

    def _collection_choices(self) -> list[tuple[str, Query]]:
        found = self._choices.collections()
        return [(_counted(each), replace(self._query, collection=each.value)) for each in found]

    def _size_choices(self) -> list[tuple[str, Query]]:
        return [
            (
                wording.size_range(each),
                replace(self._query, shortest=each.shortest, longest=each.longest),
            )
            for each in SIZES
        ]

    def _folder_choices(self) -> list[tuple[str, Query]]:
        found = self._choices.folders()
        own = [(wording.source(""), replace(self._query, source=""))] if found else []
        return own + [(_counted(each), replace(self._query, source=each.value)) for each in found]

    def _tool_choices(self) -> list[tuple[str, Query]]:
        found = self._choices.tools()
        return [(_counted(each), replace(self._query, tool=each.value)) for each in found]

    # ---- slots -------------------------------------------------------------------------------

    def _on_field_text_changed(self, text: str) -> None:
        self._ask(replace(self._query, words=text))

    def _on_kept_clicked(self) -> None:
        self._ask(replace(self._query, kept=not self._query.kept))

    def _on_seed_clicked(self) -> None:
        seed = self._query.seed if self._query.seed is not None else self._seed_of_current()
        start = "" if seed is None else str(seed)
        label = self.tr("Pictures that were drawn with this seed")
        dialog = Ask(self, self.tr("Filter by seed"), label, start, self.tr("Show"))
        dialog.answered.connect(self._on_seed_answered)
        dialog.open()

    def _on_seed_answered(self, text: str) -> None:
        digits = "".join(text.split())
        if digits.isdecimal() and int(digits) <= _MOST_SEED:
            self._ask(replace(self._query, seed=int(digits)))


def _counted(choice: Choice) -> str:
    return f"{choice.title}  ({wording.number(choice.pictures)})"
