"""What the panel shows before the first picture: what to do, and words that work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studio.widgets.chip import Chip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.glyph import Glyph
from studio.widgets.plain import button, chain_focus, line, surface, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_CARD = (300, 172)
_CHIPS_WIDTH = 480


class EmptyState(QWidget):
    """Signals:
    word_chosen: one of the model's words was clicked.
    folder_asked: the person wants to add a folder of models.
    """

    word_chosen = Signal(str)
    folder_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = words("", "fact", wrap=True)
        self._chips = QWidget(self)
        self._chips.setMaximumWidth(_CHIPS_WIDTH)
        self._flow = FlowLayout(self._chips, 8)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addStretch(1)
        box.addWidget(words(self.tr("What do you want to see?"), "big"))
        box.addWidget(self._sentence)
        box.addSpacing(6)
        box.addWidget(self._chips)
        box.addSpacing(22)
        box.addWidget(line())
        box.addSpacing(22)
        box.addWidget(words(self.tr("Or begin here"), "strong"))
        box.addSpacing(4)
        cards = QHBoxLayout()
        cards.addWidget(self._models_card())
        cards.addStretch(1)
        box.addLayout(cards)
        box.addStretch(1)

    def show_model(self, description: str, labels: Sequence[str], keys: str) -> None:
        """Says what the model draws; `labels` are words to begin with, `keys` starts it."""
        first = self.tr("Type a few words and press {keys}.").format(keys=keys)
        self._sentence.setText(f"{first} {description}".strip())
        while item := self._flow.takeAt(0):
            if chip := item.widget():
                chip.deleteLater()
        chips = []
        for label in labels:
            chip = Chip(label, self._chips)
            chip.setToolTip(self.tr("Put this into the prompt"))
            chip.clicked.connect(self._on_chip_clicked)
            self._flow.addWidget(chip)
            chips.append(chip)
        chain_focus(self._chips, chips)
        self._chips.setVisible(bool(labels))

    def _models_card(self) -> QFrame:
        card = surface("card")
        card.setFixedSize(*_CARD)
        choose = button(self.tr("Choose a folder"))
        choose.clicked.connect(self.folder_asked)
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        box.addWidget(Glyph("folder-open", "accent_text", 24))
        box.addWidget(words(self.tr("Add my models"), "strong"))
        box.addWidget(
            words(
                self.tr(
                    "Folders of ComfyUI, A1111 or Hugging Face are used where they are. "
                    "Nothing is moved or copied."
                ),
                "fact",
                wrap=True,
            )
        )
        box.addStretch(1)
        box.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _on_chip_clicked(self) -> None:
        chip = self.sender()
        assert isinstance(chip, Chip)
        self.word_chosen.emit(chip.text())
