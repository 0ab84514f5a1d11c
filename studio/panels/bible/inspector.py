"""What feeds prompts from the entry that is looked at, and where it is used."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studio.document.bible.entry import LoraUse
from studio.panels.bible.references import References
from studio.panels.bible.shown import show_text
from studio.panels.bible.uses_list import UsesList
from studio.widgets.add_on_list import AddOnList
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.go_button import GoButton
from studio.widgets.inspector_pages import InspectorPages
from studio.widgets.plain import button, labelled, words
from studio.widgets.prompt_edit import PromptEdit
from studio.widgets.seed_field import SeedField

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from studio.document.bible.entry import Entry
    from studio.document.bible.uses import Use
    from studio.widgets.add_on_list import Chosen, Offered
    from studio.widgets.picture_loader import PictureLoader


class Inspector(QFrame):
    """Shows an entry and tells what the person changes in it; it holds none of its own.

    Signals:
        typed: a field of the entry is being typed: its name and value.
        edited: a field has another value, all at once.
        seed_asked: the seed is to be a picture's.
        draw_asked: the primary button was pressed.
    """

    typed = Signal(str, object)
    edited = Signal(str, object)
    seed_asked = Signal()
    draw_asked = Signal()

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._title = ElidedLabel("", "title")
        self.prompt = PromptEdit(self.tr("Prompt"))
        self.prompt.setPlaceholderText(self.tr("What a mention of it puts into a prompt"))
        self.tokens = words("", "fact")
        self.expansion = words("", "fact", wrap=True)
        self.negative = PromptEdit(self.tr("Negative prompt"))
        self.negative.setPlaceholderText(self.tr("What pictures of it must not show"))
        self.references = References(loader)
        self.seed = SeedField(self.tr("Seed"))
        self.seed_button = button(self.tr("From a picture…"), kind="flat")
        self.loras = AddOnList(self.tr("LoRA"), self.tr("Add a LoRA"), weighted=True)
        self.uses = UsesList()
        self.go = GoButton(self.tr("Draw a portrait"))
        self._pages = InspectorPages(self.tr("What an entry brings to prompts will be here."))
        self._lay_out()
        self._connect()

    # ---- showing -----------------------------------------------------------------------------

    def show_nothing(self) -> None:
        self._pages.show_hint(True)

    def show_entry(self, entry: Entry, loras: Sequence[LoraUse], offered: Offered) -> None:
        """`loras` are the entry's as they lie on this machine, `offered` their titles by path."""
        self._title.setText(entry.name)
        show_text(self.prompt, entry.prompt)
        show_text(self.negative, entry.negative)
        self.references.show_pictures(entry.references, entry.portrait)
        if self.seed.seed != entry.seed:
            self.seed.set_seed(entry.seed)
        self.loras.show_choice(offered, tuple((lora.path, lora.weight) for lora in loras))
        self._pages.show_hint(False)

    def show_expansion(self, text: str) -> None:
        self.expansion.setText(text)
        self.expansion.setVisible(bool(text))

    def show_tokens(self, count: int, limit: int) -> None:
        """How long the prompt is for the model; nothing without a `limit`."""
        text = self.tr("{count} of {limit} tokens").format(count=count, limit=limit)
        self.tokens.setText(text if limit and count else "")

    def show_uses(self, uses: Sequence[Use], reachable: Collection[str]) -> None:
        self.uses.show_uses(uses, reachable)

    def set_read_only(self, on: bool) -> None:
        self.prompt.setReadOnly(on)
        self.negative.setReadOnly(on)
        self.references.set_read_only(on)
        for part in (self.seed, self.seed_button, self.loras):
            part.setEnabled(not on)

    def set_shortcut(self, keys: str, tip: str) -> None:
        """What the button says of its key."""
        self.go.set_shortcut_text(keys)
        self.go.setToolTip(tip)

    def _lay_out(self) -> None:
        column = self._pages.column
        column.setSpacing(14)
        column.addWidget(self._title)
        prompt = QVBoxLayout()
        prompt.setSpacing(6)
        prompt.addLayout(_head(self.tr("Prompt"), self.tokens))
        prompt.addWidget(self.prompt)
        prompt.addWidget(self.expansion)
        column.addLayout(prompt)
        column.addWidget(labelled(self.tr("Negative prompt"), self.negative))
        column.addWidget(labelled(self.tr("Pictures"), self.references))
        seed = QVBoxLayout()
        seed.setSpacing(6)
        seed.addLayout(_head(self.tr("Seed"), self.seed_button))
        seed.addWidget(self.seed)
        column.addLayout(seed)
        column.addWidget(labelled(self.tr("LoRA"), self.loras))
        column.addWidget(labelled(self.tr("Used in"), self.uses))
        column.addStretch(1)
        self._pages.foot.addWidget(self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)

    def _connect(self) -> None:
        self.prompt.edited.connect(partial(self.typed.emit, "prompt"))
        self.negative.edited.connect(partial(self.typed.emit, "negative"))
        self.references.edited.connect(partial(self.edited.emit, "references"))
        self.references.portrait_chosen.connect(partial(self.edited.emit, "portrait"))
        self.seed.seed_changed.connect(partial(self.edited.emit, "seed"))
        self.seed_button.clicked.connect(self.seed_asked)
        self.loras.chosen_changed.connect(self._on_loras_chosen_changed)
        self.go.clicked.connect(self.draw_asked)

    # ---- slots -------------------------------------------------------------------------------

    def _on_loras_chosen_changed(self, chosen: Chosen) -> None:
        self.typed.emit("loras", tuple(LoraUse(path, weight) for path, weight in chosen))


def _head(name: str, at_right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(words(name, "fact"))
    row.addStretch(1)
    row.addWidget(at_right)
    return row
