"""What the panel shows while there is nothing to see: why, and the first step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.widgets.plain import button, words


class EmptyState(QWidget):
    """Signals:
    first_step_asked: the button was pressed.
    second_step_asked: the other one was.
    """

    first_step_asked = Signal()
    second_step_asked = Signal()

    def __init__(
        self, title: str, text: str, step: str, other: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = words(title, "big", wrap=True)
        self.text = words(text, "fact", wrap=True)
        self.step = button(step)
        self.step.clicked.connect(self.first_step_asked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.step)
        if other:
            second = button(other)
            second.clicked.connect(self.second_step_asked)
            row.addWidget(second)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addStretch(2)
        box.addWidget(self.title)
        box.addWidget(self.text)
        box.addSpacing(8)
        box.addLayout(row)
        box.addStretch(3)
