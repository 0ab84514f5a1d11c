"""Lists of chosen add-on files: LoRAs with a weight each, embeddings without."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from studio.widgets.elided_label import ElidedLabel
from studio.widgets.plain import chain_focus, icon_button

Chosen = tuple[tuple[str, float], ...]  # path and weight
Offered = Mapping[str, str]  # title by path


class AddOnList(QWidget):
    """What is chosen, a row each, and a box to add another.

    Signals:
        chosen_changed: the person added, removed or weighed one; the new list of path and weight.
    """

    chosen_changed = Signal(object)

    def __init__(self, name: str, offer: str, *, weighted: bool) -> None:
        super().__init__()
        self._weighted = weighted
        self._offer = offer
        self._chosen: Chosen = ()
        self._titles: dict[str, str] = {}
        self._rows: list[QWidget] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._add = QComboBox(self)
        self._add.setAccessibleName(name)
        self._add.setMinimumContentsLength(8)
        self._add.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._box.addWidget(self._add)
        self._add.activated.connect(self._on_add_activated)

    def show_choice(self, offered: Offered, chosen: Chosen) -> None:
        """Shows `chosen`; what is `offered` beyond that can be added."""
        if self._titles == offered and self._chosen == chosen and self._add.count():
            return  # there may be thousands
        self._titles = dict(offered)
        taken = {path for path, _ in chosen}
        with QSignalBlocker(self._add):
            self._add.clear()
            self._add.addItem(self._offer, "")
            for path, title in self._titles.items():
                if path not in taken:
                    self._add.addItem(title, path)
        self._add.setEnabled(self._add.count() > 1)
        if chosen != self._chosen:
            self._chosen = chosen
            self._rebuild()

    def _rebuild(self) -> None:
        for row in self._rows:
            self._box.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(index) for index in range(len(self._chosen))]
        for index, row in enumerate(self._rows):
            self._box.insertWidget(index, row)
        inside = [part for row in self._rows for part in row.findChildren(QWidget)]
        controls = [part for part in inside if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        chain_focus(self, [*controls, self._add])

    def _row(self, index: int) -> QWidget:
        path, weight = self._chosen[index]
        title = self._titles.get(path, Path(path).stem)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(ElidedLabel(title), 1)
        line.addStretch(0)
        if self._weighted:
            field = QDoubleSpinBox(row)
            field.setAccessibleName(self.tr("Weight of {name}").format(name=title))
            field.setRange(-4, 4)
            field.setSingleStep(0.05)
            field.setValue(weight)
            field.setFixedWidth(84)
            field.lineEdit().setTextMargins(9, 0, 0, 0)
            field.valueChanged.connect(lambda value: self._weigh(index, value))
            line.addWidget(field)
        remove = icon_button("x", self.tr("Remove {name}").format(name=title))
        remove.clicked.connect(lambda: self._take(self._without(index)))
        line.addWidget(remove)
        return row

    def _without(self, index: int) -> Chosen:
        return self._chosen[:index] + self._chosen[index + 1 :]

    def _weigh(self, index: int, weight: float) -> None:
        changed = list(self._chosen)
        changed[index] = (changed[index][0], round(weight, 2))
        # Without a rebuild: the field being edited would vanish under the fingers.
        self._chosen = tuple(changed)
        self.chosen_changed.emit(self._chosen)

    def _take(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._rebuild()
        self.chosen_changed.emit(chosen)

    def _on_add_activated(self, index: int) -> None:
        if path := self._add.itemData(index):
            self._take((*self._chosen, (path, 1.0)))
