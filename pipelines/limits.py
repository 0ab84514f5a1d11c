"""What a request may ask for, and the sentence when it asks for more."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from pipelines.api import PipelineError, TextToImageRequest
from pipelines.edit_requests import METHODS, PREFILLS, REGIONS
from pipelines.inpaint.modes import MODES

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipelines.edit_requests import InpaintRequest, RemoveRequest

MIN_SIDE, MAX_SIDE = 32, 8192  # pixels
MAX_PROMPT = 20_000  # letters
MAX_COUNT = 1000
MAX_STEPS = 1000
MAX_LORA = 4.0  # weight, of either sign
MAX_SEED = 2**32 - 1
MAX_EDGE = 1024  # pixels over which the edge of a mask may fade


def check_text_to_image(request: TextToImageRequest) -> None:
    """Raises PipelineError with a sentence if the request cannot be carried out as it stands."""
    if not request.prompt.strip():
        raise PipelineError("empty_prompt", "The prompt is empty.", "Type what you want to see.")
    for name, side in (("width", request.width), ("height", request.height)):
        if side and not MIN_SIDE <= side <= MAX_SIDE:
            raise PipelineError(
                "bad_size",
                f"A {name} of {side:,} pixels cannot be drawn.",
                f"Choose {MIN_SIDE} to {MAX_SIDE:,} pixels.",
            )
    _check_drawing(request)
    _check_range("batch size", request.batch_size, 1, 64)
    _check_range("strength", request.strength, 0.0, 1.0)


def check_inpaint(request: InpaintRequest) -> None:
    """Raises PipelineError with a sentence if the request cannot be carried out as it stands."""
    _check_choice("mode", request.mode, MODES)
    _check_choice("region", request.region, REGIONS)
    if request.prefill:
        _check_choice("prefill", request.prefill, PREFILLS)
    if MODES[request.mode].needs_prompt and not request.prompt.strip():
        raise PipelineError(
            "empty_prompt", "The prompt is empty.", "Type what you want to see there."
        )
    _check_drawing(request)
    if request.strength is not None:
        _check_range("strength", request.strength, 0.0, 1.0)
    for name, pixels in (("grow", request.grow), ("blur", request.blur)):
        if pixels is not None:
            _check_range(name, pixels, 0, MAX_EDGE)
    _check_edit(request)


def check_remove(request: RemoveRequest) -> None:
    """Raises PipelineError with a sentence if the request cannot be carried out as it stands."""
    _check_choice("method", request.method, METHODS)
    _check_range("number of pictures", request.count, 1, MAX_COUNT)
    _check_range("seed", request.seed, 0, MAX_SEED)
    _check_edit(request)


def _check_edit(request: InpaintRequest | RemoveRequest) -> None:
    if not request.mask and not request.margins:
        raise PipelineError("no_mask", "There is no mask.", "Paint over what should change.")
    if request.context is not None:
        _check_range("context", request.context, 0, MAX_SIDE)
    if request.feather is not None:
        _check_range("feather", request.feather, 0, MAX_EDGE)
    _check_range("soften", request.soften, 0, MAX_EDGE)
    for side, pixels in asdict(request.margins).items():
        _check_range(f"margin at the {side}", pixels, 0, MAX_SIDE)


def _check_drawing(request: TextToImageRequest | InpaintRequest) -> None:
    prompts = (request.prompt, request.negative_prompt)
    typed = (request.typed_prompt, request.typed_negative_prompt)
    if max(map(len, (*prompts, *typed))) > MAX_PROMPT:
        raise PipelineError(
            "long_prompt",
            f"The prompt is longer than {MAX_PROMPT:,} letters.",
            "Shorten it: models read some hundred words at most.",
        )
    _check_range("steps", request.steps, 1, MAX_STEPS)
    _check_range("guidance scale", request.guidance, 0.0, 50.0)
    _check_range("number of pictures", request.count, 1, MAX_COUNT)
    _check_range("seed", request.seed, 0, MAX_SEED)
    _check_range("clip skip", request.clip_skip, 0, 11)
    for lora in request.loras:
        _check_range("weight of a LoRA", lora.weight, -MAX_LORA, MAX_LORA)


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if not math.isfinite(value) or not low <= value <= high:
        raise PipelineError(
            "bad_value", f"The {name} cannot be {value:g}.", f"Choose {low:g} to {high:g}."
        )


def _check_choice(name: str, value: str, choices: Collection[str]) -> None:
    if value not in choices:
        raise PipelineError(
            "bad_value", f"The {name} cannot be “{value}”.", f"Choose {', '.join(choices)}."
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
