"""A layer of the canvas and the state of a whole canvas, as values."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize

from studio.canvas.plane import Plane
from studio.canvas.tiling import COLOUR, GREY
from studio.document.canvas.canvas_record import Blend

MASK_ID = "mask"
"""The id of the one mask of a canvas."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Pixels and how they are shown. `plane` is changed in place by strokes, all else is a value.

    The plane's origin lies at `x`, `y` on the canvas, in pixels. `opacity` is 0 to 1. `extras`
    holds members of its document that this version does not know.
    """

    id: str
    name: str
    plane: Plane
    x: int = 0
    y: int = 0
    visible: bool = True
    opacity: float = 1.0
    blend: Blend = Blend.NORMAL
    locked: bool = False
    extras: dict[str, Any] = field(default_factory=dict)

    @property
    def offset(self) -> QPoint:
        return QPoint(self.x, self.y)

    @property
    def bounds(self) -> QRect:
        """What it covers of the canvas's plane, in whole tiles."""
        return self.plane.bounds.translated(self.offset)


@dataclass(frozen=True, slots=True)
class CanvasState:
    """Everything that is undone and stored: size in pixels, layers bottom to top, the mask.

    `mask` is a layer whose plane is grey: 0 keeps a pixel, 255 changes it.
    """

    width: int
    height: int
    layers: tuple[Layer, ...] = ()
    mask: Layer = field(default_factory=lambda: empty_mask())

    @property
    def size(self) -> QSize:
        return QSize(self.width, self.height)

    @property
    def rect(self) -> QRect:
        return QRect(0, 0, self.width, self.height)

    @property
    def planes(self) -> tuple[Plane, ...]:
        return (*(layer.plane for layer in self.layers), self.mask.plane)

    def layer(self, layer_id: str) -> Layer:
        """KeyError where there is none. `MASK_ID` is the mask."""
        for layer in (*self.layers, self.mask):
            if layer.id == layer_id:
                return layer
        raise KeyError(layer_id)

    def with_layer(self, layer: Layer) -> CanvasState:
        """The layer with the same id replaced. KeyError where there is none."""
        self.layer(layer.id)
        if layer.id == self.mask.id:
            return replace(self, mask=layer)
        layers = tuple(layer if each.id == layer.id else each for each in self.layers)
        return replace(self, layers=layers)


def empty_mask() -> Layer:
    return Layer(MASK_ID, "Mask", Plane(GREY))


def new_layer(name: str, plane: Plane | None = None, x: int = 0, y: int = 0) -> Layer:
    """A layer with an id of its own, empty without `plane`."""
    return Layer(secrets.token_hex(6), name, plane or Plane(COLOUR), x, y)
