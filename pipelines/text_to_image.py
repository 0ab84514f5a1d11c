"""Words to pictures, with any model that the catalogue knows. Light until it loads."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PIL import Image, ImageOps

from pipelines import codec, model_slot
from pipelines.api import (
    JobContext,
    Picture,
    PipelineError,
    TextToImageRequest,
    TextToImageResult,
)
from pipelines.limits import check_text_to_image, snapped
from pipelines.metadata.encoding import on_white
from pipelines.pictures import LAID_ON_WHITE, DigitalSource, open_rgb, save_picture
from pipelines.portable import portable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.drawing import Drawing, Drawn
    from pipelines.model_ref import ModelRef


class TextToImage(model_slot.DrawsWithModel):
    """Makes whole pictures of words, and of a picture to begin from."""

    id: ClassVar[str] = "text-to-image"

    def load(self, request: TextToImageRequest, say: Callable[[str], None]) -> None:
        """Brings in the libraries, the model and what the request adds to it.

        Raises PipelineError when the request is impossible or a file is not what it should be.
        """
        check_text_to_image(request)
        ref = model_slot.model_of(request)
        if ref.inpaint:
            raise PipelineError(
                "inpaint_model",
                f"“{ref.title}” fills in a masked part and cannot draw a whole picture.",
                "Choose a text-to-image model.",
            )
        self._model = self._slot.load(ref, request, say)

    def run(self, request: TextToImageRequest, ctx: JobContext) -> TextToImageResult:
        """Draws the pictures. `load` came before with the same request."""
        from pipelines.drawing import Drawing, Start, usable_strength

        model = self._loaded()
        began = time.monotonic()
        request, note = snapped(_sized(request, model.ref), model.ref.family.multiple)
        start, notes = Start(model.pipe), [note] if note else []
        if request.init_image:
            image, changes = _opened(Path(request.init_image), (request.width, request.height))
            notes = [*changes, *notes]
            strength = usable_strength(request.strength, request.steps)
            start = Start(model.for_image_to_image(), {"image": image, "strength": strength})
        drawing: Drawing[Picture] = Drawing(model, request, ctx, start, notes)
        pictures = drawing.run(lambda image, drawn: _keep(drawing, request, ctx, image, drawn))
        return TextToImageResult(
            tuple(pictures),
            model.device.title,
            str(model.dtype).removeprefix("torch."),
            tuple(drawing.notes),
            time.monotonic() - began,
            model.device.memory_bytes(),
        )


def _sized(request: TextToImageRequest, ref: ModelRef) -> TextToImageRequest:
    """The request with the model's own size where it names none."""
    return replace(
        request,
        width=request.width or ref.defaults.width,
        height=request.height or ref.defaults.height,
    )


def _opened(path: Path, size: tuple[int, int]) -> tuple[Image.Image, tuple[str, ...]]:
    """The start picture in `size`, and what had to be changed."""
    image, notes = open_rgb(path)
    if image.mode == "RGBA":  # what lies under transparent parts is nobody's wish
        image, notes = on_white(image), (*notes, LAID_ON_WHITE)
    if image.size != size:  # the middle of it, so that nothing is stretched
        image = ImageOps.fit(image, size, Image.Resampling.LANCZOS)
    return image, notes


def _keep(
    drawing: Drawing[Any],
    request: TextToImageRequest,
    ctx: JobContext,
    image: Image.Image,
    drawn: Drawn,
) -> Picture:
    """Saves a picture with all that it was made of, and hands it out."""
    recipe = replace(
        drawing.recipe(image, drawn),
        request=portable(codec.to_json(request)),
        strength=request.strength if request.init_image else None,
    )
    path = ctx.folder / f"{drawn.index:04d}.png"
    save_picture(image, path, recipe, DigitalSource.GENERATED)
    picture = Picture(str(path), drawn.index, drawn.seed, drawn.words, image.width, image.height)
    ctx.produced(picture)
    return picture
