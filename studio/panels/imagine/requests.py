"""Turns the panel's state into the request of one batch."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from pipelines.api import TextToImageRequest
from pipelines.limits import MAX_SEED

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef
    from studio.panels.imagine.state import ImagineState


def new_seed() -> int:
    """A seed nobody chose, 0 to 2**32 - 1."""
    return secrets.randbelow(MAX_SEED + 1)


def request_for(state: ImagineState, model: ModelRef, wildcards: str = "") -> TextToImageRequest:
    """The batch that `state` asks of `model`; without a seed a new one is drawn.

    What the family does not know is left out, whatever the state still remembers.
    """
    family = model.family
    starts = bool(state.init_image and family.image_to_image)
    return TextToImageRequest(
        model=str(model.path),
        companion=str(model.companion or ""),
        prompt=state.prompt.strip(),
        negative_prompt=state.negative_prompt.strip() if family.negative else "",
        width=state.width,
        height=state.height,
        steps=state.steps,
        guidance=state.guidance,
        scheduler=state.scheduler,
        seed=new_seed() if state.seed is None else state.seed,
        count=state.count,
        batch_size=min(state.batch_size, state.count),
        init_image=state.init_image if starts else "",
        strength=state.strength,
        loras=state.loras if family.loras else (),
        embeddings=state.embeddings if family.embeddings else (),
        vae=state.vae,
        clip_skip=state.clip_skip if family.clip_skip else 0,
        wildcards=wildcards,
    )
