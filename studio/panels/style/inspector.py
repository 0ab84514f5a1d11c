"""The inspector: the look, how much of it, how large, many pictures, and Apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studio.panels.style.state import SCALES
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.flush_scroll import FlushScroll
from studio.widgets.go_button import GoButton
from studio.widgets.knob import Knob
from studio.widgets.plain import button, labelled, line, words
from studio.widgets.plain_tip import plain_tip
from studio.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.looks import Enlarger
    from studio.panels.style.choices import Choice
    from studio.panels.style.state import StyleState

_MARGIN = 16


class Inspector(QFrame):
    """Shows a state and tells what the person changes in it; it holds none of its own.

    Signals:
        edited: the person changed these fields of the state (a dict by name).
        folder_asked: a whole folder is to be done.
        apply_asked: the primary button was pressed.
    """

    edited = Signal(dict)
    folder_asked = Signal()
    apply_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._look = _picker(self.tr("Look"))
        self._facts = ElidedLabel("", "fact")
        self._strength = Knob(self.tr("Strength"), 0, 100, 100, unit="%")
        self._colours = QCheckBox(self.tr("Keep the colours"))
        self._colours.setAccessibleName(self._colours.text())
        self._colours.setToolTip(self.tr("Changes only how light and dark the picture is"))
        self._scale = Segments(self.tr("Enlarge"))
        self._words = {scale: f"×{scale}" if scale else self.tr("Off") for scale in SCALES}
        self._scale.set_options(list(self._words.values()))
        self._enlarger = _picker(self.tr("Network that enlarges"))
        self._size = words("", "fact", wrap=True)
        self._folder = button(self.tr("Do a whole folder"), "folder-open")
        self._naming = words("", "fact", wrap=True)
        self._verdict = words("", "fact", wrap=True)
        self._go = GoButton(self.tr("Apply"))
        self._lay_out()
        self._look.activated.connect(self._on_look_activated)
        self._strength.value_changed.connect(self._on_strength_changed)
        self._colours.toggled.connect(self._on_colours_toggled)
        self._scale.chosen.connect(self._on_scale_chosen)
        self._enlarger.activated.connect(self._on_enlarger_activated)
        self._folder.clicked.connect(self.folder_asked)
        self._go.clicked.connect(self.apply_asked)

    # ---- showing -----------------------------------------------------------------------------

    def show_networks(self, choices: Sequence[Choice], enlargers: Sequence[Enlarger]) -> None:
        """Offers these."""
        with QSignalBlocker(self._look), QSignalBlocker(self._enlarger):
            self._look.clear()
            self._look.addItem(self.tr("As it is"), "")
            for choice in choices:
                self._look.addItem(choice.name, choice.key)
                tip = f"{choice.name}\n{choice.facts}"
                self._look.setItemData(self._look.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            self._enlarger.clear()
            for each in enlargers:
                self._enlarger.addItem(each.name, each.id)
        self._look.setEnabled(bool(choices))
        self._scale.setEnabled(bool(enlargers))

    def show_state(
        self, state: StyleState, choice: Choice | None, enlarger: Enlarger | None
    ) -> None:
        with QSignalBlocker(self._look), QSignalBlocker(self._enlarger):
            self._look.setCurrentIndex(max(0, self._look.findData(state.look)))
            self._enlarger.setCurrentIndex(self._enlarger.findData(enlarger.id) if enlarger else -1)
        self._facts.setText(choice.facts if choice else self.tr("No look: only larger"))
        self._facts.setToolTip(plain_tip(choice.facts if choice else ""))
        self._strength.set_value(state.strength)
        self._strength.setEnabled(choice is not None)
        with QSignalBlocker(self._colours):
            self._colours.setChecked(state.keep_colours)
        self._colours.setEnabled(choice is not None)
        self._scale.choose(self._words[state.scale])
        self._enlarger.setVisible(bool(state.scale) and self._enlarger.count() > 1)

    def show_size(self, text: str) -> None:
        """What the enlarged picture will be, or why it is none."""
        self._size.setText(text)
        self._size.setVisible(bool(text))

    def show_naming(self, text: str, possible: bool) -> None:
        """What the pictures of a folder will be called."""
        self._naming.setText(text)
        self._folder.setEnabled(possible)

    def show_verdict(self, text: str, possible: bool) -> None:
        """A sentence above the button; it is faded where nothing can be done."""
        self._verdict.setText(text)
        self._verdict.setVisible(bool(text))
        self._go.setEnabled(possible)

    def set_shortcut(self, keys: str, tip: str) -> None:
        """What the button says of its key."""
        self._go.set_shortcut_text(keys)
        self._go.setToolTip(tip)

    def _lay_out(self) -> None:
        scroll = FlushScroll(_MARGIN, 8)
        knobs = scroll.column
        knobs.setSpacing(12)
        knobs.addWidget(labelled(self.tr("Look"), self._look, self._facts))
        knobs.addWidget(self._strength)
        knobs.addWidget(self._colours)
        knobs.addWidget(labelled(self.tr("Enlarge"), self._scale, self._enlarger, self._size))
        knobs.addWidget(line())
        row = QHBoxLayout()
        row.addWidget(self._folder)
        row.addStretch(1)
        many = QVBoxLayout()
        many.setSpacing(6)
        many.addWidget(words(self.tr("Many pictures"), "fact"))
        many.addLayout(row)
        many.addWidget(self._naming)
        knobs.addLayout(many)
        knobs.addStretch(1)
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

    # ---- slots -------------------------------------------------------------------------------

    def _on_look_activated(self) -> None:
        self.edited.emit({"look": self._look.currentData()})

    def _on_strength_changed(self, value: float) -> None:
        self.edited.emit({"strength": round(value)})

    def _on_colours_toggled(self, on: bool) -> None:
        self.edited.emit({"keep_colours": on})

    def _on_scale_chosen(self, word: str) -> None:
        scale = next(scale for scale, known in self._words.items() if known == word)
        self.edited.emit({"scale": scale})

    def _on_enlarger_activated(self) -> None:
        self.edited.emit({"enlarger": self._enlarger.currentData()})


def _picker(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
