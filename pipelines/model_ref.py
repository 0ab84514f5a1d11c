"""What is known about a model on this disk without loading it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipelines.api import PipelineError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipelines.families import Family

Prediction = Literal["", "epsilon", "v_prediction"]


@dataclass(frozen=True, slots=True)
class Defaults:
    """How a model wants to be asked. Pixels; `scheduler` is an A1111 name, "" the model's own."""

    width: int
    height: int
    steps: int
    guidance: float
    scheduler: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRef:
    """A picture model on this disk.

    `id` is unique in the catalogue; `path` is the folder or the `.safetensors` file. `kind` says
    where it lies: a folder in diffusers' layout, a single file, or a folder of the Hugging Face
    cache. `labels` are words that it is known to draw well. `shapes` are the widths and heights
    in pixels to offer, by aspect. `tokens` is the longest prompt. `inpaint` models expect a mask
    and cannot draw without one. `variant` is the `variant=` its folder has to be opened with, as
    "fp16", or "". `prediction` is what a file says the model predicts where that differs from its
    family's published configuration, else "". `missing` is a sentence that names what has to be
    added before the model can run, or ""; `companion` is the folder that a single file takes its
    other parts from, where the program brings none. `zero_snr` models were trained down to nothing
    but noise, which not every scheduler can do.
    """

    id: str
    path: Path
    family: Family
    defaults: Defaults
    title: str
    size_bytes: int
    licence: str
    kind: Literal["folder", "file", "hub"]
    description: str = ""
    labels: tuple[str, ...] = ()
    shapes: Mapping[str, tuple[int, int]] = field(hash=False)
    tokens: int
    inpaint: bool = False
    variant: str = ""
    prediction: Prediction = ""
    missing: str = ""
    companion: Path | None = None
    zero_snr: bool = False

    @property
    def native_side(self) -> int:
        """Pixels a side of a square with as many as the model likes to draw."""
        return math.isqrt(self.defaults.width * self.defaults.height)

    @property
    def inpaint_class(self) -> str:
        """The class of diffusers that changes a masked part with this model, "" for none."""
        return self.family.fill if self.inpaint else self.family.inpaint

    def check_inpaints(self) -> None:
        """Raises PipelineError("no_inpaint") if there is no `inpaint_class`."""
        if not self.inpaint_class:
            raise PipelineError(
                "no_inpaint",
                f"{self.family.title} models cannot change a part of a picture.",
                "Choose another model, or Remove, which needs none.",
            )


@dataclass(frozen=True, slots=True)
class Broken:
    """A model that cannot be used: what is wrong and what to do next."""

    path: Path
    message: str
    hint: str
