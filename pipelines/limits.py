"""What a request may ask for, and the sentence when it asks for more."""

from __future__ import annotations

import math
from dataclasses import replace

from pipelines.api import PipelineError, TextToImageRequest

MIN_SIDE, MAX_SIDE = 32, 8192  # pixels
MAX_PROMPT = 20_000  # letters
MAX_COUNT = 1000
MAX_STEPS = 1000
MAX_LORA = 4.0  # weight, of either sign
MAX_SEED = 2**32 - 1


def check_text_to_image(request: TextToImageRequest) -> None:
    """Raises PipelineError with a sentence if the request cannot be carried out as it stands."""
    if not request.prompt.strip():
        raise PipelineError("empty_prompt", "The prompt is empty.", "Type what you want to see.")
    if max(len(request.prompt), len(request.negative_prompt)) > MAX_PROMPT:
        raise PipelineError(
            "long_prompt",
            f"The prompt is longer than {MAX_PROMPT:,} letters.",
            "Shorten it: models read some hundred words at most.",
        )
    for name, side in (("width", request.width), ("height", request.height)):
        if side and not MIN_SIDE <= side <= MAX_SIDE:
            raise PipelineError(
                "bad_size",
                f"A {name} of {side:,} pixels cannot be drawn.",
                f"Choose {MIN_SIDE} to {MAX_SIDE:,} pixels.",
            )
    for name, value, low, high in (
        ("steps", request.steps, 1, MAX_STEPS),
        ("guidance scale", request.guidance, 0.0, 50.0),
        ("number of pictures", request.count, 1, MAX_COUNT),
        ("batch size", request.batch_size, 1, 64),
        ("strength", request.strength, 0.0, 1.0),
        ("seed", request.seed, 0, MAX_SEED),
        ("clip skip", request.clip_skip, 0, 11),
        *(("weight of a LoRA", lora.weight, -MAX_LORA, MAX_LORA) for lora in request.loras),
    ):
        if not math.isfinite(value) or not low <= value <= high:
            raise PipelineError(
                "bad_value", f"The {name} cannot be {value:g}.", f"Choose {low:g} to {high:g}."
            )


def snapped(request: TextToImageRequest, multiple: int) -> tuple[TextToImageRequest, str]:
    """The request with sides that are multiples of `multiple`, and a note if that changed it."""

    def snap(side: int) -> int:
        return max(multiple, round(side / multiple) * multiple)

    width, height = snap(request.width), snap(request.height)
    if (width, height) == (request.width, request.height):
        return request, ""
    note = f"{request.width} × {request.height} was changed to {width} × {height}: "
    return replace(
        request, width=width, height=height
    ), note + f"sides are multiples of {multiple}."
