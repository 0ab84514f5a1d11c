"""Words to pictures, with any model that the catalogue knows. Light until it loads."""

from __future__ import annotations

import importlib
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pipelines.api import JobContext, TextToImageRequest, TextToImageResult
from pipelines.catalog import ModelRef, inspect_model
from pipelines.how import How
from pipelines.limits import check_text_to_image, snapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.models import LoadedModel


class TextToImage:
    """Keeps the last model warm: the next request for it loads nothing."""

    id: ClassVar[str] = "text-to-image"

    def __init__(self) -> None:
        self._model: LoadedModel | None = None

    def load(self, request: TextToImageRequest, say: Callable[[str], None]) -> None:
        """Brings in the libraries, the model and what the request adds to it.

        Raises PipelineError when the request is impossible or a file is not what it should be.
        """
        check_text_to_image(request)
        ref = inspect_model(Path(request.model))
        if request.companion and ref.missing:
            ref = replace(ref, companion=Path(request.companion), missing="")
        if self._model is None:
            import_libraries(say)
        from pipelines import addons, models

        how = How.from_environment()
        if self._model is None or not self._model.fits(ref, how):
            self.unload()
            self._model = models.load_model(ref, say, how)
        self._model.how = how
        addons.use_vae(self._model, request.vae, say)
        addons.use_loras(self._model, request.loras, say)
        addons.use_embeddings(self._model, request.embeddings, say)
        models.prepare_previews(self._model, say)

    def run(self, request: TextToImageRequest, ctx: JobContext) -> TextToImageResult:
        """Draws the pictures. `load` came before with the same request."""
        from pipelines.drawing import Drawing

        model = self._model
        if model is None:
            raise RuntimeError("run() before load()")
        began = time.monotonic()
        request, note = snapped(_sized(request, model.ref), model.ref.family.multiple)
        drawing = Drawing(model, request, ctx)
        if note:
            drawing.notes.append(note)
        pictures = drawing.run()
        return TextToImageResult(
            tuple(pictures),
            model.device.title,
            str(model.dtype).removeprefix("torch."),
            tuple(drawing.notes),
            time.monotonic() - began,
            model.device.memory_bytes(),
        )

    def unload(self) -> None:
        if self._model is not None:
            from pipelines import models

            models.forget(self._model)
            self._model = None


def import_libraries(say: Callable[[str], None]) -> None:
    """One by one, each with a sign of life: together they take ten seconds and more."""
    for name, module in (
        ("torch", "torch"),
        ("transformers", "transformers.models.clip.modeling_clip"),
        ("diffusers", "diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion"),
    ):
        say(f"Importing {name}")
        importlib.import_module(module)
    from diffusers.utils import logging

    logging.disable_progress_bar()


def _sized(request: TextToImageRequest, ref: ModelRef) -> TextToImageRequest:
    """The request with the model's own size where it names none."""
    return replace(
        request,
        width=request.width or ref.defaults.width,
        height=request.height or ref.defaults.height,
    )
