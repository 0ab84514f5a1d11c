"""A canvas as a document of the project: size, layers, mask, and where one was looking."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from studio.document.documents import Document
from studio.document.errors import ProjectError

CANVAS_KIND = "canvas"

LARGEST_SIDE = 16_384
"""Pixels."""

MOST_LAYERS = 1000

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Blend(StrEnum):
    """How a layer meets what lies below it (W3C Compositing and Blending Level 1)."""

    NORMAL = "normal"
    MULTIPLY = "multiply"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class PatchRecord:
    """A PNG that replaces the pixels from `x`, `y` on; what a stroke changed since the picture."""

    x: int
    y: int
    asset: str


@dataclass(frozen=True, slots=True)
class PixelsRecord:
    """Pixels: the PNG `asset` at the origin ("" for none), then `patches` over it in order.

    Outside of both every pixel has the value `fill`: 0, or up to 255 in a mask.
    """

    asset: str = ""
    patches: tuple[PatchRecord, ...] = ()
    fill: int = 0


@dataclass(frozen=True, slots=True)
class LayerRecord:
    """A layer: `x` and `y` are where its pixels' origin lies on the canvas; `opacity` is 0 to 1."""

    id: str
    name: str
    pixels: PixelsRecord = PixelsRecord()
    x: int = 0
    y: int = 0
    visible: bool = True
    opacity: float = 1.0
    blend: Blend = Blend.NORMAL
    locked: bool = False
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ViewRecord:
    """Where one was looking: device pixels to a canvas pixel (0: all of it), and the middle."""

    zoom: float = 0.0
    x: float = 0.0
    y: float = 0.0
    current: str = ""


@dataclass(frozen=True, slots=True)
class CanvasRecord:
    """`layers` stand bottom to top. `profile` is the asset of an ICC profile, or "".

    `step` counts the steps that were done on the canvas: undoing the document's change says by it
    which pixels belong to it. `extras` holds members that this version does not know; they are
    kept.
    """

    id: str
    name: str
    width: int
    height: int
    layers: tuple[LayerRecord, ...] = ()
    mask: LayerRecord = LayerRecord("mask", "Mask")
    view: ViewRecord = ViewRecord()
    profile: str = ""
    step: int = 0
    extras: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its document."""
        return f"canvas/{self.id}"


def to_document(record: CanvasRecord) -> Document:
    """The document that `from_document` reads. Raises ProjectError for what cannot be kept."""
    data = dict(record.extras)
    data |= {
        "name": record.name,
        "width": record.width,
        "height": record.height,
        "layers": [_layer_to_json(layer) for layer in record.layers],
        "mask": _layer_to_json(record.mask),
        "view": {
            "zoom": record.view.zoom,
            "x": record.view.x,
            "y": record.view.y,
            "current": record.view.current,
        },
        "profile": record.profile,
        "step": record.step,
    }
    return Document.make(record.key, CANVAS_KIND, data)


def from_document(document: Document) -> CanvasRecord:
    """Raises ProjectError for a document that is no canvas."""
    data = document.data
    try:
        return _record(document.key.removeprefix("canvas/"), data)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise ProjectError(
            "bad_document",
            f"The canvas “{document.key}” is damaged.",
            "Restore a backup of the project.",
        ) from error


def _record(canvas_id: str, data: dict[str, Any]) -> CanvasRecord:
    view = _members(data.pop("view", {}))
    layers = data.pop("layers", [])
    if not isinstance(layers, list) or len(layers) > MOST_LAYERS:
        raise ValueError("layers")
    read = tuple(_layer_from_json(layer) for layer in layers)
    if len({layer.id for layer in read} | {"mask"}) != len(read) + 1:
        raise ValueError("two layers have one id")
    return CanvasRecord(
        id=canvas_id,
        name=_text(data.pop("name", "")),
        width=_whole(data.pop("width"), 1, LARGEST_SIDE),
        height=_whole(data.pop("height"), 1, LARGEST_SIDE),
        layers=read,
        mask=_layer_from_json(data.pop("mask", {"id": "mask", "name": "Mask"})),
        view=ViewRecord(
            _number(view.get("zoom", 0.0)),
            _number(view.get("x", 0.0)),
            _number(view.get("y", 0.0)),
            _text(view.get("current", "")),
        ),
        profile=_asset(data.pop("profile", "")),
        step=_whole(data.pop("step", 0), 0, 1 << 53),
        extras=data,
    )


def _layer_to_json(layer: LayerRecord) -> dict[str, Any]:
    return layer.extras | {
        "id": layer.id,
        "name": layer.name,
        "asset": layer.pixels.asset,
        "patches": [[patch.x, patch.y, patch.asset] for patch in layer.pixels.patches],
        "fill": layer.pixels.fill,
        "x": layer.x,
        "y": layer.y,
        "visible": layer.visible,
        "opacity": layer.opacity,
        "blend": layer.blend.value,
        "locked": layer.locked,
    }


def _layer_from_json(value: object) -> LayerRecord:
    data = _members(value)
    far = 1 << 20
    pixels = PixelsRecord(
        _asset(data.pop("asset", "")),
        tuple(
            PatchRecord(_whole(x, -far, far), _whole(y, -far, far), _asset(asset))
            for x, y, asset in data.pop("patches", [])
        ),
        _whole(data.pop("fill", 0), 0, 255),
    )
    return LayerRecord(
        id=_text(data.pop("id")),
        name=_text(data.pop("name", "")),
        pixels=pixels,
        x=_whole(data.pop("x", 0), -far, far),
        y=_whole(data.pop("y", 0), -far, far),
        visible=_flag(data.pop("visible", True)),
        opacity=min(1.0, max(0.0, _number(data.pop("opacity", 1.0)))),
        blend=Blend(data.pop("blend", Blend.NORMAL)),
        locked=_flag(data.pop("locked", False)),
        extras=data,
    )


def _members(value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return dict(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _whole(value: object, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(value)
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(value)
    return float(value)


def _asset(value: object) -> str:
    if value != "" and not (isinstance(value, str) and _HASH.fullmatch(value)):
        raise ValueError(value)
    return str(value)
