"""Buttons for what can be done about something, made anew for each thing that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.widgets.plain import button, chain_focus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QPushButton

    Way = tuple[str, Callable[[], object]]


class WayButtons(QWidget):
    """One button a way: a word, and what it does.

    Signals:
        taken: one was pressed, and is about to be done.
    """

    taken = Signal()

    def __init__(self, height: int = 0, parent: QWidget | None = None) -> None:
        """`height` in pixels where the buttons have one; 0 is the style's."""
        super().__init__(parent)
        self._height = height
        self._ways: dict[QPushButton, Callable[[], object]] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.hide()

    def set_ways(self, ways: Sequence[Way]) -> None:
        """Shows these, the likeliest first, instead of those before."""
        for made in self._ways:
            self._row.removeWidget(made)
            made.hide()
            made.deleteLater()  # it may be the one that was pressed
        self._ways = {}
        for word, do in ways:
            made = button(word)
            if self._height:
                made.setFixedHeight(self._height)
            made.clicked.connect(self._on_button_clicked)
            self._row.addWidget(made)
            self._ways[made] = do
        chain_focus(self, list(self._ways))
        self.setVisible(bool(ways))

    def _on_button_clicked(self) -> None:
        do = next((do for made, do in self._ways.items() if made is self.sender()), None)
        self.taken.emit()
        if do is not None:
            do()
