"""What lies under "More": how the model is led, and how far its work reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pipelines.edit_requests import InpaintRequest
from pipelines.inpaint.modes import Treatment, treatment_of
from pipelines.limits import MAX_EDGE, MAX_SIDE, MAX_STEPS
from studio.widgets.knob import Knob
from studio.widgets.plain import labelled
from studio.widgets.seed_field import SeedField
from studio.widgets.segments import Segments

if TYPE_CHECKING:
    from studio.panels.inpaint.requests import EditRequest
    from studio.panels.inpaint.state import InpaintState


class MoreSettings(QWidget):
    """Signals:
    edited: the person changed these fields of the state (a dict by name).
    """

    edited = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masked, self._whole = self.tr("Around the mask"), self.tr("Whole picture")
        self._region = Segments(self.tr("What the model sees"))
        self._region.set_options((self._masked, self._whole))
        self._steps = Knob(self.tr("Steps"), 1, 50, MAX_STEPS)
        self._guidance = Knob(self.tr("Guidance"), 0, 12, 50, 0.1)
        self._seed = SeedField(self.tr("Seed"))
        self._own = QCheckBox(self.tr("Sizes as the mask suggests"))
        self._own.setToolTip(self.tr("Padding, grow, blur and feather follow the painted area"))
        self._context = Knob(self.tr("Padding"), 0, 512, MAX_SIDE)
        self._context.set_explanation(self.tr("Pixels around the mask that are looked at"))
        self._edges = {
            "grow": Knob(self.tr("Grow"), 0, 64, MAX_EDGE),
            "blur": Knob(self.tr("Blur"), 0, 64, MAX_EDGE),
            "feather": Knob(self.tr("Feather"), 0, 64, MAX_EDGE),
        }
        self._edges["grow"].set_explanation(
            self.tr("Pixels beyond the mask that the model may work on; they do not show")
        )
        self._edges["blur"].set_explanation(self.tr("Pixels over which its freedom ends"))
        self._edges["feather"].set_explanation(
            self.tr("Pixels inside the mask's edge over which the result fades in")
        )
        self._soften = Knob(self.tr("Soften outward"), 0, 64, MAX_EDGE)
        self._soften.set_explanation(
            self.tr("Pixels outside the mask over which the result fades out; 0 leaves them alone")
        )
        self._graded = QCheckBox(self.tr("Grey parts of the mask change less"))
        self._graded.setToolTip(self.tr("Differential diffusion"))
        self._seen = labelled(self.tr("What the model sees"), self._region)
        self._with_model = (self._seen, self._steps, self._guidance, self._graded)
        self._lay_out()
        self._connect()

    def show_state(self, state: InpaintState, request: EditRequest, longer_side: int) -> None:
        """`request` is what would be asked for a masked area of that many pixels a side."""
        uses = state.uses_model
        for part in self._with_model:
            part.setVisible(uses)
        self._region.choose(self._whole if state.region == "whole" else self._masked)
        self._steps.set_value(state.steps)
        self._guidance.set_value(state.guidance)
        self._seed.set_seed(state.seed)
        self._soften.set_value(state.soften)
        sizes = (state.context, state.grow, state.blur, state.feather)
        follows = all(size is None for size in sizes)
        with QSignalBlocker(self._own), QSignalBlocker(self._graded):
            self._own.setChecked(follows)
            self._graded.setChecked(state.differential)
        self._context.setVisible(not follows and state.region != "whole")
        self._context.set_value(longer_side // 2 if state.context is None else state.context)
        treatment: Treatment | None = None
        if isinstance(request, InpaintRequest):
            treatment = treatment_of(request, longer_side)
        for field, knob in self._edges.items():
            knob.setVisible(not follows and uses)
            if treatment is not None:
                knob.set_value(getattr(treatment, field))

    def summary(self, state: InpaintState) -> str:
        """Names what is inside, in one line."""
        if not state.uses_model:
            return self.tr("Padding, seed, soften outward")
        return self.tr("Padding, grow, blur, steps, guidance, seed, whole picture or mask only")

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(12)
        box.addWidget(self._seen)
        box.addWidget(self._steps)
        box.addWidget(self._guidance)
        box.addWidget(labelled(self.tr("Seed"), self._seed))
        box.addWidget(self._own)
        box.addWidget(self._context)
        for knob in self._edges.values():
            box.addWidget(knob)
        box.addWidget(self._soften)
        box.addWidget(self._graded)

    def _connect(self) -> None:
        self._region.chosen.connect(self._on_region_chosen)
        self._steps.value_changed.connect(self._on_steps_changed)
        self._guidance.value_changed.connect(self._on_guidance_changed)
        self._seed.seed_changed.connect(self._on_seed_changed)
        self._own.toggled.connect(self._on_own_toggled)
        self._context.value_changed.connect(self._on_context_changed)
        self._edges["grow"].value_changed.connect(self._on_grow_changed)
        self._edges["blur"].value_changed.connect(self._on_blur_changed)
        self._edges["feather"].value_changed.connect(self._on_feather_changed)
        self._soften.value_changed.connect(self._on_soften_changed)
        self._graded.toggled.connect(self._on_graded_toggled)

    # ---- slots -------------------------------------------------------------------------------

    def _on_region_chosen(self, word: str) -> None:
        self.edited.emit({"region": "whole" if word == self._whole else "masked"})

    def _on_steps_changed(self, value: float) -> None:
        self.edited.emit({"steps": round(value)})

    def _on_guidance_changed(self, value: float) -> None:
        self.edited.emit({"guidance": round(value, 1)})

    def _on_seed_changed(self, seed: int | None) -> None:
        self.edited.emit({"seed": seed})

    def _on_own_toggled(self, on: bool) -> None:
        if on:
            self.edited.emit({"context": None, "grow": None, "blur": None, "feather": None})
        else:
            self.edited.emit({"context": round(self._context.value)})

    def _on_context_changed(self, value: float) -> None:
        self.edited.emit({"context": round(value)})

    def _on_grow_changed(self, value: float) -> None:
        self.edited.emit({"grow": round(value)})

    def _on_blur_changed(self, value: float) -> None:
        self.edited.emit({"blur": round(value)})

    def _on_feather_changed(self, value: float) -> None:
        self.edited.emit({"feather": round(value)})

    def _on_soften_changed(self, value: float) -> None:
        self.edited.emit({"soften": round(value)})

    def _on_graded_toggled(self, on: bool) -> None:
        self.edited.emit({"differential": on})
