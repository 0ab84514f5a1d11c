"""The inspector: what to do, with which words and which model, the layers, and the button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.canvas.layers_list import LayersPane
from studio.panels.inpaint.model_picker import ModelPicker
from studio.panels.inpaint.more import MoreSettings
from studio.panels.inpaint.sides import Sides
from studio.panels.inpaint.wording import MODE_WORDS, mode_name, say
from studio.translation import QT_TRANSLATE_NOOP
from studio.widgets.flush_scroll import FlushScroll
from studio.widgets.go_button import GoButton
from studio.widgets.knob import Knob
from studio.widgets.more_section import MoreSection
from studio.widgets.plain import labelled, line, set_role, words
from studio.widgets.prompt_edit import PromptEdit
from studio.widgets.segments import Segments

if TYPE_CHECKING:
    from studio.canvas.workbench import Workbench
    from studio.panels.inpaint.state import InpaintState

_MARGIN = 16
_MOST_CANDIDATES = 24
_NEEDED = QT_TRANSLATE_NOOP("Inpaint", "What is to be seen there, for example: a brick wall")
_OPTIONAL = QT_TRANSLATE_NOOP("Inpaint", "What is to be seen there (may stay empty)")
_PROMPTED = ("replace", "add", "refine", "expand")


class Inspector(QFrame):
    """Shows a state and tells what the person changes in it; it holds none of its own.

    Signals:
        edited: the person changed these fields of the state (a dict by name).
        mode_chosen: another intent, one of `pipelines.inpaint.modes.MODES`.
        go_asked: the primary button was pressed.
    """

    edited = Signal(dict)
    mode_chosen = Signal(str)
    go_asked = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._modes = Segments(self.tr("What to do"))
        self._modes.set_options(
            [mode_name(mode) for mode in MODE_WORDS],
            [say(each.tip) for each in MODE_WORDS.values()],
            [each.icon for each in MODE_WORDS.values()],
        )
        self.prompt = PromptEdit(self.tr("Prompt"))
        self._prompt_field = labelled(self.tr("Prompt"), self.prompt)
        self.sides = Sides()
        self._sides_field = labelled(self.tr("By how much"), self.sides)
        self.models = ModelPicker()
        self._advice = words("", "accent", wrap=True)
        self._strength = Knob(self.tr("Strength"), 0, 1, 1, 0.05)
        self._strength.set_explanation(self.tr("0 keeps what is there, 1 forgets it"))
        self._count = Knob(self.tr("Candidates"), 1, 8, _MOST_CANDIDATES)
        self.more = MoreSettings()
        self._section = MoreSection(self.tr("More"), self.more)
        self.layers = LayersPane(bench)
        self._verdict = words("", "fact", wrap=True)
        self._go = GoButton("")
        self._lay_out()
        self._connect()

    def show_state(self, state: InpaintState) -> None:
        self._modes.choose(mode_name(state.mode))
        self.prompt.set_text(state.prompt)
        uses = state.uses_model
        self._prompt_field.setVisible(state.mode in _PROMPTED and uses)
        self.prompt.setPlaceholderText(_placeholder(state.mode))
        self._sides_field.setVisible(state.mode == "expand")
        self.sides.show_margins(state.margins)
        self._strength.setVisible(uses)
        self._strength.set_value(state.shown_strength)
        self._count.set_value(state.count)
        self._section.set_open(state.more_open)
        self._section.set_summary(self.more.summary(state))
        self._go.setText(mode_name(state.mode))
        self._go.setAccessibleName(mode_name(state.mode))

    def show_advice(self, text: str) -> None:
        """What the chosen model is not good at."""
        self._advice.setText(text)
        self._advice.setVisible(bool(text))

    def show_verdict(self, why_not: str, note: str = "") -> None:
        """Why the button does nothing, or what it will do."""
        self._go.setEnabled(not why_not)
        self._verdict.setText(why_not or note)
        self._verdict.setVisible(bool(why_not or note))
        set_role(self._verdict, "fact")

    def set_shortcut(self, keys: str, tip: str) -> None:
        """What the button says of its key."""
        self._go.set_shortcut_text(keys)
        self._go.setToolTip(tip)

    def _lay_out(self) -> None:
        scroll = FlushScroll(_MARGIN, 8)
        column = scroll.column
        column.setSpacing(12)
        column.addWidget(labelled(self.tr("What to do"), self._modes))
        for part in (
            self._prompt_field,
            self._sides_field,
            self.models,
            self._advice,
            self._strength,
            self._count,
            self._section,
            line(),
            self.layers,
        ):
            column.addWidget(part)
        column.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        foot.setSpacing(8)
        foot.addWidget(self._verdict)
        foot.addWidget(self._go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self._modes.chosen.connect(self._on_modes_chosen)
        self.prompt.edited.connect(self._on_prompt_edited)
        self.sides.edited.connect(self.edited)
        self._strength.value_changed.connect(self._on_strength_changed)
        self._count.value_changed.connect(self._on_count_changed)
        self._section.toggled.connect(self._on_section_toggled)
        self.more.edited.connect(self.edited)
        self._go.clicked.connect(self.go_asked)

    # ---- slots -------------------------------------------------------------------------------

    def _on_modes_chosen(self, word: str) -> None:
        self.mode_chosen.emit(next(mode for mode in MODE_WORDS if mode_name(mode) == word))

    def _on_prompt_edited(self, text: str) -> None:
        self.edited.emit({"prompt": text})

    def _on_strength_changed(self, value: float) -> None:
        self.edited.emit({"strength": round(value, 2)})

    def _on_count_changed(self, value: float) -> None:
        self.edited.emit({"count": round(value)})

    def _on_section_toggled(self, on: bool) -> None:
        self.edited.emit({"more_open": on})


def _placeholder(mode: str) -> str:
    if mode in ("expand", "refine"):
        return say(_OPTIONAL)
    return say(_NEEDED)
