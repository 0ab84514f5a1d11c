"""What the panel begins with: a model that can do it, and an intent that needs no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.panels.inpaint.state import InpaintState, is_small, with_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.model_ref import ModelRef


def starting_state(state: InpaintState, models: Sequence[ModelRef]) -> InpaintState:
    """`state` with a model, if it has none yet: one made for masks before any other.

    Where only small ones are there, it begins with Remove, which needs none.
    """
    usable = [model for model in models if model.inpaint_class and not model.missing]
    if state.model or not usable:
        return state
    best = min(usable, key=lambda model: (not model.inpaint, is_small(model)))
    begun = replace(with_model(state, best), without_model=True)
    return replace(begun, mode="remove") if is_small(best) else begun
