"""The one picture model that is kept warm, for whichever pipeline draws next."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.catalog import inspect_model
from pipelines.how import How

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.api import TextToImageRequest
    from pipelines.edit_requests import InpaintRequest
    from pipelines.model_ref import ModelRef
    from pipelines.models import LoadedModel

    ModelRequest = TextToImageRequest | InpaintRequest


class ModelSlot:
    """Keeps the last model: the next request for it loads nothing, whatever it draws."""

    def __init__(self) -> None:
        self.model: LoadedModel | None = None

    def load(self, ref: ModelRef, request: ModelRequest, say: Callable[[str], None]) -> LoadedModel:
        """Brings in the libraries, the model `ref` and what `request` adds to it.

        Raises PipelineError when a file is not what it should be.
        """
        if self.model is None:
            import_libraries(say)
        from pipelines import addons, models

        how = How.from_environment()
        if self.model is None or not self.model.fits(ref, how):
            self.unload()
            self.model = models.load_model(ref, say, how)
        self.model.how = how
        addons.use_vae(self.model, request.vae, say)
        addons.use_loras(self.model, request.loras, say)
        addons.use_embeddings(self.model, request.embeddings, say)
        models.prepare_previews(self.model, say)
        return self.model

    def unload(self) -> None:
        if self.model is not None:
            from pipelines import models

            models.forget(self.model)
            self.model = None


SHARED = ModelSlot()
"""The one that all pipelines of a child use."""


class DrawsWithModel:
    """What pipelines share that draw with the model in `slot`, which others may use too."""

    def __init__(self, slot: ModelSlot = SHARED) -> None:
        self._slot = slot
        self._model: LoadedModel | None = None

    def unload(self) -> None:
        self._slot.unload()
        self._model = None

    def _loaded(self) -> LoadedModel:
        if self._model is None:
            raise RuntimeError("run() before load()")
        return self._model


def model_of(request: ModelRequest) -> ModelRef:
    """The model that a request names, completed as it says. Raises what `inspect_model` does."""
    ref = inspect_model(Path(request.model))
    if request.companion and ref.missing:
        return replace(ref, companion=Path(request.companion), missing="")
    return ref


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
