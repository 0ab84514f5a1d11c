"""A number in one line: its name, a slider and a field with its unit."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QSpinBox, QWidget

from studio.widgets.knob import QUIET_FIELD
from studio.widgets.plain import words

_SLIDER = 96
_FIELD = 60
_STEPS = 200


class InlineKnob(QWidget):
    """Whole numbers from `low` to `high`; a `steep` slider gives small ones more room.

    Signals:
        value_changed: the person set another value.
    """

    value_changed = Signal(int)

    def __init__(
        self,
        name: str,
        low: int,
        high: int,
        unit: str,
        steep: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._low, self._high = low, high
        self._power = 3.0 if steep else 1.0
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _STEPS)
        self._slider.setFixedWidth(_SLIDER)
        self._slider.setAccessibleName(name)
        self._field = QSpinBox()
        self._field.setRange(low, high)
        self._field.setSuffix(f" {unit}" if unit else "")
        self._field.setFixedSize(_FIELD, 24)
        self._field.setStyleSheet(QUIET_FIELD)
        self._field.setKeyboardTracking(False)
        self._field.setAccessibleName(name)
        label = words(name, "fact")
        label.setBuddy(self._field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self._slider)
        row.addWidget(self._field)
        self._slider.valueChanged.connect(self._on_slider_moved)
        self._field.valueChanged.connect(self._on_field_changed)

    @property
    def value(self) -> int:
        return self._field.value()

    def set_value(self, value: int) -> None:
        """Shows `value`, held to the range, without a signal."""
        with QSignalBlocker(self._field), QSignalBlocker(self._slider):
            self._field.setValue(value)
            share = (self._field.value() - self._low) / (self._high - self._low)
            self._slider.setValue(round(math.pow(share, 1 / self._power) * _STEPS))

    def set_explanation(self, text: str) -> None:
        """The tooltip of all its parts."""
        self.setToolTip(text)

    def _on_slider_moved(self, position: int) -> None:
        share = math.pow(position / _STEPS, self._power)
        with QSignalBlocker(self._field):
            self._field.setValue(self._low + round(share * (self._high - self._low)))
        self.value_changed.emit(self.value)

    def _on_field_changed(self, value: int) -> None:
        self.set_value(value)
        self.value_changed.emit(value)
