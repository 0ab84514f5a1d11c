"""The picture and mask of a request, opened and checked; parts of them as arrays."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from pipelines.api import PipelineError
from pipelines.inpaint.region import around_margins
from pipelines.metadata.encoding import on_white
from pipelines.pictures import LAID_ON_WHITE, MAX_PIXELS, open_rgb

if TYPE_CHECKING:
    from pipelines.edit_requests import InpaintRequest, Margins, RemoveRequest
    from pipelines.inpaint.arrays import Colours, Grey
    from pipelines.inpaint.region import Box


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture, RGB or RGBA of 8 bits and upright, with its mask and what it grows by.

    `size` is that with the margins; boxes lie on it. `painted` is the box of all that may change.
    `notes` are sentences about what had to be converted.
    """

    picture: Image.Image
    mask: Image.Image
    margins: Margins
    size: tuple[int, int]
    painted: Box
    notes: tuple[str, ...]

    def crop(self, box: Box) -> tuple[Colours, Grey]:
        """The colours (h, w, 3) and the mask (h, w) of a box, 8 bits each.

        In the margins the mask is 255 and the colours mean nothing. Only the box is touched.
        """
        left, top = box[0] - self.margins.left, box[1] - self.margins.top
        inner = (left, top, left + box[2] - box[0], top + box[3] - box[1])
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 255)
        inside = (
            max(inner[0], 0),
            max(inner[1], 0),
            min(inner[2], self.picture.width),
            min(inner[3], self.picture.height),
        )
        if inside[0] < inside[2] and inside[1] < inside[3]:
            mask.paste(self.mask.crop(inside), (inside[0] - left, inside[1] - top))
        return np.asarray(on_white(self.picture.crop(inner))), np.asarray(mask)


def open_canvas(request: InpaintRequest | RemoveRequest) -> Canvas:
    """Opens what `request` names.

    Raises PipelineError: "bad_picture" for either file, "mask_size", "empty_mask",
    "picture_too_large" where the margins make it so.
    """
    picture, notes = open_rgb(Path(request.picture))
    if picture.mode == "RGBA":
        notes = (*notes, LAID_ON_WHITE)
    mask = _mask(request.mask, picture.size)
    margins = request.margins
    width = margins.left + picture.width + margins.right
    height = margins.top + picture.height + margins.bottom
    if width * height > MAX_PIXELS:
        fits = math.isqrt(MAX_PIXELS)
        raise PipelineError(
            "picture_too_large",
            f"{width:,} × {height:,} pixels are too many for one picture.",
            f"Widen it less: {fits:,} × {fits:,} pixels still fit.",
        )
    box = mask.getbbox()
    if margins:
        painted: Box = (0, 0, width, height)
        if box is None:
            painted = around_margins(margins, width, height)
    elif box is not None:
        painted = box
    else:
        raise PipelineError(
            "empty_mask", "Nothing is painted: the mask is empty.", "Paint over what should change."
        )
    return Canvas(picture, mask, margins, (width, height), painted, notes)


def _mask(path: str, size: tuple[int, int]) -> Image.Image:
    """The mask as 8-bit grey; where it is transparent nothing is painted."""
    if not path:
        return Image.new("L", size)
    image, _ = open_rgb(Path(path))
    if image.mode == "RGBA":
        black = Image.new("RGBA", image.size, "black")
        image = Image.alpha_composite(black, image)
    if image.size != size:
        raise PipelineError(
            "mask_size",
            f"The mask has {image.width:,} × {image.height:,} pixels, "
            f"the picture {size[0]:,} × {size[1]:,}.",
            "Use a mask of the picture's size.",
        )
    return image.convert("L")
