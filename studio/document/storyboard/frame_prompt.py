"""What an image model is told for a frame: from the shot's fields, the scene and the bible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.document.bible.expansion import Expansion, expand
from studio.document.bible.fingerprint import made_from
from studio.document.bible.mentions import find_mentions, write_mention
from studio.document.bible.words import words
from studio.document.storyboard.vocabulary import find_term

if TYPE_CHECKING:
    from studio.document.bible.bible import Bible
    from studio.document.storyboard.model import Scene, Shot, Storyboard

_HEADING = re.compile(
    r"(?P<side>INT\.?/EXT|EXT\.?/INT|I/E|INT|EXT|EST)[. ]+(?P<place>.*?)"
    r"(?:\s+[-–—]\s*(?P<time>[^-–—]*))?",
    re.IGNORECASE,
)
_SIDES = {"INT": "interior", "EXT": "exterior"}


@dataclass(frozen=True, slots=True)
class Fed:
    """A piece of `FramePrompt.typed` and the field that it came from: a field of the shot,
    “heading” or “look”; it counts characters."""

    start: int
    end: int
    field: str


@dataclass(frozen=True, slots=True)
class FramePrompt:
    """`typed` is what a person may edit, with mentions; `expansion` what becomes of it.

    The `prompt_origins` of the expansion say which of its pieces came from which entry.
    `made_from` is what a picture drawn by it is to carry.
    """

    typed: str
    fed: tuple[Fed, ...]
    expansion: Expansion
    made_from: tuple[dict[str, Any], ...]


def frame_prompt(shot: Shot, scene: Scene, board: Storyboard, bible: Bible) -> FramePrompt:
    """The prompt that follows from the fields: size, angle and lens, action, place and look.

    Who and what the bible knows is mentioned where the text names it, so that a model is told how
    they look.
    """
    pieces = [
        (field, term.prompt)
        for field in ("size", "angle", "lens", "movement")
        if (term := find_term(field, getattr(shot, field))) and term.prompt
    ]
    action = " ".join(shot.action.split()).rstrip(".")
    said_by = ", ".join(dict.fromkeys(s.speaker for s in shot.dialogue if not _unseen(s.extension)))
    pieces += [("action", mentioned(action, bible))] if action else []
    pieces += [("dialogue", mentioned(said_by, bible))] if said_by and not action else []
    place = mentioned(_place_words(scene.heading), bible)
    pieces += [("heading", place)] if place else []
    look = bible.get(board.look)
    pieces += [("look", write_mention(look, bible))] if look else []
    typed, fed = "", []
    for field, text in pieces:
        typed += ", " if typed else ""
        fed.append(Fed(len(typed), len(typed) + len(text), field))
        typed += text
    return told(typed, bible, tuple(fed))


def told(typed: str, bible: Bible, fed: tuple[Fed, ...] = ()) -> FramePrompt:
    """What becomes of a prompt that a person has edited."""
    expansion = expand(typed, "", bible)
    entries = [entry for used in expansion.used if (entry := bible.get(used.entry_id))]
    return FramePrompt(typed, fed, expansion, tuple(made_from(entries)))


def mentioned(text: str, bible: Bible) -> str:
    """`text` with a mention for every name of an entry; mentions that it has stay."""
    there = [(mention.start, mention.end) for mention in find_mentions(text, bible)]
    written, position = "", 0
    # The longest of the names that begin in one place comes last.
    for found in sorted(bible.names.search(words(text)), key=lambda f: (f.start, -f.end)):
        inside = any(start <= found.start < end for start, end in there)
        if found.start < position or inside or text[found.start - 1 : found.start] == "@":
            continue
        written += text[position : found.start]
        written += write_mention(found.value, bible, written, text[found.end :])
        position = found.end
    return written + text[position:]


def _unseen(extension: str) -> bool:
    """Whether a voice comes from somebody who is not in the picture."""
    return re.sub("[^A-Z]", "", extension.upper()) in ("VO", "OS", "OC")


def _place_words(heading: str) -> str:
    """“INT. LIGHTHOUSE - NIGHT” as an image model knows it: “interior, lighthouse, night”."""
    found = _HEADING.fullmatch(heading.strip())
    if found is None:
        return heading.strip().lower()
    parts = (_SIDES.get(found["side"].upper(), ""), found["place"], found["time"] or "")
    return ", ".join(part.strip().lower() for part in parts if part.strip())
