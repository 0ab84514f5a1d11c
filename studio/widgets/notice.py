"""A line that tells something and may offer things to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from studio.widgets.glyph import Glyph
from studio.widgets.plain import icon_button, words
from studio.widgets.way_buttons import WayButtons

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.widgets.way_buttons import Way


class Notice(QFrame):
    """Hidden until there is something to tell; the newest replaces the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._words = words("", wrap=True)
        self._ways = WayButtons()
        self._close = icon_button("x", self.tr("Close this message"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(Glyph("info"))
        row.addWidget(self._words, 1)
        row.addWidget(self._ways)
        row.addWidget(self._close)
        self._ways.taken.connect(self.hide)
        self._close.clicked.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def tell(self, text: str, offer: str = "", act: Callable[[], object] | None = None) -> None:
        """Shows `text`, and a button `offer` that does `act`. An empty text hides the line."""
        self.offer(text, *([(offer, act)] if offer and act else []))

    def offer(self, text: str, *ways: Way) -> None:
        """Shows `text` and a button for each of the ways."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self._ways.set_ways(ways)
        self.setVisible(bool(text))
