"""How large a picture becomes. Light: the window and the command line ask it as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.pictures import MAX_PIXELS

if TYPE_CHECKING:
    from pipelines.enhance_requests import EnlargeRequest

MAX_SCALE = 16.0
"""Times that a side may become as long."""


def check_size(request: EnlargeRequest) -> None:
    """Raises PipelineError `bad_size`."""
    if bool(request.width) != bool(request.height) or min(request.width, request.height) < 0:
        raise PipelineError(
            "bad_size", "Only one side of the size was given.", "Give width and height, or a scale."
        )
    if not 0 < request.scale <= MAX_SCALE:
        raise PipelineError(
            "bad_size",
            f"A picture cannot be enlarged {request.scale:g} times.",
            f"Use a scale up to {MAX_SCALE:g}.",
        )


def final_size(size: tuple[int, int], request: EnlargeRequest) -> tuple[int, int]:
    """The size in pixels that a picture of `size` gets. Raises PipelineError `too_large`."""
    width, height = (round(side * request.scale) for side in size)
    if request.width and request.height:
        width, height = request.width, request.height
    width, height = max(1, width), max(1, height)
    if width * height > MAX_PIXELS:
        raise PipelineError(
            "too_large",
            f"It would become too large: {width:,} × {height:,} pixels.",
            f"Enlarge it less: {MAX_PIXELS // 1_000_000} million pixels at most.",
        )
    return width, height
