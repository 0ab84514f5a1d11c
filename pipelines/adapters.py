"""What can be added to a model: LoRAs, VAEs and embeddings on this disk, read from headers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.api import PipelineError
from pipelines.families import family
from pipelines.headers import read_header
from pipelines.lora_recognition import family_of_lora
from pipelines.model_search import (
    EMBEDDING_FOLDERS,
    LORA_FOLDERS,
    MODEL_FOLDERS,
    OTHER_FOLDERS,
    SAFETENSORS,
    VAE_FOLDERS,
    files_and_models,
)
from pipelines.recognition import kind_of_tensors, latent_channels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from pipelines.families import Family
    from pipelines.headers import Header

_MAX_TRIGGERS = 8

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
    header = read_header(path)
    if kind_of_tensors(header.tensors) != "lora":
        raise PipelineError(
            "not_a_lora", f"{path.name} is not a LoRA.", "Choose a LoRA's .safetensors file."
        )
    return LoraRef(
        id=_name(path),
        path=path,
        family=family_of_lora(header.tensors, header.metadata),
        title=_name(path),
        trigger_words=_trigger_words(header.metadata),
        size_bytes=header.size,
    )


def inspect_vae(path: Path) -> VaeRef:
    """A file, or a folder with its configuration, whose `path` is then the folder.

    Raises PipelineError: those of `read_header`, "not_a_vae".
    """
    if path.is_dir():
        path = path / "diffusion_pytorch_model.safetensors"
    header = read_header(path)
    if kind_of_tensors(header.tensors) != "vae":
        raise PipelineError(
            "not_a_vae", f"{path.name} is not a VAE.", "Choose a VAE's .safetensors file."
        )
    described = path.stem in _NAMELESS and (path.parent / "config.json").is_file()
    place = path.parent if described else path
    return VaeRef(_name(path), place, latent_channels(header.tensors), header.size)


def inspect_embedding(path: Path) -> EmbeddingRef:
    """Raises PipelineError: those of `read_header`, "not_an_embedding"."""
    header = read_header(path)
    found = _family_of_embedding(header)
    if kind_of_tensors(header.tensors) != "embedding" or found is None:
        raise PipelineError(
            "not_an_embedding",
            f"{path.name} is not an embedding of a known family.",
            "Choose an embedding's .safetensors file for SD 1.5, SD 2.1 or SDXL.",
        )
    return EmbeddingRef(_name(path), path, found, header.size)


def find_loras(folders: Iterable[Path]) -> list[LoraRef]:
    """The LoRAs below `folders`; what is broken or something else is left out."""
    return _find(folders, inspect_lora, MODEL_FOLDERS | VAE_FOLDERS | EMBEDDING_FOLDERS)


def find_vaes(folders: Iterable[Path]) -> list[VaeRef]:
    """The VAEs below `folders`; what is broken or something else is left out."""
    return _find(folders, inspect_vae, MODEL_FOLDERS | LORA_FOLDERS | EMBEDDING_FOLDERS)


def find_embeddings(folders: Iterable[Path]) -> list[EmbeddingRef]:
    """The embeddings below `folders`; what is broken or something else is left out."""
    return _find(folders, inspect_embedding, MODEL_FOLDERS | VAE_FOLDERS | LORA_FOLDERS)


_Ref = TypeVar("_Ref")


def _find(
    folders: Iterable[Path], inspect: Callable[[Path], _Ref], skip: frozenset[str]
) -> list[_Ref]:
    found: dict[Path, _Ref] = {}
    for folder in folders:
        for path in files_and_models(folder, SAFETENSORS, skip | OTHER_FOLDERS):
            real = path.resolve()
            if real in found or not path.is_file():
                continue
            try:
                found[real] = inspect(path)
            except PipelineError:
                continue
    return list(found.values())


def _name(path: Path) -> str:
    return path.absolute().parent.name if path.stem in _NAMELESS else path.stem


def _family_of_embedding(header: Header) -> Family | None:
    widths = {shape[-1] for _, shape in header.tensors.values() if shape}
    if widths == {768, 1280}:
        return family("sdxl")
    return {768: family("sd1"), 1024: family("sd2")}.get(max(widths, default=0))


def _trigger_words(metadata: Mapping[str, str]) -> tuple[str, ...]:
    phrase = metadata.get("modelspec.trigger_phrase", "")
    words = [word.strip() for word in phrase.split(",")] if phrase else _tags_of_all(metadata)
    return tuple(dict.fromkeys(word for word in words if word))[:_MAX_TRIGGERS]


def _tags_of_all(metadata: Mapping[str, str]) -> list[str]:
    """The tags that every training picture of a folder had, from kohya's counts."""
    tags, folders = (_object(metadata.get(k, "")) for k in ("ss_tag_frequency", "ss_dataset_dirs"))
    words: list[str] = []
    for name, counts in tags.items():
        folder = folders.get(name)
        pictures = folder.get("img_count") if isinstance(folder, dict) else None
        if isinstance(pictures, int) and pictures > 0 and isinstance(counts, dict):
            words += [tag.strip() for tag, count in counts.items() if count == pictures]
    return words


def _object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):  # a stranger's text: without it there are no words
        return {}
    return data if isinstance(data, dict) else {}
