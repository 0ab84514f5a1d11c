"""What models are on this disk. The one module of the catalogue that others import."""

from __future__ import annotations

import difflib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.adapters import (
    EmbeddingRef,
    LoraRef,
    VaeRef,
    find_embeddings,
    find_loras,
    find_vaes,
    inspect_embedding,
    inspect_lora,
    inspect_vae,
)
from pipelines.api import PipelineError
from pipelines.assets import assets_folder
from pipelines.companions import companion_of
from pipelines.file_facts import facts_of
from pipelines.model_file import COMPANIONS, inspect_file
from pipelines.model_folder import inspect_folder
from pipelines.model_ref import Broken, Defaults, ModelRef
from pipelines.model_search import (
    CHECKPOINTS,
    EMBEDDING_FOLDERS,
    LORA_FOLDERS,
    OTHER_FOLDERS,
    VAE_FOLDERS,
    Check,
    files_and_models,
    hub_cache_folder,
    unchecked,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "Broken",
    "Defaults",
    "EmbeddingRef",
    "LoraRef",
    "ModelRef",
    "VaeRef",
    "companion_config",
    "find_embeddings",
    "find_loras",
    "find_models",
    "find_vaes",
    "hub_cache_folder",
    "inspect_embedding",
    "inspect_lora",
    "inspect_model",
    "inspect_vae",
    "resolve",
]

_NO_MODELS = LORA_FOLDERS | VAE_FOLDERS | EMBEDDING_FOLDERS | OTHER_FOLDERS


def inspect_model(path: Path) -> ModelRef:
    """What a folder in diffusers' layout or a single file is, told by configurations and headers.

    Raises PipelineError: "not_found", "unreadable", "not_a_model", "unknown_family",
    "missing_component", "truncated", "pickle" or "foreign_code", each with one clear sentence.
    """
    try:
        return inspect_file(path) if path.is_file() else inspect_folder(path)
    except OSError as error:
        raise PipelineError(
            "unreadable",
            f"{path} cannot be read: {error.strerror or error}.",
            "Check that you may read all of it.",
        ) from error


def find_models(
    folders: Iterable[Path], hub_cache: Path | None = None, check: Check = unchecked
) -> tuple[list[ModelRef], list[Broken]]:
    """The models that come with the program, then those below `folders`, then the hub's cache.

    A model that two folders lead to counts once; a name that two models have gets a number. The
    second list says what looks like a model and cannot be used. `check` is called before each.
    """
    shipped = assets_folder() / "models"
    models: list[ModelRef] = []
    broken: list[Broken] = []
    seen: set[Path] = set()
    for folder in (shipped, *folders, *([hub_cache] if hub_cache else [])):
        if not os.path.exists(folder) and folder != hub_cache:
            broken.append(
                Broken(folder, f"There is no folder {folder}.", "Was its disk unplugged?")
            )
        for path in files_and_models(folder, CHECKPOINTS, _NO_MODELS):
            check()
            if path.resolve() in seen:
                continue
            seen.add(path.resolve())
            try:
                if _is_for_something_else(path):
                    continue
                models.append(_with_free_id(inspect_model(path), models))
            except PipelineError as error:
                broken.append(Broken(path, str(error), error.hint))
    return [_with_companion(ref, models) for ref in models], broken


def resolve(name_or_path: str, models: Sequence[ModelRef]) -> ModelRef:
    """The model of this path, else of this id, else of this title; case does not matter.

    A path always wins. Raises PipelineError "model_not_found" with the nearest names, and what
    `inspect_model` raises for a path.
    """
    path = Path(name_or_path).expanduser()
    if os.path.exists(path):
        known = (each for each in models if each.path.resolve() == path.resolve())
        return next(known, None) or inspect_model(path)
    wanted = name_or_path.casefold()
    for each in models:
        if each.id.casefold() == wanted:
            return each
    titled = [each for each in models if each.title.casefold() == wanted]
    if len(titled) == 1:
        return titled[0]
    raise PipelineError(
        "model_not_found",
        f"There is no model “{name_or_path}”.",
        _nearest(wanted, [each.id for each in models]),
    )


def companion_config(ref: ModelRef) -> Path | None:
    """The folder that `from_single_file` takes as `config=`; None where the program has none."""
    name = COMPANIONS.get(ref.family.id)
    if name is None:
        return None
    return assets_folder() / "configs" / (f"{name}-inpaint" if ref.inpaint else name)


def _is_for_something_else(path: Path) -> bool:
    """A LoRA or VAE that lies among the models is not a broken model."""
    others = ("lora", "vae", "embedding", "text encoder")
    return os.path.isfile(path) and facts_of(path).kind in others


def _with_companion(ref: ModelRef, others: Sequence[ModelRef]) -> ModelRef:
    """A single file that lacks parts takes them from a whole folder of its family."""
    folder = companion_of(ref, others) if ref.missing else None
    return replace(ref, companion=folder, missing="") if folder else ref


def _with_free_id(ref: ModelRef, others: Sequence[ModelRef]) -> ModelRef:
    taken = {each.id.casefold() for each in others}
    number, free = 2, ref.id
    while free.casefold() in taken:
        number, free = number + 1, f"{ref.id}-{number}"
    return replace(ref, id=free)


def _nearest(wanted: str, names: Sequence[str]) -> str:
    by_fold = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(wanted, by_fold, n=3, cutoff=0.5)
    if not near:
        return "Give the path of a folder or a .safetensors file, or the name of a known model."
    return f"Did you mean {' or '.join(f'“{by_fold[name]}”' for name in near)}?"
