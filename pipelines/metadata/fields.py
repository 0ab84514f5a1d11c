"""A tool's keys and values: what is understood is struck off, the rest can be listed."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_Value = TypeVar("_Value")

MAX_DEPTH = 64  # levels of nested JSON; deeper is no settings of anybody

MAX_SEED = 2**64 - 1
MAX_SIDE = 100_000  # pixels
_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,20}\s*")


def parse_object(text: str | None) -> dict[str, Any] | None:
    """The JSON object that `text` is; None if it is none, or nested too deep to be meant."""
    if text is None or not text.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and _depth_is_sane(value) else None


def _depth_is_sane(value: object) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in _children(node)]
        if not level:
            return True
    return False


def _children(node: object) -> list[object]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def as_integer(value: object, low: int, high: int) -> int | None:
    """A whole number from a number or its text; None outside of `low` to `high`."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)  # seeds of 64 bits do not survive a float
    if not isinstance(value, int):
        number = as_number(value, low, high)
        if number is None or not number.is_integer():
            return None
        value = int(number)
    return value if low <= value <= high and not isinstance(value, bool) else None


def as_number(value: object, low: float, high: float) -> float | None:
    """A finite number from a number or its text; None outside of `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and low <= number <= high else None


def as_name(value: object) -> str | None:
    """A model's file name without folders and suffix, as A1111 writes it; None for nothing."""
    if not isinstance(value, str):
        return None
    name = re.split(r"[\\/]", value.strip())[-1]
    name = re.sub(r"\.(safetensors|sft|ckpt|pt|pth|bin|gguf)$", "", name, flags=re.IGNORECASE)
    return name if name.casefold() not in ("", "none") else None


def as_lora(name: object, weight: object) -> tuple[str, float] | None:
    """An adapter's name and weight; None if either makes no sense."""
    file, number = as_name(name), as_number(weight, -100, 100)
    return None if file is None or number is None else (file, number)


def as_list(value: object) -> list[Any]:
    """A list, or nothing."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """Any JSON value for a person to read."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class Fields:
    """Key/value pairs that are struck off when a value could be understood.

    Every method takes alternative keys and returns the first value that makes sense, or None.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def text(self, *keys: str) -> str | None:
        return self._first(keys, lambda value: value if isinstance(value, str) else None)

    def name(self, *keys: str) -> str | None:
        """A model's name without folders and suffix."""
        return self._first(keys, as_name)

    def integer(self, *keys: str, low: int = 0, high: int) -> int | None:
        return self._first(keys, lambda value: as_integer(value, low, high))

    def number(self, *keys: str, low: float = 0.0, high: float) -> float | None:
        return self._first(keys, lambda value: as_number(value, low, high))

    def side(self, key: str) -> int | None:
        return self.integer(key, low=1, high=MAX_SIDE)

    def steps(self, *keys: str) -> int | None:
        return self.integer(*keys, low=1, high=10_000)

    def guidance(self, *keys: str) -> float | None:
        return self.number(*keys, high=100.0)

    def seed(self, *keys: str) -> int | None:
        return self.integer(*keys, high=MAX_SEED)

    def strength(self, *keys: str) -> float | None:
        return self.number(*keys, high=1.0)

    def layer(self, *keys: str) -> int | None:
        """A clip skip that counts from 1 (A1111's), as the number of layers left out."""
        value = self.integer(*keys, low=1, high=24)
        return None if value is None else value - 1

    def take(self, key: str) -> Any:
        """Any value: the caller has understood it."""
        return self._values.pop(key, None)

    def get(self, key: str) -> Any:
        """Any value, without striking it off."""
        return self._values.get(key)

    def rest(self) -> dict[str, str]:
        """What nobody asked for or nobody understood, for a person to read."""
        return {
            key: as_text(value)
            for key, value in self._values.items()
            if value not in (None, "", [], {})
        }

    def _first(
        self, keys: tuple[str, ...], convert: Callable[[Any], _Value | None]
    ) -> _Value | None:
        for key in keys:
            if key in self._values and (found := convert(self._values[key])) is not None:
                del self._values[key]
                return found
        return None
