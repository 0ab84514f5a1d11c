"""Which model draws, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from studio.model_facts import facts_of
from studio.panels.inpaint.state import MODEL_FREE
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.plain import words
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.model_ref import ModelRef
    from studio.panels.inpaint.state import InpaintState

_NONE = ""


class ModelPicker(QWidget):
    """Signals:
    model_chosen: another one, by its id.
    none_chosen: the surroundings are to be enough.
    """

    model_chosen = Signal(str)
    none_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[ModelRef, ...] = ()
        self._combo = QComboBox()
        self._combo.setAccessibleName(self.tr("Model"))
        self._combo.setMinimumContentsLength(8)
        self._combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._facts = ElidedLabel("", "fact")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(words(self.tr("Model"), "fact"))
        box.addWidget(self._combo)
        box.addWidget(self._facts)
        self._combo.activated.connect(self._on_combo_activated)

    def show_models(self, models: Sequence[ModelRef]) -> None:
        """Those that can change a part of a picture are offered."""
        self._models = tuple(model for model in models if model.inpaint_class)

    def show_state(self, state: InpaintState, model: ModelRef | None, *, loaded: bool) -> None:
        """`model` is the one that `state` names, None where it is not there."""
        with QSignalBlocker(self._combo):
            self._combo.clear()
            if state.mode in MODEL_FREE:
                self._combo.addItem(self.tr("None, from the surroundings"), _NONE)
            for each in self._models:
                self._combo.addItem(each.title, each.id)
                tip = Qt.ItemDataRole.ToolTipRole
                self._combo.setItemData(self._combo.count() - 1, facts_of(each), tip)
            wanted = state.model if state.uses_model else _NONE
            self._combo.setCurrentIndex(self._combo.findData(wanted))
        self._combo.setEnabled(self._combo.count() > 0)
        self._combo.setPlaceholderText(self.tr("No model yet"))
        if not state.uses_model:
            self._facts.setText(self.tr("Needs no model and is done in seconds"))
            self._facts.setToolTip("")
        elif model is None:
            self._facts.setText("")
        else:
            made = self.tr("Made for masks · ") if model.inpaint else ""
            self._facts.setText(made + facts_of(model, loaded=loaded))
            self._facts.setToolTip(plain_tip(model.licence))

    def _on_combo_activated(self) -> None:
        model_id = self._combo.currentData()
        if model_id == _NONE:
            self.none_chosen.emit()
        else:
            self.model_chosen.emit(model_id)
