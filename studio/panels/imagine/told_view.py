"""What the model is told in place of the mentions: a quiet line that opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from studio import theme
from studio.icons import icon
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.growing_text import GrowingText
from studio.widgets.plain import button, words
from studio.widgets.utf16 import utf16_length

if TYPE_CHECKING:
    from studio.document.bible.expansion import Expansion

_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """A seed that the prompt's entries bring, and the name of the entry; it is not taken yet."""

    seed: int
    name: str


class ToldView(QWidget):
    """Hidden where nothing is mentioned.

    Signals:
        toggled: the person opened or closed it.
        seed_asked: this seed is to be drawn with.
    """

    toggled = Signal(bool)
    seed_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: Offer | None = None
        self.toggle = button(self.tr("What the model is told"), "caret-right", "flat")
        self.toggle.setCheckable(True)
        self.toggle.setStyleSheet("text-align: left; padding-left: 0;")
        self.line = ElidedLabel("", "fact")
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.seed = button("", "dice-five", "flat")
        self.seed.setStyleSheet("text-align: right; padding-right: 0;")
        self.text = GrowingText(self.tr("What the model is told"), 1, _MOST_LINES)
        self.text.setReadOnly(True)
        self.text.setProperty("kind", "quiet")
        self.loras = words("", "fact", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.toggle)
        head.addWidget(self.line, 1)
        head.addWidget(self.seed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self.text)
        box.addWidget(self.loras)
        self.toggle.clicked.connect(self.toggled)
        self.seed.clicked.connect(self._on_seed_clicked)
        theme.current().changed.connect(self._tint)
        self._tinted: list[tuple[int, int]] = []
        self.hide()

    def show_told(
        self, expansion: Expansion, loras: str, offer: Offer | None, is_open: bool
    ) -> None:
        """Shows both prompts, with the words of entries tinted, and what comes with them."""
        parts = [expansion.prompt]
        spans = [(origin.start, origin.end) for origin in expansion.prompt_origins]
        if expansion.negative.strip():
            before, _, after = self.tr("Not: {words}").partition("{words}")
            skipped = len(expansion.prompt) + 1 + len(before)
            parts.append(f"{before}{expansion.negative}{after}")
            spans += [(o.start + skipped, o.end + skipped) for o in expansion.negative_origins]
        text = "\n".join(parts)
        self._tinted = [
            (utf16_length(text[:start]), utf16_length(text[:end])) for start, end in spans
        ]
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self._tint()
        self.line.setText("" if is_open else expansion.prompt)
        self.loras.setText(loras)
        self._show_offer(offer)
        self._show_open(is_open)

    def _show_offer(self, offer: Offer | None) -> None:
        self._offer = offer
        self.seed.setVisible(offer is not None)
        if offer is not None:
            said = self.tr("Use {name}'s seed").format(name=offer.name)
            self.seed.setText(f" {said}")
            self.seed.setAccessibleName(said)

    def _show_open(self, on: bool) -> None:
        self.toggle.setChecked(on)
        self.toggle.setIcon(icon("caret-down" if on else "caret-right", "muted"))
        self.text.setVisible(on)
        self.loras.setVisible(on and bool(self.loras.text()))

    def _tint(self) -> None:
        look = QTextCharFormat()
        look.setForeground(theme.colour("accent_text"))
        selections = []
        for start, end in self._tinted:
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = cursor, look
            selections.append(selection)
        self.text.setExtraSelections(selections)

    def _on_seed_clicked(self) -> None:
        assert self._offer is not None
        self.seed_asked.emit(self._offer.seed)
