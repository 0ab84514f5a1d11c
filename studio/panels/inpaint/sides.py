"""By how many pixels Expand widens each side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QSpinBox, QWidget

from studio.widgets.plain import indent, words

if TYPE_CHECKING:
    from pipelines.edit_requests import Margins

_MOST = 4096
_STEP = 64
_LEAST_PX = 64


class Sides(QWidget):
    """Signals:
    edited: the person changed one of the fields left, top, right, bottom (a dict by name).
    """

    edited = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {
            "left": self.tr("Left"),
            "right": self.tr("Right"),
            "top": self.tr("Top"),
            "bottom": self.tr("Bottom"),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        self._fields: dict[str, QSpinBox] = {}
        for place, (side, name) in enumerate(names.items()):
            field = QSpinBox()
            field.setRange(0, _MOST)
            field.setSingleStep(_STEP)
            field.setSuffix(self.tr(" px"))
            field.setKeyboardTracking(False)
            field.setAccessibleName(self.tr("{side}, pixels").format(side=name))
            indent(field)
            field.setMinimumWidth(_LEAST_PX)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            field.valueChanged.connect(self._on_field_changed)
            self._fields[side] = field
            row, column = divmod(place, 2)
            grid.addWidget(words(name, "fact"), row, 2 * column)
            grid.addWidget(field, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)

    def show_margins(self, margins: Margins) -> None:
        for side, field in self._fields.items():
            with QSignalBlocker(field):
                field.setValue(getattr(margins, side))

    def _on_field_changed(self) -> None:
        self.edited.emit({side: field.value() for side, field in self._fields.items()})
