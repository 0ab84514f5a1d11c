"""Search and filters over the list of models."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from pipelines.licences import LICENCE_CLASSES
from studio.panels.models import wording
from studio.panels.models.entries import KINDS, SOURCES
from studio.panels.models.state import ModelsState
from studio.widgets.filter_chip import FilterChip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.plain import button, words
from studio.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence


class FilterBar(QWidget):
    """Shows a state and tells what the person changes in it; it holds none of its own.

    Signals:
        state_edited: something else is looked for (a ModelsState).
        left: the person goes on to the list.
        folder_asked: a folder of models is to be added.
        hub_asked: a model of the hub is wanted.
    """

    state_edited = Signal(object)
    left = Signal()
    folder_asked = Signal()
    hub_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = ModelsState()
        self._families: Sequence[str] = ()
        self.field = SearchField(
            self.tr("Find models"), self.tr("A name, a family, a licence or a folder")
        )
        self.hub = button(self.tr("Download by hub id"), "cloud-arrow-down")
        self.folder = button(self.tr("Add a folder"), "folder-plus")
        self._chips = {
            "kind": FilterChip(self.tr("Kind"), "cube"),
            "family": FilterChip(self.tr("Family"), "tree-structure"),
            "licence_class": FilterChip(self.tr("Licence"), "scales"),
            "source": FilterChip(self.tr("Place"), "hard-drives"),
            "forgotten": FilterChip(self.tr("Taken off the list"), "eye-slash"),
        }
        self._count = words("", "fact")
        self._lay_out()
        self._connect()

    def show_state(self, state: ModelsState, families: Sequence[str]) -> None:
        """`families` are those that can be chosen."""
        self._state, self._families = state, families
        if self.field.text() != state.words:
            with QSignalBlocker(self.field):
                self.field.setText(state.words)
        self._chips["family"].set_value(state.family)
        for name in ("kind", "licence_class", "source"):
            chosen = getattr(state, name)
            self._chips[name].set_value(dict(self._choices(name)).get(chosen, ""))
        off = self.tr("Taken off the list")
        self._chips["forgotten"].set_value(off if state.forgotten else "")

    def show_count(self, text: str) -> None:
        self._count.setText(text)

    def _choices(self, name: str) -> list[tuple[str, str]]:
        """Values of a filter, and their words."""
        match name:
            case "kind":
                return [(str(kind), wording.kind(kind)) for kind in KINDS]
            case "licence_class":
                return [(str(each), wording.licence_class(each)) for each in LICENCE_CLASSES]
            case "source":
                return [(str(each), wording.source(each)) for each in SOURCES]
            case _:
                return [(family, family) for family in self._families]

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.field, 1)
        first.addWidget(self.folder)
        first.addWidget(self.hub)
        chips = QWidget()
        flow = FlowLayout(chips, 8)
        for chip in self._chips.values():
            flow.addWidget(chip)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(chips, 1)
        second.addWidget(self._count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(first)
        box.addLayout(second)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.left.connect(self.left)
        self.hub.clicked.connect(self.hub_asked)
        self.folder.clicked.connect(self.folder_asked)
        for name, chip in self._chips.items():
            if name == "forgotten":
                chip.clicked.connect(self._on_forgotten_clicked)
                chip.cleared.connect(self._on_forgotten_clicked)
            else:
                chip.clicked.connect(partial(self._offer, name))
                chip.cleared.connect(partial(self._edit, name, ""))

    def _offer(self, name: str, _checked: bool = False) -> None:
        chip, menu = self._chips[name], QMenu(self)
        for value, text in self._choices(name):
            entry = menu.addAction(text.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(value == getattr(self._state, name))
            entry.triggered.connect(partial(self._edit, name, value))
        if menu.isEmpty():
            menu.addAction(self.tr("No model tells its family")).setEnabled(False)
        menu.exec(chip.mapToGlobal(QPoint(0, chip.height() + 4)))
        menu.deleteLater()

    def _edit(self, name: str, value: str, _checked: bool = False) -> None:
        self.state_edited.emit(self._state.with_choice(name, value))

    # ---- slots -------------------------------------------------------------------------------

    def _on_field_text_changed(self, text: str) -> None:
        self.state_edited.emit(replace(self._state, words=text))

    def _on_forgotten_clicked(self) -> None:
        self.state_edited.emit(replace(self._state, forgotten=not self._state.forgotten))
