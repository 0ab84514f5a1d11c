"""What the window asks about files, and the answers: values only, the window imports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.adapters import EmbeddingRef, LoraRef, VaeRef
    from pipelines.model_ref import Broken, ModelRef


@dataclass(frozen=True, slots=True)
class Scan:
    """Where to look for models and LoRAs beside those that come with the program."""

    model_folders: tuple[Path, ...] = ()
    lora_folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a Scan found; `broken` are files that should be models and cannot be used."""

    models: tuple[ModelRef, ...]
    broken: tuple[Broken, ...]
    loras: tuple[LoraRef, ...]
    vaes: tuple[VaeRef, ...]
    embeddings: tuple[EmbeddingRef, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A prompt as it is typed, for the model that lies at `model`."""

    model: Path
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture and the file to write it to, in the format that its suffix names."""

    source: Path
    target: Path
