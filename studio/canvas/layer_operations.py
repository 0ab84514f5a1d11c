"""What is done to layers: add, remove, duplicate, rename, reorder, merge, show, blend."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from studio.canvas.composite import MODES
from studio.canvas.edits import StateEdit
from studio.canvas.layer import MASK_ID, Layer
from studio.canvas.plane import Plane
from studio.canvas.tiling import COLOUR, indices, tile_rect
from studio.document.canvas.canvas_record import MOST_LAYERS, Blend
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas, Work

OPACITY = QT_TRANSLATE_NOOP("Edits", "Layer opacity")
"""The name of the one edit that comes many times while a slider is dragged."""


def add(canvas: Canvas, layer: Layer) -> None:
    """Puts a layer above the current one and makes it the current one."""
    state = canvas.state
    if len(state.layers) >= MOST_LAYERS:
        canvas.refused.emit(canvas.tr("There are too many layers. Merge some first."))
        return
    if canvas.busy or not canvas.has_room(layer.plane.nbytes):
        return
    place = position(canvas, canvas.current.id) + 1 or len(state.layers)
    layers = (*state.layers[:place], layer, *state.layers[place:])
    canvas.change(QT_TRANSLATE_NOOP("Edits", "Add layer"), replace(state, layers=layers))
    canvas.choose(layer.id)


def remove(canvas: Canvas, layer_id: str) -> None:
    """Takes a layer away; the last one and a locked one stay."""
    state = canvas.state
    layer = state.layer(layer_id)
    if layer.locked:
        canvas.refused.emit(canvas.tr("“{name}” is locked.").format(name=layer.name))
        return
    layers = tuple(each for each in state.layers if each.id != layer_id)
    if not layers:
        canvas.refused.emit(canvas.tr("A canvas keeps one layer at least."))
        return
    below = max(0, position(canvas, layer_id) - 1)
    canvas.change(QT_TRANSLATE_NOOP("Edits", "Delete layer"), replace(state, layers=layers))
    canvas.choose(layers[below].id)


def duplicate(canvas: Canvas, layer_id: str) -> None:
    """An unlocked copy above the layer; the pixels are shared until one of the two changes."""
    layer = canvas.state.layer(layer_id)
    name = canvas.tr("{name} copy").format(name=layer.name)
    canvas.choose(layer_id)
    twin = replace(
        layer, id=secrets.token_hex(6), name=name, plane=layer.plane.copy(), locked=False
    )
    add(canvas, twin)


def rename(canvas: Canvas, layer_id: str, name: str) -> None:
    """An empty name changes nothing."""
    if name.strip():
        layer = canvas.state.layer(layer_id)
        canvas.change_layer(QT_TRANSLATE_NOOP("Edits", "Rename layer"), layer, name=name.strip())


def move(canvas: Canvas, layer_id: str, place: int) -> None:
    """Puts a layer at this position, counted from the bottom."""
    state = canvas.state
    others = [each for each in state.layers if each.id != layer_id]
    others.insert(max(0, min(place, len(others))), state.layer(layer_id))
    name = QT_TRANSLATE_NOOP("Edits", "Reorder layers")
    canvas.change(name, replace(state, layers=tuple(others)))


def set_visible(canvas: Canvas, layer_id: str, visible: bool) -> None:
    """Shows or hides a layer, or the mask's overlay."""
    name = QT_TRANSLATE_NOOP("Edits", "Show layer")
    canvas.change_layer(name, canvas.state.layer(layer_id), visible=visible)


def set_opacity(canvas: Canvas, layer_id: str, opacity: float) -> None:
    """`opacity` is 0 to 1."""
    canvas.change_layer(OPACITY, canvas.state.layer(layer_id), opacity=opacity)


def set_blend(canvas: Canvas, layer_id: str, blend: Blend) -> None:
    """How the layer meets what lies below it."""
    name = QT_TRANSLATE_NOOP("Edits", "Layer blending")
    canvas.change_layer(name, canvas.state.layer(layer_id), blend=blend)


def set_locked(canvas: Canvas, layer_id: str, locked: bool) -> None:
    """A locked layer is neither painted on, nor moved, nor deleted."""
    name = QT_TRANSLATE_NOOP("Edits", "Lock layer")
    canvas.change_layer(name, canvas.state.layer(layer_id), locked=locked)


def merge_down(canvas: Canvas, layer_id: str) -> Work:
    """Blends a layer into the one below it, which keeps its name and becomes opaque and normal.

    Does nothing, after saying why, where it is the lowest or one of the two is locked.
    """
    state = canvas.state
    place = position(canvas, layer_id)
    if place < 1:
        canvas.refused.emit(canvas.tr("There is no layer below this one."))
        return None
    upper, lower = state.layers[place], state.layers[place - 1]
    if locked := next((layer for layer in (lower, upper) if layer.locked), None):
        words = canvas.tr("“{name}” is locked. Unlock it to merge.")
        canvas.refused.emit(words.format(name=locked.name))
        return None
    plane = Plane(COLOUR)
    for index in list(indices(lower.bounds.united(upper.bounds))):
        tile = plane.blank()
        painter = QPainter(tile)
        for layer, blend in ((lower, Blend.NORMAL), (upper, upper.blend)):
            if layer.visible:
                painter.setOpacity(layer.opacity)
                painter.setCompositionMode(MODES[blend])
                painter.drawImage(
                    0, 0, layer.plane.read(tile_rect(index).translated(-layer.offset))
                )
        painter.end()
        if tile != plane.blank():
            plane.put(index, tile)
        yield
    merged = replace(lower, plane=plane, x=0, y=0, opacity=1.0, visible=True)
    layers = (*state.layers[: place - 1], merged, *state.layers[place + 1 :])
    edit = StateEdit(QT_TRANSLATE_NOOP("Edits", "Merge down"), state, replace(state, layers=layers))
    edit.redo(canvas)
    canvas.choose(merged.id)
    return edit


def position(canvas: Canvas, layer_id: str) -> int:
    """Counted from the bottom; -1 for the mask and for what is not there."""
    ids = [layer.id for layer in canvas.state.layers if layer.id != MASK_ID]
    return ids.index(layer_id) if layer_id in ids else -1
