"""The part of a picture that is drawn anew: how the model gets it, and how it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from pipelines.drawing import Start, usable_strength
from pipelines.inpaint.colour_match import colour_matched
from pipelines.inpaint.latent_mask import LatentMask
from pipelines.inpaint.masks import compositing_mask, denoising_mask
from pipelines.inpaint.modes import treatment_of
from pipelines.inpaint.prefill import prefilled
from pipelines.inpaint.region import plan_region, whole_region
from pipelines.inpaint.stitching import Place

if TYPE_CHECKING:
    from pipelines.edit_requests import InpaintRequest
    from pipelines.inpaint.arrays import Colours, Floats, Grey
    from pipelines.inpaint.canvas import Canvas
    from pipelines.model_ref import ModelRef
    from pipelines.models import LoadedModel

_PREFILL_SEED = 0  # the same for all candidates: each can be made again by its own seed


class Scene:
    """One request on its canvas, for the model `ref`. Its effort does not depend on the canvas.

    `region` is the part that is drawn, `treatment` the numbers it is drawn with.
    """

    def __init__(self, canvas: Canvas, request: InpaintRequest, ref: ModelRef) -> None:
        self.request = request
        left, top, right, bottom = canvas.painted
        self.treatment = treatment_of(request, max(right - left, bottom - top))
        side, multiple = ref.native_side, ref.family.multiple
        if request.region == "whole":
            self.region = whole_region(canvas.size, side, multiple)
        else:
            self.region = plan_region(canvas.painted, canvas.size, side, multiple, request.context)
        self.place = Place(self.region.box, request)
        self.profile: bytes | None = canvas.picture.info.get("icc_profile")
        self._picture, painted = canvas.crop(self.region.box)
        self._alpha = compositing_mask(painted, self.treatment.feather, request.soften)
        self._free = denoising_mask(
            painted,
            max(self.treatment.grow, request.soften),
            self.treatment.blur,
            graded=request.differential,
        )
        self._painted = painted

    def start(self, model: LoadedModel) -> tuple[Start, tuple[str, ...]]:
        """What the drawing begins from, and notes.

        Raises PipelineError("no_inpaint") if diffusers has no pipeline for the model.
        """
        pipe = model.for_inpaint()
        notes: tuple[str, ...] = ()
        after_step = None
        if not model.ref.inpaint:
            after_step = LatentMask(pipe, differential=self.request.differential).after_step
        elif self.request.differential:
            title = model.ref.title
            notes = (f"“{title}” was trained for masks: its pixels all join in from the start.",)
        arguments = {
            "image": Image.fromarray(self._prefilled()),
            "mask_image": Image.fromarray(_to_bytes(self._sized(self._free) * 255)),
            "strength": usable_strength(self.treatment.strength, self.request.steps),
        }
        return Start(pipe, arguments, after_step), notes

    def _prefilled(self) -> Colours:
        hole = self._sized((self._painted > 0).astype(np.float32)) > 0
        return prefilled(self._sized(self._picture), hole, self.treatment.prefill, _PREFILL_SEED)

    def stitched(self, drawn: Image.Image) -> tuple[Colours, Grey]:
        """What was drawn at the picture's own size, (h, w, 3), and what of it shows, (h, w)."""
        height, width = self._alpha.shape
        pixels: Colours = np.asarray(drawn.convert("RGB"))
        if self.request.colour_match:
            pixels = colour_matched(pixels, self._sized(self._picture), self._sized(self._free))
        image = Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS)
        return np.asarray(image), self._alpha

    def _sized(self, values: Floats) -> Floats:
        """Values of the region at the size that is drawn."""
        size = (self.region.width, self.region.height)
        shrinks = size[0] * size[1] < values.shape[0] * values.shape[1]
        method = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        return cv2.resize(values, size, interpolation=method)


def _to_bytes(values: Floats) -> Grey:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
