"""Loads a picture model into diffusers and keeps it: one at a time, with what was added to it."""

from __future__ import annotations

import gc
import inspect
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import diffusers
import torch

from pipelines import memory
from pipelines.api import PipelineError
from pipelines.cache import cache_folder
from pipelines.catalog import ModelRef, companion_config, inspect_model
from pipelines.devices import Device, choose_device, choose_dtype
from pipelines.hashes import sha256_of_shards, vae_files, weights_files
from pipelines.model_folder import component_weights
from pipelines.previews import Factors, calibrate, keep_factors, stored_factors
from pipelines.sources import NO_SOURCE, Source, source_of

if TYPE_CHECKING:
    from pipelines.how import How

Say = Callable[[str], None]


@dataclass
class LoadedModel:
    """A diffusers pipeline on its device, and what stands in it beyond its own weights."""

    ref: ModelRef
    sources: tuple[Source, ...]
    how: How
    pipe: Any
    device: Device
    dtype: torch.dtype
    weights_hash: str
    own_scheduler: Any
    own_vae: Any
    ladder: memory.Ladder
    vae: Source = NO_SOURCE
    lora_sources: tuple[tuple[Source, float], ...] = ()
    loras: tuple[tuple[str, float, str], ...] = ()  # name, weight, sha256
    embeddings: tuple[Source, ...] = ()
    factors: Factors | None = None

    def fits(self, ref: ModelRef, how: How) -> bool:
        """Whether it is this model, from the same files as they are now, and where it should be."""
        place = (self.how.device, self.how.memory_share) == (how.device, how.memory_share)
        return place and self.ref == ref and self.sources == sources_of(ref)

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
        return self._sibling(name)

    def for_inpaint(self) -> Any:
        """A pipeline that changes only what a mask covers; it shares every component.

        Raises PipelineError("no_inpaint") if diffusers has none for this family.
        """
        self.ref.check_inpaints()
        return self._sibling(self.ref.inpaint_class)

    def _sibling(self, name: str) -> Any:
        sibling = getattr(diffusers, name)
        known = set(inspect.signature(sibling.__init__).parameters)
        parts = {k: v for k, v in self.pipe.components.items() if k in known}
        extra = {"requires_safety_checker": False} if "requires_safety_checker" in known else {}
        pipe = sibling(**parts, **extra)
        pipe.set_progress_bar_config(disable=True)
        return pipe


def sources_of(ref: ModelRef) -> tuple[Source, ...]:
    """What `ref` is loaded from."""
    return source_of(str(ref.path)), source_of(str(ref.companion or ""))


def load_model(ref: ModelRef, say: Say, how: How) -> LoadedModel:
    """Loads all of `ref`.

    Raises PipelineError: "missing_parts", "out_of_memory", "bad_model" where diffusers cannot,
    and what `inspect_model` raises for its companion.
    """
    if ref.missing:
        raise PipelineError("missing_parts", ref.missing, "Add that folder, then try again.")
    device = choose_device(how.device)
    dtype = choose_dtype(device, ref.family)
    say(f"Loading {ref.title}")
    sources = sources_of(ref)  # before: a file that is replaced meanwhile counts as another
    try:
        pipe = _folder(ref, dtype) if ref.kind != "file" else _single_file(ref, dtype)
        _check_complete(pipe)
    except (
        OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError, MemoryError,
    ) as error:  # fmt: skip
        if memory.is_out_of_memory(error):
            raise PipelineError(
                "out_of_memory",
                f"There is not enough memory to load “{ref.title}”.",
                "End other programs, or choose a smaller model.",
            ) from error
        logging.getLogger(__name__).warning("cannot load %s", ref.path, exc_info=True)
        raise PipelineError(
            "bad_model",
            f"“{ref.title}” cannot be loaded: {first_line(error)}",
            "The files may be damaged or belong to another kind of model. Get them again.",
        ) from error
    pipe.set_progress_bar_config(disable=True)
    say(f"Moving {ref.title} to {device.title}")
    ladder = memory.Ladder(offloaded=memory.place(pipe, device, ref.size_bytes, how.memory_share))
    say(f"Checking {ref.title}")
    weights_hash = sha256_of_shards(
        weights_files(ref), cache_folder() / "hashes.json", _said(say, f"Checking {ref.title}")
    )
    return LoadedModel(
        ref, sources, how, pipe, device, dtype, weights_hash, pipe.scheduler, pipe.vae, ladder
    )


def _said(say: Say, what: str) -> Callable[[int, int], None]:
    """Says every tenth of a long read: without a sign, a cancelled load counts as stuck."""
    tenths = 0

    def report(done: int, total: int) -> None:
        nonlocal tenths
        if done * 10 // total != tenths:
            tenths = done * 10 // total
            say(f"{what}, {tenths * 10} %")

    return report


def _class_of(ref: ModelRef) -> Any:
    return getattr(diffusers, ref.inpaint_class if ref.inpaint else ref.family.text_to_image)


def _folder(ref: ModelRef, dtype: torch.dtype, **parts: Any) -> Any:
    pipeline_class = _class_of(ref)
    return pipeline_class.from_pretrained(
        str(ref.path),
        dtype=dtype,
        variant=ref.variant or None,
        use_safetensors=True,
        local_files_only=True,
        **_without_judges(pipeline_class),
        **parts,
    )


def _single_file(ref: ModelRef, dtype: torch.dtype) -> Any:
    pipeline_class = _class_of(ref)
    if ref.companion is not None:
        whole = inspect_model(ref.companion)  # it may be another one than when it was chosen
        return _folder(whole, dtype, **_denoiser(ref, whole.path, dtype))
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
    if ref.zero_snr:
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


def _check_complete(pipe: Any) -> None:
    """diffusers says only to the log what its files lack; moving the model would fail later."""
    for name, part in pipe.components.items():
        if isinstance(part, torch.nn.Module) and any(each.is_meta for each in part.parameters()):
            raise ValueError(f"the weights of its {name} are those of something else")


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
    files = vae_weights(Path(model.vae[0])) if model.vae[0] else vae_files(model.ref)
    vae_hash = sha256_of_shards(files, cache / "hashes.json")
    model.factors = stored_factors(cache / "previews.json", vae_hash)
    if model.factors is None:
        say("Preparing previews")
        model.factors = calibrate(model.pipe.vae, model.device.kind)
        model.pipe.maybe_free_model_hooks()
        keep_factors(cache / "previews.json", vae_hash, model.factors)


def vae_weights(path: Path) -> list[Path]:
    """The files of a VAE that is a file or a folder."""
    return component_weights(path)[1] if path.is_dir() else [path]


def forget(model: LoadedModel) -> None:
    """Gives the memory of a model back."""
    model.pipe = model.own_vae = model.own_scheduler = None
    gc.collect()
    memory.empty_cache()


def first_line(error: BaseException) -> str:
    """The beginning of what a library said, short enough for a sentence."""
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
