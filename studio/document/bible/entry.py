"""One entry of the story bible, as a value and as a document of the project."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

ENTRY_KIND = "bible_entry"


class EntryKind(StrEnum):
    """A look is a visual style; lore is everything that is neither person, place nor thing."""

    CHARACTER = "character"
    PLACE = "place"
    LOOK = "look"
    PROP = "prop"
    LORE = "lore"


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture of the entry: the hash of an asset of the project, and what it shows."""

    asset: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class LoraUse:
    """A low-rank adapter that draws the entry: its file as `pipelines.portable` writes it."""

    path: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody speaks: a note, and up to three lines that sound like them."""

    notes: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What the entry is to another one: `to` is that one's id."""

    to: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one thing of the story.

    `id` is unique and stays for ever; `name` is what people and mentions call it, `aliases` what it
    is called too. `summary` is a line, `text` is Markdown. An entry applies to a text in which its
    name, an alias or one of `keywords` occurs, or to every text where it is `always_on`. `prompt`
    and `negative` are what a mention of it puts into prompts. `portrait` is the asset hash of the
    reference that stands for it, or "". `seed` is 0 to 2**32 - 1, or None. Entries are listed by
    ascending `order`. One that is not `enabled` applies only where it is mentioned. `extras` holds
    members that this version does not know; they are kept.
    """

    id: str
    kind: EntryKind
    name: str
    aliases: tuple[str, ...] = ()
    summary: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    always_on: bool = False
    prompt: str = ""
    negative: str = ""
    references: tuple[Reference, ...] = ()
    portrait: str = ""
    seed: int | None = None
    loras: tuple[LoraUse, ...] = ()
    voice: Voice = Voice()
    relations: tuple[Relation, ...] = ()
    order: float = 0.0
    enabled: bool = True
    extras: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its document."""
        return f"bible/{self.id}"


def new_id() -> str:
    """Twelve hexadecimal digits by chance."""
    return secrets.token_hex(6)
