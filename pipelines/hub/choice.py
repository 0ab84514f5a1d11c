"""Which files of a repository are taken: weights as safetensors, and what describes them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pipelines.hub.requests import HubFile

_WEIGHTS = ".safetensors"
_TEXTS = frozenset({".json", ".txt", ".model"})
_PAPERS = frozenset({"README.md", "LICENSE", "LICENSE.md", "LICENCE", "LICENCE.md", "NOTICE"})
_VARIANT = re.compile(
    r"[^.]+\.(fp\d+\w*?|bf16|int\d+|(?:non_)?ema)(?:-\d{5}-of-\d{5})?\.safetensors"
    r"|[^.]+\.safetensors\.index\.([^.]+)\.json"
)
"""diffusers' names of weights at another precision: `model.fp16.safetensors` and the like."""
_PREFERRED = ("", "fp16", "bf16")


def chosen(files: Iterable[HubFile], components: Collection[str] | None) -> tuple[HubFile, ...]:
    """What is fetched, in the order of `files`; never a program and never a pickle.

    `components` are the folders that a `model_index.json` names: then weights anywhere else are
    further copies of the same model, and of a folder's weights at several precisions one is taken:
    the usual, else half. None is a repository without one, of which all weights are taken.
    """
    usable = [file for file in files if _is_usable(PurePosixPath(file.path), components)]
    if components is None:
        return tuple(usable)
    weights = [file for file in usable if _is_weight(file)]
    variants: dict[str, set[str]] = {}
    for file in weights:
        variants.setdefault(_folder(file), set()).add(_variant(file))
    best = {folder: min(found, key=_rank) for folder, found in variants.items()}
    return tuple(
        file for file in usable if file not in weights or _variant(file) == best[_folder(file)]
    )


def _is_usable(path: PurePosixPath, components: Collection[str] | None) -> bool:
    if any(part.startswith(".") for part in path.parts):
        return False
    if path.suffix != _WEIGHTS and path.suffix not in _TEXTS and path.name not in _PAPERS:
        return False
    if components is None:
        return True
    if len(path.parts) == 1:
        return path.suffix != _WEIGHTS
    return path.parts[0] in components


def _is_weight(file: HubFile) -> bool:
    return file.path.endswith(_WEIGHTS) or ".safetensors.index." in file.path


def _folder(file: HubFile) -> str:
    return str(PurePosixPath(file.path).parent)


def _variant(file: HubFile) -> str:
    """ "fp16" and the like; "" for the usual."""
    match = _VARIANT.fullmatch(PurePosixPath(file.path).name)
    return (match[1] or match[2]) if match else ""


def _rank(variant: str) -> tuple[int, str]:
    known = _PREFERRED.index(variant) if variant in _PREFERRED else len(_PREFERRED)
    return known, variant
