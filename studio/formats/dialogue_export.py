"""What every export and import of a story has: what is lost, and names that a language takes."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.document.dialogue.story import Place, Story

_UNSAFE = re.compile(r"[^0-9A-Za-z]+")


class UnreadableStoryError(ValueError):
    """A file that holds no story; `line` counts from 1 and is 0 where it is the whole file."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        at = f"Line {line}, column {max(column, 1)}: " if line else ""
        super().__init__(f"{at}{reason}.")
        self.reason, self.line, self.column = reason, line, column


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format cannot hold. `changes_play` is whether it then plays differently."""

    place: Place
    reason: str
    changes_play: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """A story in the words of another program."""

    text: str
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of another program's file that our model does not have; it is kept as a comment."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A story out of another program's file."""

    story: Story
    kept: tuple[Kept, ...] = ()


def free_word(wanted: str, taken: Container[str], instead: str) -> str:
    """ASCII letters, digits and "_" that begin with a letter, and that are not taken."""
    word = _UNSAFE.sub("_", wanted).strip("_") or instead
    if word[0].isdigit():
        word = f"{instead}_{word}"
    found, number = word, 1
    while found in taken:
        number += 1
        found = f"{word}_{number}"
    return found
