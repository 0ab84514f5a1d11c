"""The section "More": closed, it names what is inside; open, it shows it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.icons import icon
from studio.widgets.plain import button, words

_HEAD = """
QPushButton { text-align: left; padding: 0; font-size: 13px; font-weight: 600;
    color: palette(text); }
"""


class MoreSection(QWidget):
    """A head that opens and closes `content`.

    Signals:
        toggled: the person opened (True) or closed it.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._head = button(title, "caret-right", "flat")
        self._head.setCheckable(True)
        self._head.setStyleSheet(_HEAD)
        self._summary = words("", "fact", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._head)
        box.addWidget(self._summary)
        box.addWidget(content)
        self._head.clicked.connect(self._on_head_clicked)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        return self._head.isChecked()

    def set_summary(self, text: str) -> None:
        """Names what is inside."""
        self._summary.setText(text)
        self._head.setAccessibleDescription(text)

    def set_open(self, on: bool) -> None:
        """Opens or closes without a signal."""
        self._head.setChecked(on)
        self._head.setIcon(icon("caret-down" if on else "caret-right", "muted"))
        self._content.setVisible(on)
        self._summary.setVisible(not on)

    def _on_head_clicked(self, on: bool) -> None:
        self.set_open(on)
        self.toggled.emit(on)
