"""What each intent sets for what a request leaves open. Light: panels show these numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.edit_requests import InpaintRequest

SOFTNESS = 4, 64
"""Least and most pixels that the size of the masked area sets for soft edges."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One intent: what the model finds below the mask, and how far it departs from it.

    The result fades in inside the mask's edge over `feather` times what the mask's size suggests:
    little where what was painted over has to go, nothing where no picture is to fade from.
    """

    prefill: str
    strength: float
    feather: float
    needs_prompt: bool


MODES = {
    "replace": Mode("blurred", 1.0, feather=0.5, needs_prompt=True),
    "remove": Mode("exemplar", 0.5, feather=0.25, needs_prompt=False),
    "add": Mode("neutral", 1.0, feather=0.5, needs_prompt=True),
    "expand": Mode("edge", 1.0, feather=0.0, needs_prompt=False),
    "refine": Mode("original", 0.35, feather=0.5, needs_prompt=False),
}


@dataclass(frozen=True, slots=True)
class Treatment:
    """The numbers of a request with nothing left open; pixels are those of the picture."""

    strength: float
    prefill: str
    grow: int
    blur: int
    feather: int


def treatment_of(request: InpaintRequest, longer_side: int) -> Treatment:
    """What `request` says, else what its mode says for a masked area of that many pixels a side."""
    mode = MODES[request.mode]
    least, most = SOFTNESS
    soft = min(max(longer_side // 16, least), most)
    return Treatment(
        mode.strength if request.strength is None else request.strength,
        request.prefill or mode.prefill,
        soft if request.grow is None else request.grow,
        soft if request.blur is None else request.blur,
        round(soft * mode.feather) if request.feather is None else request.feather,
    )
