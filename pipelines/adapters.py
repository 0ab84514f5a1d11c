"""What can be added to a model: LoRAs, VAEs and embeddings on this disk, read from headers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pipelines.api import PipelineError
from pipelines.file_facts import facts_of
from pipelines.model_search import (
    EMBEDDING_FOLDERS,
    LORA_FOLDERS,
    MODEL_FOLDERS,
    OTHER_FOLDERS,
    SAFETENSORS,
    VAE_FOLDERS,
    Check,
    files_and_models,
    unchecked,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pipelines.families import Family

_NAMELESS = {"diffusion_pytorch_model", "pytorch_lora_weights", "adapter_model", "learned_embeds"}
"""What diffusers and peft call every file: then the folder has the name."""


@dataclass(frozen=True, slots=True)
class LoraRef:
    """A low-rank adapter. `family` is None where the file does not tell.

    `trigger_words` are what the trainer named, else the tags that all its pictures had.
    """

    id: str
    path: Path
    family: Family | None
    title: str
    trigger_words: tuple[str, ...]
    size_bytes: int


@dataclass(frozen=True, slots=True)
class VaeRef:
    """A VAE. It fits models whose latents have as many channels: 4 SD and SDXL, 16 SD 3, FLUX."""

    id: str
    path: Path
    latent_channels: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class EmbeddingRef:
    """A textual inversion; prompts name it by `id`."""

    id: str
    path: Path
    family: Family
    size_bytes: int


def inspect_lora(path: Path) -> LoraRef:
    """Raises PipelineError: those of `read_header`, "not_a_lora"."""
    facts = facts_of(path)
    if facts.kind != "lora":
        raise PipelineError(
            "not_a_lora", f"{path.name} is not a LoRA.", "Choose a LoRA's .safetensors file."
        )
    return LoraRef(
        id=name_of(path),
        path=path,
        family=facts.family,
        title=name_of(path),
        trigger_words=facts.trigger_words,
        size_bytes=facts.size,
    )


def inspect_vae(path: Path) -> VaeRef:
    """A file, or a folder with its configuration, whose `path` is then the folder.

    Raises PipelineError: those of `read_header`, "not_a_vae".
    """
    if path.is_dir():
        path = path / "diffusion_pytorch_model.safetensors"
    facts = facts_of(path)
    if facts.kind != "vae":
        raise PipelineError(
            "not_a_vae", f"{path.name} is not a VAE.", "Choose a VAE's .safetensors file."
        )
    described = path.stem in _NAMELESS and (path.parent / "config.json").is_file()
    place = path.parent if described else path
    return VaeRef(name_of(path), place, facts.latent_channels, facts.size)


def inspect_embedding(path: Path) -> EmbeddingRef:
    """Raises PipelineError: those of `read_header`, "not_an_embedding"."""
    facts = facts_of(path)
    if facts.kind != "embedding" or facts.family is None:
        raise PipelineError(
            "not_an_embedding",
            f"{path.name} is not an embedding of a known family.",
            "Choose an embedding's .safetensors file for SD 1.5, SD 2.1 or SDXL.",
        )
    return EmbeddingRef(name_of(path), path, facts.family, facts.size)


def find_loras(folders: Iterable[Path], check: Check = unchecked) -> list[LoraRef]:
    """The LoRAs below `folders`; what is broken or something else is left out.

    `check` is called before each file, here and in the other searches; what it raises ends them.
    """
    return _find(folders, check, inspect_lora, MODEL_FOLDERS | VAE_FOLDERS | EMBEDDING_FOLDERS)


def find_vaes(folders: Iterable[Path], check: Check = unchecked) -> list[VaeRef]:
    """The VAEs below `folders`; what is broken or something else is left out."""
    return _find(folders, check, inspect_vae, MODEL_FOLDERS | LORA_FOLDERS | EMBEDDING_FOLDERS)


def find_embeddings(folders: Iterable[Path], check: Check = unchecked) -> list[EmbeddingRef]:
    """The embeddings below `folders`; what is broken or something else is left out."""
    return _find(folders, check, inspect_embedding, MODEL_FOLDERS | VAE_FOLDERS | LORA_FOLDERS)


_Ref = TypeVar("_Ref")


def _find(
    folders: Iterable[Path], check: Check, inspect: Callable[[Path], _Ref], skip: frozenset[str]
) -> list[_Ref]:
    found: dict[Path, _Ref] = {}
    for folder in folders:
        for path in files_and_models(folder, SAFETENSORS, skip | OTHER_FOLDERS):
            check()
            real = path.resolve()
            if real in found or not os.path.isfile(path):
                continue
            try:
                found[real] = inspect(path)
            except (PipelineError, OSError):
                continue
    return list(found.values())


def name_of(path: Path) -> str:
    """What people call an adapter's file, and for an embedding its word in a prompt."""
    if path.is_dir():
        return path.name
    return path.absolute().parent.name if path.stem in _NAMELESS else path.stem
