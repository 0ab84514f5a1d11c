"""What the window asks for the canvas's files, and the answers: values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.document.canvas.canvas_record import Blend

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.pictures import DigitalSource
    from pipelines.recipe import Recipe


@dataclass(frozen=True, slots=True)
class RawPixels:
    """Rows of pixels in a file, without head or gaps.

    Four bytes a pixel (blue, green, red, alpha; not premultiplied), or one for a mask.
    """

    path: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class RawLayer:
    """A layer between the window and the child; see `canvas_record.LayerRecord`."""

    name: str
    pixels: RawPixels
    x: int = 0
    y: int = 0
    visible: bool = True
    opacity: float = 1.0
    blend: Blend = Blend.NORMAL
    locked: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenCanvas:
    """A PNG, JPEG, WebP or OpenRaster file that is to become a canvas, or part of one.

    With `smaller` a picture (not an OpenRaster file) of too many pixels is made smaller.
    """

    path: Path
    smaller: bool = False


@dataclass(frozen=True, slots=True)
class OpenedCanvas:
    """`layers` stand bottom to top; `notes` are sentences on what had to be changed.

    `profile` is the picture's ICC profile, empty without one. `attributes` are unknown ones of an
    OpenRaster file.
    """

    width: int
    height: int
    layers: tuple[RawLayer, ...]
    notes: tuple[str, ...] = ()
    profile: bytes = b""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SavePicture:
    """The canvas as it is seen, to a PNG, JPEG (lossy) or WebP by the suffix of `path`."""

    path: Path
    pixels: RawPixels
    recipe: Recipe
    source: DigitalSource
    profile: bytes = b""


@dataclass(frozen=True, slots=True)
class SaveOpenRaster:
    """All layers to an .ora file; `merged` is the canvas as it is seen. A mask has no place there.

    Of a canvas that came from such a file, `attributes` are those that were unknown.
    """

    path: Path
    layers: tuple[RawLayer, ...]
    merged: RawPixels
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenMask:
    """A picture that is to be the mask of a canvas of that size."""

    path: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class EncodePng:
    """Pixels to a PNG: for the project, or (with `path`) for the person. A mask becomes grey."""

    pixels: RawPixels
    grey: bool = False
    path: Path | None = None
