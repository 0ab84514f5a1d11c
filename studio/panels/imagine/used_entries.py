"""The entries that a prompt uses, as chips, and the looks that can be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from studio.widgets.chip import Chip
from studio.widgets.entry_chip import EntryChip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.plain import chain_focus


@dataclass(frozen=True, slots=True)
class UsedEntry:
    """`label` is what its chip says; `on` is False for one that is left out."""

    entry_id: str
    label: str
    symbol: str
    on: bool


class UsedEntries(QWidget):
    """Signals:
    toggled: the entry with this id is to be left out, or to be used again.
    """

    toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[UsedEntry, ...] = ()
        self._looks: tuple[UsedEntry, ...] = ()
        self._flow = FlowLayout(self)
        self.add_look = Chip(self.tr("+ Look"))
        self.add_look.setAccessibleName(self.tr("Add a look to the prompt"))
        self.add_look.setToolTip(self.tr("Add a look to the prompt"))
        self.add_look.clicked.connect(self._on_add_look_clicked)
        self._flow.addWidget(self.add_look)

    @property
    def chips(self) -> list[EntryChip]:
        """In the order in which they stand."""
        items = (self._flow.itemAt(index) for index in range(self._flow.count()))
        widgets = (item.widget() for item in items if item)
        return [widget for widget in widgets if isinstance(widget, EntryChip)]

    def show_entries(self, used: Sequence[UsedEntry], looks: Sequence[UsedEntry]) -> None:
        """Shows a chip for each of `used`; `looks` are all there are, `on` where they are used."""
        self._looks = tuple(looks)
        self.add_look.setVisible(bool(looks))
        if tuple(used) == self._shown:
            return
        focused = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), None)
        self._shown = tuple(used)
        while item := self._flow.takeAt(0):
            if isinstance(old := item.widget(), EntryChip):
                old.hide()
                old.deleteLater()
        chips = []
        for entry in used:
            chip = EntryChip(entry.label, entry.symbol, entry.on)
            chip.clicked.connect(partial(self.toggled.emit, entry.entry_id))
            self._flow.addWidget(chip)
            chips.append(chip)
        self._flow.addWidget(self.add_look)
        chain_focus(self.add_look, chips)
        if focused is not None and focused < len(chips):
            chips[focused].setFocus()

    def look_menu(self) -> QMenu:
        """All looks, with a tick at those that are used."""
        menu = QMenu(self)
        for look in self._looks:
            action = menu.addAction(look.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(look.on)
            action.triggered.connect(partial(self.toggled.emit, look.entry_id))
        return menu

    def _on_add_look_clicked(self) -> None:
        menu = self.look_menu()
        menu.exec(self.add_look.mapToGlobal(QPoint(0, self.add_look.height() + 4)))
        menu.deleteLater()
