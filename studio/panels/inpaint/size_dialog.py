"""Asks for a size in pixels."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from studio.document.canvas.canvas_record import LARGEST_SIDE
from studio.widgets.plain import button, indent, words

_WIDE = 340
_MARGIN = 20


class SizeDialog(QDialog):
    """Deletes itself when it is closed.

    Signals:
        answered: the QSize; never the one it began with.
    """

    answered = Signal(QSize)

    def __init__(self, parent: QWidget, title: str, verb: str, size: QSize, note: str) -> None:
        """`verb` is the button's, `note` says what becomes of the picture."""
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDE)
        self._start = size
        self.width_field = _side(self.tr("Width"), size.width())
        self.height_field = _side(self.tr("Height"), size.height())
        self.proportional = QCheckBox(self.tr("Keep the proportions"))
        self.proportional.setChecked(True)
        self.yes = button(verb, kind="primary")
        self.yes.setDefault(True)
        no = button(self.tr("Cancel"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for row, (name, field) in enumerate(
            ((self.tr("Width"), self.width_field), (self.tr("Height"), self.height_field))
        ):
            grid.addWidget(words(name, "fact"), row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.setSpacing(8)
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(no)
        row_of_buttons.addWidget(self.yes)
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        box.setSpacing(12)
        box.addLayout(grid)
        box.addWidget(self.proportional)
        box.addWidget(words(note, "fact", wrap=True))
        box.addLayout(row_of_buttons)
        self.width_field.valueChanged.connect(self._on_width_changed)
        self.height_field.valueChanged.connect(self._on_height_changed)
        no.clicked.connect(self.reject)
        self.yes.clicked.connect(self._on_yes_clicked)

    def _on_width_changed(self, width: int) -> None:
        if self.proportional.isChecked():
            with QSignalBlocker(self.height_field):
                height = round(width * self._start.height() / self._start.width())
                self.height_field.setValue(height)

    def _on_height_changed(self, height: int) -> None:
        if self.proportional.isChecked():
            with QSignalBlocker(self.width_field):
                width = round(height * self._start.width() / self._start.height())
                self.width_field.setValue(width)

    def _on_yes_clicked(self) -> None:
        self.accept()
        size = QSize(self.width_field.value(), self.height_field.value())
        if size != self._start:
            self.answered.emit(size)


def _side(name: str, pixels: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(1, LARGEST_SIDE)
    field.setValue(pixels)
    field.setSuffix(" px")
    field.setAccessibleName(name)
    indent(field)
    return field
