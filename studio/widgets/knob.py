"""A number with its name, a slider for the usual range and a field for any value."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from studio.widgets.plain import words

QUIET_FIELD = """
QAbstractSpinBox { padding: 0; min-height: 20px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { width: 0; height: 0; image: none; }
QAbstractSpinBox:!focus { border-color: transparent; background: transparent; }
"""
"""A number that is a field only while it is edited.

Its buttons are there with no width: a style sheet leaves a field without buttons no room for its
text.
"""


class Knob(QWidget):
    """The slider goes from `low` to `usual`, the field beside the name up to `high`.

    Signals:
        value_changed: the person set another value.
    """

    value_changed = Signal(float)

    def __init__(
        self,
        name: str,
        low: float,
        usual: float,
        high: float,
        step: float = 1,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._low, self._step = low, step
        self._label = words(name, "fact")
        self._field = QDoubleSpinBox(self)
        self._field.setAccessibleName(name)
        self._field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._field.setDecimals(0 if step >= 1 else 1 if step >= 0.1 else 2)
        self._field.setRange(low, high)
        self._field.setSingleStep(step)
        self._field.setSuffix(f" {unit}" if unit else "")
        self._field.setFixedSize(64, 22)
        self._field.setStyleSheet(QUIET_FIELD)
        self._field.lineEdit().setTextMargins(4, 0, -3, 0)  # flush with the slider's end
        self._field.setKeyboardTracking(False)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setAccessibleName(name)
        self._slider.setRange(0, round((usual - low) / step))
        self._slider.setFixedHeight(16)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._label)
        head.addStretch(1)
        head.addWidget(self._field)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._slider)
        self.set_value(low)
        self._field.valueChanged.connect(self._on_field_changed)
        self._slider.valueChanged.connect(self._on_slider_moved)

    @property
    def value(self) -> float:
        return self._field.value()

    def set_value(self, value: float) -> None:
        """Shows `value`, held to the range, without a signal."""
        with QSignalBlocker(self._field), QSignalBlocker(self._slider):
            self._field.setValue(value)
            self._slider.setValue(round((value - self._low) / self._step))

    def set_explanation(self, text: str) -> None:
        """The tooltip of all its parts."""
        for part in (self._label, self._field, self._slider):
            part.setToolTip(text)

    def _on_field_changed(self, value: float) -> None:
        self.set_value(value)
        self.value_changed.emit(self.value)

    def _on_slider_moved(self, position: int) -> None:
        with QSignalBlocker(self._field):
            self._field.setValue(self._low + position * self._step)
        self.value_changed.emit(self.value)
