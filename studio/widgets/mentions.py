"""What a text may mention: where it does, what is offered for it, and how a mention is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

_WORD = re.compile(r"\w+")
_BEGUN = re.compile(r"(?<![\w\\@])@\[?([^@\[\]\n]{0,60})\Z")


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """`text[start:end]` is a mention; `tip` says what is wrong with one that is unknown."""

    start: int
    end: int
    known: bool = True
    tip: str = ""


@dataclass(frozen=True, slots=True)
class MentionChoice:
    """Something that can be mentioned.

    `detail` stands beside its name, `symbol` is an icon's name; `portrait` is what the loader of
    pictures knows it by, or "". It is found by `others` too.
    """

    key: str
    name: str
    detail: str
    symbol: str
    portrait: str = ""
    others: tuple[str, ...] = ()


class MentionSource(QObject):
    """Whoever knows what can be mentioned answers here.

    Signals:
        changed: the same text may mention something else now.
    """

    changed = Signal()

    def spans(self, text: str) -> Sequence[MentionSpan]:
        """All mentions in `text`, in order."""
        raise NotImplementedError

    def choices(self) -> Sequence[MentionChoice]:
        """All that can be mentioned."""
        raise NotImplementedError

    def written(self, key: str, before: str, after: str) -> str:
        """How to mention a choice between these texts."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Match:
    """A choice that fits what was typed; `other` is the name it was found by, if not its own."""

    choice: MentionChoice
    other: str = ""


def begun_mention(before: str) -> tuple[int, str] | None:
    """Where the mention that is being typed at the end of `before` begins, and its name so far."""
    found = _BEGUN.search(before)
    return (found.start(), found[1]) if found else None


def matching(choices: Sequence[MentionChoice], typed: str, most: int) -> list[Match]:
    """At most `most` choices with a word that begins as `typed`, names before other names."""
    wanted = typed.casefold().lstrip()
    ranked = [found for choice in choices if (found := _ranked(choice, wanted))]
    ranked.sort(key=lambda item: item[0])  # stable: otherwise in the order of the choices
    return [match for _, match in ranked[:most]]


def _ranked(choice: MentionChoice, wanted: str) -> tuple[int, Match] | None:
    for rank, name in _names(choice):
        if any(name.casefold().startswith(wanted, start) for start in _starts(name)):
            return rank + (not name.casefold().startswith(wanted)), Match(
                choice, "" if rank == 0 else name
            )
    return None


def _names(choice: MentionChoice) -> Iterator[tuple[int, str]]:
    yield 0, choice.name
    for other in choice.others:
        yield 2, other


def _starts(name: str) -> list[int]:
    return [word.start() for word in _WORD.finditer(name.casefold())] or [0]
