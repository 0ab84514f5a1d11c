"""What was drawn, as a patch of the picture: it touches nothing but what was painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from pipelines.edit_requests import Patch
from pipelines.pictures import save_picture

if TYPE_CHECKING:
    from pipelines.api import JobContext
    from pipelines.edit_requests import InpaintRequest, RemoveRequest
    from pipelines.inpaint.arrays import Colours, Grey
    from pipelines.inpaint.region import Box
    from pipelines.pictures import DigitalSource
    from pipelines.recipe import Recipe


PATCHES = "patches"
"""The folder of a job's patches, inside its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a patch lies: the box of the canvas that was worked on, and the canvas itself."""

    box: Box
    request: InpaintRequest | RemoveRequest

    @property
    def on_canvas(self) -> Box:
        """The box as the request speaks of it."""
        left, top = self.corner(0, 0)
        return left, top, left + self.box[2] - self.box[0], top + self.box[3] - self.box[1]

    def corner(self, left: int, top: int) -> tuple[int, int]:
        """What lies at `left`, `top` in the box, on the canvas that the request speaks of."""
        request = self.request
        return (
            self.box[0] + left - request.margins.left + request.x,
            self.box[1] + top - request.margins.top + request.y,
        )


def keep_patch(
    pixels: Colours,
    alpha: Grey,
    place: Place,
    index: int,
    recipe: Recipe,
    source: DigitalSource,
    profile: bytes | None,
    ctx: JobContext,
) -> Patch:
    """Saves `pixels` (h, w, 3) with `alpha` (h, w) as far as it reaches, and hands them out.

    `profile` is the colour profile of the picture.
    """
    whole = Image.fromarray(np.dstack([pixels, alpha]))
    box = Image.fromarray(alpha).getbbox() or (0, 0, 1, 1)
    image = whole.crop(box)
    if profile is not None:
        image.info["icc_profile"] = profile
    # Not among the finished pictures of a job: it is a part of one.
    path = ctx.folder / PATCHES / f"{index:04d}.png"
    path.parent.mkdir(exist_ok=True)
    save_picture(image, path, recipe, source)
    x, y = place.corner(box[0], box[1])
    patch = Patch(
        str(path), index, recipe.seed, recipe.prompt, x, y, *image.size, recipe, str(source)
    )
    ctx.produced(patch)
    return patch
