"""A small window that asks for one line of text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.widgets.plain import button, words

_WIDE = 380
_MARGIN = 20


class Ask(QDialog):
    """Deletes itself when it is closed.

    Signals:
        answered: what was written, without the space around it; never nothing.
    """

    answered = Signal(str)

    def __init__(self, parent: QWidget, title: str, label: str, start: str, verb: str) -> None:
        """`label` says what is asked for, `start` stands there at first, `verb` is the button's."""
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDE)
        self.field = QLineEdit(start)
        self.field.setAccessibleName(label)
        self.field.selectAll()
        self.yes = button(verb, kind="primary")
        self.yes.setDefault(True)
        no = button(self.tr("Cancel"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(no)
        row.addWidget(self.yes)
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        box.setSpacing(8)
        box.addWidget(words(label, "fact"))
        box.addWidget(self.field)
        box.addSpacing(8)
        box.addLayout(row)
        no.clicked.connect(self.reject)
        self.yes.clicked.connect(self._on_yes_clicked)
        self.field.textChanged.connect(self._on_field_text_changed)
        self._on_field_text_changed(start)

    def _on_field_text_changed(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def _on_yes_clicked(self) -> None:
        self.accept()
        self.answered.emit(self.field.text().strip())
