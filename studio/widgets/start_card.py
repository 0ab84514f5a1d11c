"""A card of an empty state: one way to begin, what it costs, and the button for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studio.widgets.glyph import Glyph
from studio.widgets.plain import button, icon_button, words

_WIDTH, _LEAST_WIDTH, _LEAST_HEIGHT = 300, 120, 172


class StartCard(QFrame):
    """Signals:
    pressed: the person wants to begin so.
    declined: the person wants this card no more.
    """

    pressed = Signal()
    declined = Signal()

    def __init__(
        self,
        symbol: str,
        title: str,
        text: str,
        step: str,
        decline: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """With `decline`, which says what it does, a cross in its corner takes the card away."""
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setMaximumWidth(_WIDTH)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._text = words(text, "fact", wrap=True)
        begin = button(step)
        begin.setAccessibleDescription(title)
        begin.clicked.connect(self.pressed)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(Glyph(symbol, "accent_text", 24))
        top.addStretch(1)
        if decline:
            cross = icon_button("x", decline)
            cross.clicked.connect(self.declined)
            top.addWidget(cross)
        box.addLayout(top)
        box.addWidget(words(title, "strong", wrap=True))
        box.addWidget(self._text)
        box.addStretch(1)
        box.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeft)

    def set_text(self, text: str) -> None:
        """What it is and what it costs."""
        self._text.setText(text)
