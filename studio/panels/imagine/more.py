"""What lies under "More": only what the model's family can use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pipelines.api import Lora
from pipelines.limits import MAX_SIDE, MIN_SIDE
from pipelines.schedulers_table import scheduler_names
from studio.panels.imagine.sizes import snapped
from studio.widgets.add_on_list import AddOnList, Chosen
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.knob import Knob
from studio.widgets.plain import button, icon_button, labelled, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.model_ref import ModelRef
    from studio.model_shelf import ModelShelf
    from studio.panels.imagine.state import ImagineState

# How many channels a family's latents have: a VAE of another number cannot be used.
_LATENT_CHANNELS = {"sd1": 4, "sd2": 4, "sdxl": 4, "sd3": 16, "flux": 16, "z-image": 16}


class MoreSettings(QWidget):
    """Signals:
    edited: the person changed these fields of the state (a dict by name).
    noted: a sentence about what was made of it.
    """

    edited = Signal(dict)
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._multiple = 8
        self._scheduler = _combo(self.tr("Scheduler"))
        self._width, self._height = _side(self.tr("Width")), _side(self.tr("Height"))
        self._together = Knob(self.tr("Drawn at a time"), 1, 8, 64)
        self._together.set_explanation(self.tr("More at a time is faster and takes more memory"))
        self._start = ElidedLabel("", "fact")
        self._choose_start = button(self.tr("Choose"))
        self._drop_start = icon_button("x", self.tr("Remove the start picture"))
        self._strength = Knob(self.tr("Strength"), 0, 1, 1, 0.05)
        self._strength.set_explanation(self.tr("0 keeps the start picture as it is, 1 forgets it"))
        self._loras = AddOnList(self.tr("LoRA"), self.tr("Add a LoRA"), weighted=True)
        self._embeddings = AddOnList(
            self.tr("Embeddings"), self.tr("Add an embedding"), weighted=False
        )
        self._vae = _combo(self.tr("VAE"))
        self._clip_skip = Knob(self.tr("Clip skip"), 0, 4, 11)
        self._clip_skip.set_explanation(self.tr("Leaves out the text encoder's last layers"))
        self._fields: dict[str, QWidget] = {}
        self._lay_out()
        self._connect()

    def show_state(self, state: ImagineState, model: ModelRef, models: ModelShelf) -> None:
        """Shows `state`; what `model` cannot use is not there."""
        family = model.family
        self._multiple = family.multiple
        self._show_schedulers(state, model)
        for field, side in ((self._width, state.width), (self._height, state.height)):
            with QSignalBlocker(field):
                field.setSingleStep(family.multiple)
                field.setValue(side)
        self._together.set_value(state.batch_size)
        name = Path(state.init_image).name
        self._start.setText(name or self.tr("None: the model begins from noise"))
        self._drop_start.setVisible(bool(name))
        self._strength.set_value(state.strength)
        self._strength.setVisible(bool(name))
        chosen = tuple((lora.path, lora.weight) for lora in state.loras)
        fitting = {
            str(lora.path): lora.title
            for lora in models.loras
            if lora.family is None or lora.family.id == family.id
        }
        self._loras.show_choice(fitting, chosen)
        known = {str(e.path): e.id for e in models.embeddings if e.family.id == family.id}
        self._embeddings.show_choice(known, tuple((path, 1.0) for path in state.embeddings))
        channels = _LATENT_CHANNELS.get(family.id)
        vaes = {str(v.path): v.id for v in models.vaes if v.latent_channels == channels}
        self._show_vaes(state, vaes)
        self._clip_skip.set_value(state.clip_skip)
        shown = {
            "start": bool(family.image_to_image),
            "loras": family.loras,
            "embeddings": family.embeddings,
            "vae": bool(vaes or state.vae),
            "clip_skip": family.clip_skip,
        }
        for key, on in shown.items():
            self._fields[key].setVisible(on)

    def summary(self, model: ModelRef) -> str:
        """Names what is inside for `model`, in one line."""
        family = model.family
        parts = [self.tr("Scheduler"), self.tr("size")]
        parts += [self.tr("start picture")] if family.image_to_image else []
        parts += [self.tr("LoRA")] if family.loras else []
        parts += [self.tr("embeddings")] if family.embeddings else []
        parts += [self.tr("clip skip")] if family.clip_skip else []
        return ", ".join(parts)

    def _lay_out(self) -> None:
        sides = _row((self._width, 1), words("×", "fact"), (self._height, 1))
        start = _row((self._start, 1), self._choose_start, self._drop_start)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(14)
        box.addWidget(labelled(self.tr("Scheduler"), self._scheduler))
        box.addWidget(labelled(self.tr("Width × height, pixels"), sides))
        box.addWidget(self._together)
        self._fields = {
            "start": labelled(self.tr("Start picture"), start, self._strength),
            "loras": labelled(self.tr("LoRA"), self._loras),
            "embeddings": labelled(self.tr("Embeddings"), self._embeddings),
            "vae": labelled(self.tr("VAE"), self._vae),
            "clip_skip": self._clip_skip,
        }
        for field in self._fields.values():
            box.addWidget(field)

    def _connect(self) -> None:
        self._scheduler.activated.connect(self._on_scheduler_activated)
        self._width.valueChanged.connect(self._on_side_changed)
        self._height.valueChanged.connect(self._on_side_changed)
        self._together.value_changed.connect(self._on_together_changed)
        self._choose_start.clicked.connect(self._on_choose_clicked)
        self._drop_start.clicked.connect(self._on_drop_clicked)
        self._strength.value_changed.connect(self._on_strength_changed)
        self._loras.chosen_changed.connect(self._on_loras_changed)
        self._embeddings.chosen_changed.connect(self._on_embeddings_changed)
        self._vae.activated.connect(self._on_vae_activated)
        self._clip_skip.value_changed.connect(self._on_clip_skip_changed)

    def _show_schedulers(self, state: ImagineState, model: ModelRef) -> None:
        names = scheduler_names(flow=model.family.flow, zero_snr=model.zero_snr)
        own = model.defaults.scheduler or self.tr("The model's own")
        _fill(self._scheduler, [(own, model.defaults.scheduler), *((n, n) for n in names)])
        _pick(self._scheduler, state.scheduler)

    def _show_vaes(self, state: ImagineState, vaes: Mapping[str, str]) -> None:
        own = (self.tr("The model's own"), "")
        _fill(self._vae, [own, *((title, path) for path, title in vaes.items())])
        _pick(self._vae, state.vae)

    # ---- slots -------------------------------------------------------------------------------

    def _on_scheduler_activated(self) -> None:
        self.edited.emit({"scheduler": self._scheduler.currentData()})

    def _on_side_changed(self) -> None:
        for field in (self._width, self._height):
            side = snapped(field.value(), self._multiple)
            if side != field.value():
                with QSignalBlocker(field):
                    field.setValue(side)
                note = self.tr("Sides are multiples of {n} pixels for this model: {side}.")
                self.noted.emit(note.format(n=self._multiple, side=side))
        self.edited.emit({"width": self._width.value(), "height": self._height.value()})

    def _on_together_changed(self, value: float) -> None:
        self.edited.emit({"batch_size": round(value)})

    def _on_choose_clicked(self) -> None:
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg *.webp)")
        title, here = self.tr("Choose a start picture"), str(Path.home())
        path, _ = QFileDialog.getOpenFileName(self, title, here, kinds)
        if path:
            self.edited.emit({"init_image": path})

    def _on_drop_clicked(self) -> None:
        self.edited.emit({"init_image": ""})

    def _on_strength_changed(self, value: float) -> None:
        self.edited.emit({"strength": value})

    def _on_loras_changed(self, chosen: Chosen) -> None:
        self.edited.emit({"loras": tuple(Lora(path, weight) for path, weight in chosen)})

    def _on_embeddings_changed(self, chosen: Chosen) -> None:
        self.edited.emit({"embeddings": tuple(path for path, _ in chosen)})

    def _on_vae_activated(self) -> None:
        self.edited.emit({"vae": self._vae.currentData()})

    def _on_clip_skip_changed(self, value: float) -> None:
        self.edited.emit({"clip_skip": round(value)})


def _row(*parts: QWidget | tuple[QWidget, int]) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        widget, share = part if isinstance(part, tuple) else (part, 0)
        row.addWidget(widget, share)
    return whole


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _side(name: str) -> QSpinBox:
    made = QSpinBox()
    made.setAccessibleName(name)
    made.setRange(MIN_SIDE, MAX_SIDE)
    made.lineEdit().setTextMargins(9, 0, 0, 0)  # a style sheet's padding does not reach it
    made.setKeyboardTracking(False)
    return made


def _fill(combo: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
    if [combo.itemText(i) for i in range(combo.count())] == [text for text, _ in entries]:
        return
    with QSignalBlocker(combo):
        combo.clear()
        for text, data in entries:
            combo.addItem(text, data)


def _pick(combo: QComboBox, data: str) -> None:
    """Shows the entry of `data`; one that is not offered is added, so that nothing is lost."""
    with QSignalBlocker(combo):
        at = combo.findData(data)
        if at < 0:
            combo.addItem(Path(data).stem if "/" in data else data, data)
            at = combo.count() - 1
        combo.setCurrentIndex(at)
