"""Finding models' add-ons by the names that prompts and metadata call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.adapters import EmbeddingRef, LoraRef, VaeRef

AddOn = TypeVar("AddOn", "LoraRef", "VaeRef", "EmbeddingRef")


def named(name: str, add_ons: Iterable[AddOn]) -> AddOn | None:
    """The add-on with this id or file name; folder, suffix and case do not count."""
    wanted = stem(name)
    for add_on in add_ons:
        if wanted in (add_on.id.casefold(), stem(add_on.path.name)):
            return add_on
    return None


def stem(name: str) -> str:
    """A file's name as it is compared: without folder and suffix, in small letters."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".safetensors").casefold()
