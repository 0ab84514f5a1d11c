"""What the Style panel asks about files, and the answers: values only, the window imports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.looks import Enlarger, Look


@dataclass(frozen=True, slots=True)
class FindNetworks:
    """`folders` are the person's own, beside the starter set."""

    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Networks:
    """What is on this disk."""

    looks: tuple[Look, ...] = ()
    enlargers: tuple[Enlarger, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeIn:
    """A picture to be shown in other looks; small ones of it lie in a folder below `cache`."""

    path: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The picture as the networks see it: upright, `width` by `height` pixels.

    `folder` is its own in the cache, and has it as a small picture. `prompt` is "" where the file
    says none. `notes` are sentences on what has to be changed in it.
    """

    path: Path
    width: int
    height: int
    prompt: str
    folder: Path
    notes: tuple[str, ...] = ()

    @property
    def small(self) -> Path:
        return self.folder / "small.png"
