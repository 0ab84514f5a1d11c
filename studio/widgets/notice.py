"""A line that tells something and may offer one thing to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from studio.widgets.glyph import Glyph
from studio.widgets.plain import button, icon_button, words

if TYPE_CHECKING:
    from collections.abc import Callable


class Notice(QFrame):
    """Hidden until there is something to tell; the newest replaces the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._act: Callable[[], None] | None = None
        self._words = words("", wrap=True)
        self._offer = button("")
        self._close = icon_button("x", self.tr("Close this message"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(Glyph("info"))
        row.addWidget(self._words, 1)
        row.addWidget(self._offer)
        row.addWidget(self._close)
        self._offer.clicked.connect(self._on_offer_clicked)
        self._close.clicked.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def tell(self, text: str, offer: str = "", act: Callable[[], None] | None = None) -> None:
        """Shows `text`, and a button `offer` that does `act`. An empty text hides the line."""
        self._act = act
        self._words.setText(text)
        self.setAccessibleName(text)
        self._offer.setText(offer)
        self._offer.setAccessibleName(offer)
        self._offer.setVisible(bool(offer))
        self.setVisible(bool(text))

    def _on_offer_clicked(self) -> None:
        act = self._act
        self.hide()
        if act:
            act()
