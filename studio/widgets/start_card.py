"""A card of an empty state: one way to begin, what it costs, and the button for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.widgets.glyph import Glyph
from studio.widgets.plain import button, words

_WIDTH, _LEAST_HEIGHT = 300, 172


class StartCard(QFrame):
    """Signals:
    pressed: the person wants to begin so.
    """

    pressed = Signal()

    def __init__(
        self, symbol: str, title: str, text: str, step: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setFixedWidth(_WIDTH)
        self.setMinimumHeight(_LEAST_HEIGHT)
        begin = button(step)
        begin.clicked.connect(self.pressed)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        box.addWidget(Glyph(symbol, "accent_text", 24))
        box.addWidget(words(title, "strong"))
        box.addWidget(words(text, "fact", wrap=True))
        box.addStretch(1)
        box.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeft)
