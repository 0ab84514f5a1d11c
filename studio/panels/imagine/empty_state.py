"""What the panel shows before the first picture: what to do, and words that work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.widgets.chip import Chip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.flush_scroll import FlushScroll
from studio.widgets.plain import chain_focus, line, words
from studio.widgets.start_card import StartCard

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHIPS_WIDTH = 480


class EmptyState(QWidget):
    """Signals:
    word_chosen: one of the model's words was clicked.
    folder_asked: the person wants to add a folder of models.
    sample_asked: the person wants to open the sample project.
    starters_asked: the person wants the starter set.
    starters_declined: the person does not want to be asked again.
    """

    word_chosen = Signal(str)
    folder_asked = Signal()
    sample_asked = Signal()
    starters_asked = Signal()
    starters_declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = words("", "fact", wrap=True)
        self._chips = QWidget(self)
        self._chips.setMaximumWidth(_CHIPS_WIDTH)
        self._flow = FlowLayout(self._chips, 8)
        scroll = FlushScroll(0, 0)  # in a low window
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        box = scroll.column
        box.setSpacing(8)
        box.addStretch(1)
        box.addWidget(words(self.tr("What do you want to see?"), "big", wrap=True))
        box.addWidget(self._sentence)
        box.addSpacing(6)
        box.addWidget(self._chips)
        box.addSpacing(22)
        box.addWidget(line())
        box.addSpacing(22)
        box.addWidget(words(self.tr("Or begin here"), "strong"))
        box.addSpacing(4)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        self._sample = self._sample_card()
        self._sample.hide()
        self._starters = self._starters_card()
        self._starters.hide()
        for card in (self._sample, self._models_card(), self._starters):
            cards.addWidget(card, 1)
        cards.addStretch()
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

    def show_sample(self, on: bool) -> None:
        """Offers the sample project, where there is one."""
        self._sample.setVisible(on)

    def offer_starters(self, size: str) -> None:
        """Shows what the starter set adds and how large it is; "" offers it no more."""
        self._starters.setVisible(bool(size))
        text = self.tr(
            "Writing, styles, enlarging and search by meaning. About {size}, once; works offline "
            "afterwards."
        )
        self._starters.set_text(text.format(size=size))

    def _sample_card(self) -> StartCard:
        card = StartCard(
            "film-strip",
            self.tr("Open the sample project"),
            self.tr("The Lighthouse: a small story, as a copy to play with."),
            self.tr("Open"),
        )
        card.pressed.connect(self.sample_asked)
        return card

    def _models_card(self) -> StartCard:
        card = StartCard(
            "folder-open",
            self.tr("Add my models"),
            self.tr(
                "Folders of ComfyUI, A1111 or Hugging Face are used where they are. "
                "Nothing is moved or copied."
            ),
            self.tr("Choose a folder"),
        )
        card.pressed.connect(self.folder_asked)
        return card

    def _starters_card(self) -> StartCard:
        card = StartCard(
            "download-simple",
            self.tr("Fetch the starter set"),
            "",
            self.tr("Fetch"),
            self.tr("Do not offer it again; it stays under Models"),
        )
        card.pressed.connect(self.starters_asked)
        card.declined.connect(self.starters_declined)
        return card

    def _on_chip_clicked(self) -> None:
        chip = self.sender()
        assert isinstance(chip, Chip)
        self.word_chosen.emit(chip.text())
