"""The kinds of values a setting can have; each knows its JSON form and what it refuses."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


class ValueType(Protocol[T]):
    """What `dump` gives, `parse` takes; the preferences draw a field for each class below."""

    def parse(self, raw: object) -> T:
        """The value of a JSON value. Raises ValueError with a sentence for the log."""

    def dump(self, value: T) -> object:
        """The JSON value of a value."""


@dataclass(frozen=True, slots=True)
class Flag:
    """On or off."""

    def parse(self, raw: object) -> bool:
        if not isinstance(raw, bool):
            raise ValueError(f"{raw!r:.80} is neither true nor false")
        return raw

    def dump(self, value: bool) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer from `minimum` to `maximum`, both included."""

    minimum: int
    maximum: int

    def parse(self, raw: object) -> int:
        # In Python, but not for a person, True is a number.
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise ValueError(f"{raw!r:.80} is no whole number")
        if not self.minimum <= raw <= self.maximum:
            raise ValueError(f"{raw!r:.80} is not between {self.minimum} and {self.maximum}")
        return raw

    def dump(self, value: int) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Number:
    """A real number from `minimum` to `maximum`, both included."""

    minimum: float
    maximum: float

    def parse(self, raw: object) -> float:
        if not isinstance(raw, (int, float)) or isinstance(raw, bool):
            raise ValueError(f"{raw!r:.80} is no number")
        if not self.minimum <= raw <= self.maximum:
            raise ValueError(f"{raw!r:.80} is not between {self.minimum} and {self.maximum}")
        return float(raw)

    def dump(self, value: float) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `options`: the value in the file and the words in the preferences."""

    options: Mapping[str, str]

    def parse(self, raw: object) -> str:
        if not isinstance(raw, str) or raw not in self.options:
            raise ValueError(f"{raw!r:.80} is none of {', '.join(self.options)}")
        return raw

    def dump(self, value: str) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text."""

    def parse(self, raw: object) -> str:
        if not isinstance(raw, str):
            raise ValueError(f"{raw!r:.80} is no text")
        return raw

    def dump(self, value: str) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Folder:
    """An absolute folder, or None for the program's own; it need not exist."""

    def parse(self, raw: object) -> Path | None:
        return None if raw == "" else _folder(raw)

    def dump(self, value: Path | None) -> object:
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Folders:
    """Absolute folders in order, each once; they need not exist."""

    def parse(self, raw: object) -> tuple[Path, ...]:
        if not isinstance(raw, list):
            raise ValueError(f"{raw!r:.80} is no list of folders")
        return tuple(dict.fromkeys(_folder(item) for item in raw))

    def dump(self, value: tuple[Path, ...]) -> object:
        return [str(folder) for folder in value]


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """Action ids and their key sequences, as "Ctrl+Return"; "" takes an action its shortcut."""

    def parse(self, raw: object) -> Mapping[str, str]:
        if not isinstance(raw, dict) or not all(isinstance(keys, str) for keys in raw.values()):
            raise ValueError(f"{raw!r:.80} does not give actions their keys")
        return MappingProxyType(dict(raw))

    def dump(self, value: Mapping[str, str]) -> object:
        return dict(value)


def _folder(raw: object) -> Path:
    if not isinstance(raw, str) or "\0" in raw:
        raise ValueError(f"{raw!r:.80} is no folder")
    os.fsencode(raw)  # raises ValueError for what no file system has
    folder = Path(raw)
    if not folder.is_absolute():
        raise ValueError(f"{raw!r:.80} is no absolute folder")
    return folder
