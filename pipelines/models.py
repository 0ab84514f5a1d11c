"""Loads a picture model into diffusers and keeps it: one at a time, with what was added to it."""

from __future__ import annotations

import gc
import inspect
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import diffusers

from pipelines import memory
from pipelines.api import Lora, PipelineError
from pipelines.cache import cache_folder
from pipelines.catalog import ModelRef, companion_config
from pipelines.devices import Device, choose_device, choose_dtype
from pipelines.hashes import file_sha256, vae_file, weights_file
from pipelines.headers import read_header
from pipelines.previews import Factors, calibrate, keep_factors, stored_factors

if TYPE_CHECKING:
    import torch

    from pipelines.how import How

Say = Callable[[str], None]


@dataclass
class LoadedModel:
    """A diffusers pipeline on its device, and what stands in it beyond its own weights."""

    ref: ModelRef
    how: How
    pipe: Any
    device: Device
    dtype: torch.dtype
    weights_hash: str
    own_scheduler: Any
    own_vae: Any
    vae_path: str = ""
    loras: tuple[Lora, ...] = ()
    lora_hashes: dict[str, str] = field(default_factory=dict)
    embeddings: tuple[str, ...] = ()
    factors: Factors | None = None

    def for_image_to_image(self) -> Any:
        """The sibling that begins from a picture; it shares every component.

        Raises PipelineError("no_image_to_image") if diffusers has none for this family.
        """
        name = self.ref.family.image_to_image
        if not name:
            raise PipelineError(
                "no_image_to_image",
                f"{self.ref.family.title} models cannot begin from a picture.",
                "Remove the start picture, or choose another model.",
            )
        sibling = getattr(diffusers, name)
        known = set(inspect.signature(sibling.__init__).parameters)
        parts = {k: v for k, v in self.pipe.components.items() if k in known}
        extra = {"requires_safety_checker": False} if "requires_safety_checker" in known else {}
        pipe = sibling(**parts, **extra)
        pipe.set_progress_bar_config(disable=True)
        return pipe


def load_model(ref: ModelRef, say: Say, how: How) -> LoadedModel:
    """Loads all of `ref`. Raises PipelineError("bad_model") if diffusers cannot."""
    if ref.missing:
        raise PipelineError("missing_parts", ref.missing, "Add that folder, then try again.")
    if ref.inpaint:
        raise PipelineError(
            "inpaint_model",
            f"“{ref.title}” fills in a masked part and cannot draw a whole picture.",
            "Choose a text-to-image model.",
        )
    device = choose_device(how.device)
    dtype = choose_dtype(device, ref.family)
    say(f"Loading {ref.title}")
    try:
        pipe = _folder(ref, ref.path, dtype) if ref.kind != "file" else _single_file(ref, dtype)
    except (OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError) as error:
        logging.getLogger(__name__).warning("cannot load %s", ref.path, exc_info=True)
        raise PipelineError(
            "bad_model",
            f"“{ref.title}” cannot be loaded: {first_line(error)}",
            "The files may be damaged or belong to another kind of model. Get them again.",
        ) from error
    pipe.set_progress_bar_config(disable=True)
    say(f"Moving {ref.title} to {device.title}")
    memory.place(pipe, device, ref.size_bytes, how.memory_share)
    say(f"Checking {ref.title}")
    weights_hash = file_sha256(weights_file(ref), cache_folder() / "hashes.json")
    return LoadedModel(ref, how, pipe, device, dtype, weights_hash, pipe.scheduler, pipe.vae)


def _folder(ref: ModelRef, path: Path, dtype: torch.dtype, **parts: Any) -> Any:
    pipeline_class = getattr(diffusers, ref.family.text_to_image)
    return pipeline_class.from_pretrained(
        str(path),
        dtype=dtype,
        variant=ref.variant or None,
        use_safetensors=True,
        local_files_only=True,
        **_without_judges(pipeline_class),
        **parts,
    )


def _single_file(ref: ModelRef, dtype: torch.dtype) -> Any:
    pipeline_class = getattr(diffusers, ref.family.text_to_image)
    if ref.companion is not None:
        return _folder(ref, ref.companion, dtype, **_denoiser(ref, ref.companion, dtype))
    config = companion_config(ref)
    if config is None:  # such a file has `missing`
        raise ValueError(f"no configuration for {ref.family.id}")
    pipe = pipeline_class.from_single_file(
        str(ref.path),
        config=str(config),
        dtype=dtype,
        local_files_only=True,
        **_without_judges(pipeline_class),
    )
    changes: dict[str, Any] = {"prediction_type": ref.prediction} if ref.prediction else {}
    if "ztsnr" in read_header(ref.path).tensors:  # trained down to nothing but noise
        changes |= {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}
    if changes:
        pipe.scheduler = type(pipe.scheduler).from_config(pipe.scheduler.config, **changes)
    return pipe


def _denoiser(ref: ModelRef, companion: Path, dtype: torch.dtype) -> dict[str, Any]:
    """The UNet or transformer of a single file, built as the companion's configuration says."""
    index = json.loads((companion / "model_index.json").read_text(encoding="utf-8"))
    name = "transformer" if "transformer" in index else "unet"
    denoiser = getattr(diffusers, index[name][1]).from_single_file(
        str(ref.path), config=str(companion), subfolder=name, dtype=dtype, local_files_only=True
    )
    return {name: denoiser}


def _without_judges(pipeline_class: Any) -> dict[str, Any]:
    """Leaves out what pictures are drawn without: a CLIP model of 1.2 GB that judges them."""
    known = inspect.signature(pipeline_class.__init__).parameters
    left_out = ("safety_checker", "feature_extractor", "image_encoder")
    parts: dict[str, Any] = {name: None for name in left_out if name in known}
    if "requires_safety_checker" in known:
        parts["requires_safety_checker"] = False
    return parts


def prepare_previews(model: LoadedModel, say: Say) -> None:
    """Fits the preview factors of the VAE in use, or takes what an earlier start fitted.

    For other kinds than AutoencoderKL they are fitted on the first picture that is drawn.
    """
    if (
        not model.how.previews
        or model.factors is not None
        or type(model.pipe.vae).__name__ != "AutoencoderKL"
    ):
        return
    cache = cache_folder()
    source = Path(model.vae_path) if model.vae_path else vae_file(model.ref)
    vae_hash = file_sha256(source, cache / "hashes.json") if source.is_file() else ""
    model.factors = stored_factors(cache / "previews.json", vae_hash)
    if model.factors is None:
        say("Preparing previews")
        model.factors = calibrate(model.pipe.vae)
        keep_factors(cache / "previews.json", vae_hash, model.factors)


def forget(model: LoadedModel) -> None:
    """Gives the memory of a model back."""
    model.pipe = model.own_vae = model.own_scheduler = None
    gc.collect()
    memory.empty_cache()


def first_line(error: BaseException) -> str:
    """The beginning of what a library said, short enough for a sentence."""
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
