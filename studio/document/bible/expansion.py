"""Prompts with the fragments of the entries that they mention."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.document.bible.mentions import find_mentions, unescaped, unknown_mentions

if TYPE_CHECKING:
    from studio.document.bible.bible import Bible
    from studio.document.bible.entry import Entry, LoraUse

MAX_DEPTH = 8
"""How deep fragments may mention entries; a deeper one is its name."""

_BRACKET = re.compile(r"[()\[\]]")
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Origin:
    """A piece of an expanded prompt that came from an entry; it counts characters."""

    start: int
    end: int
    entry_id: str


@dataclass(frozen=True, slots=True)
class UsedEntry:
    """An entry that a prompt mentions; `fragment` is "" where only its name was put in."""

    entry_id: str
    name: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """What mentions become.

    `used` are the entries, by where they come first. `loras` and `seed` are what those in the
    prompt bring: each file once, and the first seed. The origins say which pieces of `prompt`
    and `negative` came from which entry. `unknown` are names that are mentioned and not in the
    bible; they stay as they are written.
    """

    prompt: str
    negative: str
    used: tuple[UsedEntry, ...] = ()
    loras: tuple[LoraUse, ...] = ()
    seed: int | None = None
    prompt_origins: tuple[Origin, ...] = ()
    negative_origins: tuple[Origin, ...] = ()
    unknown: tuple[str, ...] = ()


def expand(prompt: str, negative: str, bible: Bible, left_out: Collection[str] = ()) -> Expansion:
    """Puts the prompt of each mentioned entry where it is mentioned first, later the name as typed.

    An entry without a prompt is its name too, and so is one whose id is in `left_out`, which brings
    nothing else either. What an entry is not to show is added to `negative` once, for entries that
    `prompt` mentions. Weights around a mention stay as they are.
    """
    wanted, unwanted = _Writer(bible, left_out), _Writer(bible, left_out)
    wanted.write(prompt)
    unwanted.write(negative)
    entries = list(wanted.used.values())
    told = {unwanted.text.strip().casefold()}
    for entry in entries:
        if entry.negative.strip() and entry.negative.strip().casefold() not in told:
            told.add(entry.negative.strip().casefold())
            unwanted.append(entry)
    loras: dict[str, LoraUse] = {}
    for lora in (lora for entry in entries for lora in entry.loras):
        loras.setdefault(lora.path, lora)
    used = {entry.id: entry for entry in (*entries, *unwanted.used.values())}
    missing = (*unknown_mentions(prompt, bible), *unknown_mentions(negative, bible))
    return Expansion(
        prompt=wanted.text,
        negative=unwanted.text,
        used=tuple(UsedEntry(e.id, e.name, e.prompt.strip()) for e in used.values()),
        loras=tuple(loras.values()),
        seed=next((entry.seed for entry in entries if entry.seed is not None), None),
        prompt_origins=tuple(wanted.origins),
        negative_origins=tuple(unwanted.origins),
        unknown=tuple(dict.fromkeys(mention.name for mention in missing)),
    )


@dataclass
class _Writer:
    """One of the two prompts while it is written."""

    bible: Bible
    left_out: Collection[str]
    text: str = ""
    origins: list[Origin] = field(default_factory=list)
    used: dict[str, Entry] = field(default_factory=dict)

    def write(self, text: str, source: str = "", depth: int = 0) -> None:
        """`source` is the entry whose fragment `text` is, if it is one."""
        position = 0
        for mention in find_mentions(text, self.bible):
            self._put(unescaped(text[position : mention.start]), source)
            position = mention.end
            entry = self.bible.get(mention.entry_id)
            assert entry is not None
            fragment = entry.prompt.strip()
            is_first = entry.id not in self.used and entry.id not in self.left_out
            if is_first and depth < MAX_DEPTH:
                self.used[entry.id] = entry
            if is_first and depth < MAX_DEPTH and fragment:
                self.write(balanced(fragment), entry.id, depth + 1)
            else:
                self._put(_escaped(mention.name), entry.id)
        self._put(unescaped(text[position:]), source)

    def append(self, entry: Entry) -> None:
        """Adds what the entry is not to show, as the last item."""
        self.text = self.text.rstrip().removesuffix(",")
        if self.text:
            self.text += ", "
        self.write(balanced(entry.negative.strip()), entry.id, MAX_DEPTH)

    def _put(self, piece: str, source: str) -> None:
        if piece and source:
            self.origins.append(Origin(len(self.text), len(self.text) + len(piece), source))
        self.text += piece


def balanced(fragment: str) -> str:
    """With its brackets escaped if they are not in pairs: they would end those around it."""
    opened: list[str] = []
    for found in _BRACKET.finditer(fragment):
        bracket = found[0]
        if _is_escaped(fragment, found.start()):
            continue
        if bracket in "([":
            opened.append(bracket)
        elif not opened or opened.pop() != _PAIRS[bracket]:
            return _escaped(fragment)
    return _escaped(fragment) if opened else fragment


def _is_escaped(text: str, position: int) -> bool:
    return (position - len(text[:position].rstrip("\\"))) % 2 == 1


def _escaped(text: str) -> str:
    return _BRACKET.sub(
        lambda found: found[0] if _is_escaped(text, found.start()) else f"\\{found[0]}", text
    )
