"""What inspectors are made of: a column that scrolls, a foot that stays, and a hint for nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from studio.widgets.flush_scroll import FlushScroll
from studio.widgets.plain import words

_MARGIN = 16


class InspectorPages(QStackedWidget):
    """`column` and `foot` are filled by its owner; the hint is shown until there is something."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scroll = FlushScroll(_MARGIN, 8)
        self.column = scroll.column
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        self.foot.setSpacing(8)
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(self.foot)
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(words(hint, "fact", wrap=True))
        column.addStretch(1)
        self.addWidget(page)
        self.addWidget(told)
        self.show_hint(True)

    def show_hint(self, on: bool) -> None:
        """The hint, or the column and the foot."""
        self.setCurrentIndex(1 if on else 0)
