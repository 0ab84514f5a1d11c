"""The inspector: six knobs, "More", what it costs, and Generate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pipelines.limits import MAX_STEPS
from studio.model_facts import facts_of
from studio.panels.imagine.more import MoreSettings
from studio.panels.imagine.sizes import shape_of, size_text
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.flush_scroll import FlushScroll
from studio.widgets.go_button import GoButton
from studio.widgets.knob import Knob
from studio.widgets.more_section import MoreSection
from studio.widgets.plain import labelled, set_role, words
from studio.widgets.plain_tip import plain_tip
from studio.widgets.seed_field import SeedField
from studio.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.model_ref import ModelRef
    from studio.model_shelf import ModelShelf
    from studio.panels.imagine.state import ImagineState

_MOST_PICTURES = 100
_MARGIN = 16


class Inspector(QFrame):
    """Shows a state and tells what the person changes in it; it holds none of its own.

    Signals:
        edited: the person changed these fields of the state (a dict by name).
        noted: a sentence about what was made of it.
        model_chosen: another model was picked, by its id.
        generate_asked: the primary button was pressed.
    """

    edited = Signal(dict)
    noted = Signal(str)
    model_chosen = Signal(str)
    generate_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._model: ModelRef | None = None
        self._picker = QComboBox()
        self._picker.setAccessibleName(self.tr("Model"))
        self._picker.setMinimumContentsLength(8)
        self._picker.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._facts = ElidedLabel("", "fact")
        self._size = words("", "fact")
        self._shapes = Segments(self.tr("Shape"))
        self._only = ElidedLabel(self.tr("the only one of this model"), "fact")
        self._only.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._steps = Knob(self.tr("Steps"), 1, 50, MAX_STEPS)
        self._guidance = Knob(self.tr("Guidance"), 0, 12, 50, 0.1)
        self._seed = SeedField(self.tr("Seed"))
        self._count = Knob(self.tr("Pictures"), 1, 10, _MOST_PICTURES)
        self._more = MoreSettings()
        self._section = MoreSection(self.tr("More"), self._more)
        self._verdict = words("", "fact", wrap=True)
        self._cost = words("", "fact")
        self._go = GoButton(self.tr("Generate"))
        self._lay_out()
        self._connect()

    # ---- showing -----------------------------------------------------------------------------

    def show_models(self, models: Sequence[ModelRef], current: str) -> None:
        """Offers these models; those that cannot draw without a mask are for another panel."""
        offered = [model for model in models if not model.inpaint]
        with QSignalBlocker(self._picker):
            self._picker.clear()
            for model in offered:
                self._picker.addItem(model.title, model.id)
                tip = Qt.ItemDataRole.ToolTipRole
                text = f"{model.title}\n{facts_of(model)}"
                self._picker.setItemData(self._picker.count() - 1, text, tip)
            self._picker.setCurrentIndex(self._picker.findData(current))
        self._picker.setEnabled(bool(offered))
        self._picker.setPlaceholderText(self.tr("No model yet"))

    def show_state(self, state: ImagineState, model: ModelRef | None, models: ModelShelf) -> None:
        self._model = model
        with QSignalBlocker(self._picker):
            self._picker.setCurrentIndex(self._picker.findData(state.model))
        self._steps.set_value(state.steps)
        self._guidance.set_value(state.guidance)
        self._seed.set_seed(state.seed)
        self._count.set_value(state.count)
        self._section.set_open(state.more_open and model is not None)
        self._section.setEnabled(model is not None)
        if model is None:
            self._facts.setText("")
            return
        self._show_shape(state, model)
        self._more.show_state(state, model, models)
        self._section.set_summary(self._more.summary(model))

    def show_loaded(self, on: bool) -> None:
        """Whether the model is in memory already, so that the first picture comes at once."""
        if self._model is not None:
            self._facts.setText(facts_of(self._model, loaded=on))
            self._facts.setToolTip(plain_tip(self._model.licence))

    def show_cost(self, text: str) -> None:
        self._cost.setText(text)
        self._cost.setVisible(bool(text))

    def show_verdict(self, text: str, *, serious: bool) -> None:
        """A sentence above Generate; `serious` is why it does nothing."""
        self._verdict.setText(text)
        set_role(self._verdict, "danger" if serious else "fact")
        self._verdict.setVisible(bool(text))

    def set_shortcut(self, keys: str, tip: str) -> None:
        """What the button says of its key."""
        self._go.set_shortcut_text(keys)
        self._go.setToolTip(tip)

    def _show_shape(self, state: ImagineState, model: ModelRef) -> None:
        size = (state.width, state.height)
        shapes = dict(model.shapes)
        self._shapes.set_options(list(shapes), [size_text(each) for each in shapes.values()])
        self._shapes.choose(shape_of(size, shapes))
        self._only.setVisible(len(shapes) == 1)
        self._size.setText(size_text(size))

    def _lay_out(self) -> None:
        shape_head = QHBoxLayout()
        shape_head.addWidget(words(self.tr("Shape"), "fact"))
        shape_head.addStretch(1)
        shape_head.addWidget(self._size)
        shape_row = QHBoxLayout()
        shape_row.setSpacing(8)
        shape_row.addWidget(self._shapes)
        shape_row.addWidget(self._only, 1)
        shape = QVBoxLayout()
        shape.setSpacing(6)
        shape.addLayout(shape_head)
        shape.addLayout(shape_row)
        scroll = FlushScroll(_MARGIN, 8)
        knobs = scroll.column
        knobs.setSpacing(12)
        knobs.addWidget(labelled(self.tr("Model"), self._picker, self._facts))
        knobs.addLayout(shape)
        knobs.addWidget(self._steps)
        knobs.addWidget(self._guidance)
        knobs.addWidget(labelled(self.tr("Seed"), self._seed))
        knobs.addWidget(self._count)
        knobs.addWidget(self._section)
        knobs.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 16)
        foot.setSpacing(8)
        foot.addWidget(self._verdict)
        foot.addWidget(self._cost)
        foot.addWidget(self._go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self._picker.activated.connect(self._on_picker_activated)
        self._shapes.chosen.connect(self._on_shapes_chosen)
        self._steps.value_changed.connect(self._on_steps_changed)
        self._guidance.value_changed.connect(self._on_guidance_changed)
        self._seed.seed_changed.connect(self._on_seed_changed)
        self._count.value_changed.connect(self._on_count_changed)
        self._section.toggled.connect(self._on_section_toggled)
        self._more.edited.connect(self.edited)
        self._more.noted.connect(self.noted)
        self._go.clicked.connect(self.generate_asked)

    # ---- slots -------------------------------------------------------------------------------

    def _on_picker_activated(self) -> None:
        self.model_chosen.emit(self._picker.currentData())

    def _on_shapes_chosen(self, shape: str) -> None:
        assert self._model is not None
        width, height = self._model.shapes[shape]
        self.edited.emit({"width": width, "height": height})

    def _on_steps_changed(self, value: float) -> None:
        self.edited.emit({"steps": round(value)})

    def _on_guidance_changed(self, value: float) -> None:
        self.edited.emit({"guidance": round(value, 1)})

    def _on_seed_changed(self, seed: int | None) -> None:
        self.edited.emit({"seed": seed})

    def _on_count_changed(self, value: float) -> None:
        self.edited.emit({"count": round(value)})

    def _on_section_toggled(self, on: bool) -> None:
        self.edited.emit({"more_open": on})
