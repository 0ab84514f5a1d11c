"""What can be done with one layer, as a menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget, QWidgetAction

from studio.canvas import layer_operations
from studio.document.canvas.canvas_record import Blend
from studio.translation import QT_TRANSLATE_NOOP
from studio.widgets.inline_knob import InlineKnob

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.canvas.canvas import Canvas
    from studio.canvas.layer import Layer

_TEXT_LEFT = 34  # where the words of entries begin

BLEND_NAMES = {
    Blend.NORMAL: QT_TRANSLATE_NOOP("Blend", "Normal"),
    Blend.MULTIPLY: QT_TRANSLATE_NOOP("Blend", "Multiply"),
    Blend.SCREEN: QT_TRANSLATE_NOOP("Blend", "Screen"),
}


def blend_name(blend: Blend) -> str:
    """Translated."""
    return QCoreApplication.translate("Blend", BLEND_NAMES[blend])


class LayerMenu(QMenu):
    """`rename` begins to edit the layer's name where it stands."""

    def __init__(
        self, canvas: Canvas, layer: Layer, rename: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._canvas, self._layer = canvas, layer
        self.addAction(self.tr("Rename")).triggered.connect(rename)
        self._add(self.tr("Duplicate"), layer_operations.duplicate)
        merge = self.addAction(self.tr("Merge down"))
        merge.triggered.connect(self._on_merge_triggered)
        merge.setEnabled(layer_operations.position(canvas, layer.id) > 0)
        up = self._add(self.tr("Move up"), partial(self._shift, 1))
        up.setEnabled(layer is not canvas.state.layers[-1])
        down = self._add(self.tr("Move down"), partial(self._shift, -1))
        down.setEnabled(layer is not canvas.state.layers[0])
        self.addSeparator()
        self._add_opacity()
        self._add_blends()
        self.addSeparator()
        lock = self.addAction(self.tr("Lock"))
        lock.setCheckable(True)
        lock.setChecked(layer.locked)
        lock.toggled.connect(self._on_lock_toggled)
        self._add(self.tr("Delete"), layer_operations.remove).setEnabled(not layer.locked)

    def _add(self, text: str, operation: Callable[[Canvas, str], object]) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(partial(self._do, operation))
        return action

    def _do(self, operation: Callable[[Canvas, str], object]) -> None:
        operation(self._canvas, self._layer.id)

    def _add_opacity(self) -> None:
        knob = InlineKnob(self.tr("Opacity"), 0, 100, "%")
        knob.set_value(round(self._layer.opacity * 100))
        knob.value_changed.connect(self._on_opacity_changed)
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(_TEXT_LEFT, 4, 12, 4)
        row.addWidget(knob)
        action = QWidgetAction(self)
        action.setDefaultWidget(room)
        self.addAction(action)

    def _add_blends(self) -> None:
        group = QActionGroup(self)
        for blend in Blend:
            action = self.addAction(blend_name(blend))
            action.setCheckable(True)
            action.setChecked(blend == self._layer.blend)
            action.triggered.connect(
                partial(layer_operations.set_blend, self._canvas, self._layer.id, blend)
            )
            group.addAction(action)

    def _shift(self, way: int, canvas: Canvas, layer_id: str) -> None:
        place = layer_operations.position(canvas, layer_id)
        layer_operations.move(canvas, layer_id, place + way)

    def _on_opacity_changed(self, percent: int) -> None:
        layer_operations.set_opacity(self._canvas, self._layer.id, percent / 100)

    def _on_lock_toggled(self, locked: bool) -> None:
        layer_operations.set_locked(self._canvas, self._layer.id, locked)

    def _on_merge_triggered(self) -> None:
        self._canvas.work(layer_operations.merge_down(self._canvas, self._layer.id))
