"""Draws a part of a picture anew, with any model that diffusers can inpaint with."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from pipelines import codec, model_slot
from pipelines.api import JobContext, TextToImageRequest
from pipelines.edit_requests import EditResult, InpaintRequest, Patch
from pipelines.limits import check_inpaint
from pipelines.pictures import DigitalSource
from pipelines.portable import portable
from pipelines.versions import DRAWING, FILLING, library_versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from pipelines.drawing import Drawing, Drawn
    from pipelines.inpaint.canvas import Canvas
    from pipelines.inpaint.scene import Scene


class Inpaint(model_slot.DrawsWithModel):
    """Makes candidates for what a mask covers of a picture, of words."""

    id: ClassVar[str] = "inpaint"

    def load(self, request: InpaintRequest, say: Callable[[str], None]) -> None:
        """Brings in the libraries, the model and what the request adds to it.

        Raises PipelineError when the request is impossible, the model cannot inpaint or a file is
        not what it should be.
        """
        check_inpaint(request)
        ref = model_slot.model_of(request)
        ref.check_inpaints()
        self._model = self._slot.load(ref, request, say)

    def run(self, request: InpaintRequest, ctx: JobContext) -> EditResult:
        """Draws the candidates. `load` came before with the same request.

        Raises PipelineError as `open_canvas` and `Drawing.run` do.
        """
        from pipelines.inpaint.canvas import open_canvas

        began = time.monotonic()
        canvas = open_canvas(request)
        result = self.draw(request, canvas, ctx)
        return replace(result, seconds=time.monotonic() - began)

    def draw(self, request: InpaintRequest, canvas: Canvas, ctx: JobContext) -> EditResult:
        """Draws the candidates on an opened canvas: the effort does not depend on its size."""
        from pipelines.drawing import Drawing
        from pipelines.inpaint.scene import Scene

        model = self._loaded()
        began = time.monotonic()
        ctx.check()
        scene = Scene(canvas, request, model.ref)
        ctx.check()
        start, notes = scene.start(model)
        drawing: Drawing[Patch] = Drawing(
            model, _drawn_request(request, scene), ctx, start, (*canvas.notes, *notes)
        )
        patches = drawing.run(lambda image, drawn: _keep(drawing, scene, ctx, image, drawn))
        return EditResult(
            tuple(patches),
            scene.place.on_canvas,
            request.margins,
            model.device.title,
            str(model.dtype).removeprefix("torch."),
            tuple(drawing.notes),
            time.monotonic() - began,
            model.device.memory_bytes(),
        )


def _drawn_request(request: InpaintRequest, scene: Scene) -> TextToImageRequest:
    """What is drawn: the region, as a picture of its own. One at a time, as the VAE's share of
    chance in what a picture begins from would otherwise depend on its neighbours."""
    return TextToImageRequest(
        model=request.model,
        prompt=request.prompt,
        negative_prompt=request.negative_prompt,
        width=scene.region.width,
        height=scene.region.height,
        steps=request.steps,
        guidance=request.guidance,
        scheduler=request.scheduler,
        seed=request.seed,
        count=request.count,
        loras=request.loras,
        vae=request.vae,
        clip_skip=request.clip_skip,
        wildcards=request.wildcards,
    )


def _keep(
    drawing: Drawing[Patch], scene: Scene, ctx: JobContext, image: Image.Image, drawn: Drawn
) -> Patch:
    from pipelines.inpaint.stitching import keep_patch

    recipe = replace(
        drawing.recipe(image, drawn),
        request=portable(codec.to_json(scene.request)),
        strength=scene.treatment.strength,
        versions=library_versions((*DRAWING, *FILLING)),
    )
    pixels, alpha = scene.stitched(image)
    return keep_patch(
        pixels, alpha, scene.place, drawn.index, recipe, DigitalSource.COMPOSITE, scene.profile, ctx
    )
