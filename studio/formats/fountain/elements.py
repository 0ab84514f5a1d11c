"""What a Fountain script consists of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_EXTENSION = re.compile(r"[ \t]*\([^()]*\)[ \t]*$")


class ElementType(StrEnum):
    """The elements of the Fountain syntax, by the names it has for them."""

    TITLE = "title"
    SCENE_HEADING = "scene_heading"
    ACTION = "action"
    CHARACTER = "character"
    PARENTHETICAL = "parenthetical"
    DIALOGUE = "dialogue"
    LYRICS = "lyrics"
    TRANSITION = "transition"
    CENTRED = "centred"
    NOTE = "note"
    BONEYARD = "boneyard"
    SECTION = "section"
    SYNOPSIS = "synopsis"
    PAGE_BREAK = "page_break"


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of a script.

    `text` is what it says, in Fountain's markup and without the signs that make it what it is;
    lines are separated by a line feed. `line` is where it begins, from 1. `source` is the piece of
    the file as it stands there, with the blank lines that follow. `forced` says that a sign made
    it what it is. `number` is a scene's, "" for none; `level` a section's, from 1; `key` that of a
    field of the title page; `dual` marks who speaks at the same time as the one before.
    """

    type: ElementType
    text: str = ""
    line: int = 0
    source: str = ""
    forced: bool = False
    number: str = ""
    level: int = 0
    key: str = ""
    dual: bool = False

    @property
    def name(self) -> str:
        """Who speaks, of a character: “MARA” for “MARA (V.O.)”."""
        name = self.text
        while (shorter := _EXTENSION.sub("", name)) != name and shorter:
            name = shorter
        return name.strip(" \t")

    @property
    def extension(self) -> str:
        """What stands behind the name of a character: “(V.O.)”, or ""."""
        return self.text[len(self.name) :].strip(" \t")


@dataclass(frozen=True, slots=True)
class Script:
    """A whole file: `head` is what stands before the first element, blank lines and a BOM."""

    elements: tuple[Element, ...] = ()
    head: str = ""

    @property
    def source(self) -> str:
        """The file exactly as it was read."""
        return self.head + "".join(element.source for element in self.elements)

    @property
    def title(self) -> str:
        """The title of the title page in its markup, or ""."""
        fields = (e for e in self.elements if e.type is ElementType.TITLE)
        return next((e.text for e in fields if e.key.casefold() == "title"), "")
