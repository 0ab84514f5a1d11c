"""A piece of a document that was made from entries of the bible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a document that can be made from entries: a shot, a node, or all of it.

    `id` tells it from the document's others, `label` is what people call it, as "shot 4B";
    `data` is where its MADE_FROM lies.
    """

    id: str
    label: str
    data: Mapping[str, Any]
