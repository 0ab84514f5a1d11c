"""The texts of a character card as one Markdown text and some lines of voice, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from studio.document.bible.entry import Voice
from studio.formats.loose import loose_text

MOST_SAMPLES = 3
LONGEST_SAMPLE = 240  # characters: what is longer is narration

_TITLES = {
    "description": "Description",
    "personality": "Personality",
    "scenario": "Scenario",
    "first_mes": "First message",
    "mes_example": "Example messages",
}
_HEADING = re.compile(rf"^## ({'|'.join(_TITLES.values())})[ \t]*\r?$", re.MULTILINE)
_START = "<start>"  # begins an example
_THEIRS = re.compile(r"(?:\{\{user\}\}|<user>):", re.IGNORECASE)
_OWN = re.compile(r"(?:\{\{char\}\}|<char>|<bot>):\s*", re.IGNORECASE)


def sections(data: Mapping[str, Any]) -> dict[str, str]:
    """The members of a card that belong into an entry's text: those that hold anything.

    The first message and the examples are among them unless `voice` says all of them.
    """
    samples = voice(data).samples
    found = {}
    for member in _TITLES:
        text = loose_text(data.get(member))
        spoken = member == "mes_example" or member == "first_mes"
        lines = [_OWN.sub("", line, count=1) for line in _lines(text)] if spoken else []
        if text.strip() and not (lines and all(line in samples for line in lines)):
            found[member] = text
    return found


def joined(parts: Mapping[str, str]) -> str:
    """Sections under their headings; a description alone stands without one."""
    if list(parts) == ["description"]:
        return parts["description"]
    return "\n\n".join(f"## {_TITLES[member]}\n\n{text.strip()}" for member, text in parts.items())


def split(text: str) -> dict[str, str]:
    """Sections of a text by their headings; what stands before the first is the description."""
    first, *rest = _HEADING.split(text)
    members = {title: member for member, title in _TITLES.items()}
    found = {"description": [first] if first.strip() else []}
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        found.setdefault(members[title], []).append(body)
    if not rest:
        return {"description": text} if text else {}
    return {
        member: "\n\n".join(body.strip() for body in bodies)
        for member, bodies in found.items()
        if bodies
    }


def voice(data: Mapping[str, Any]) -> Voice:
    """The first lines that the character says, of the examples and then of the first message."""
    examples = loose_text(data.get("mes_example"))
    lines = [*_lines(examples), *_lines(loose_text(data.get("first_mes")))]
    own = [_OWN.sub("", line, count=1) for line in lines if not _THEIRS.match(line)]
    samples = dict.fromkeys(line for line in own if 0 < len(line) <= LONGEST_SAMPLE)
    return Voice(samples=tuple(samples)[:MOST_SAMPLES])


def example_messages(samples: tuple[str, ...]) -> str:
    """Lines of voice as a card's examples."""
    return "\n".join(["<START>", *(f"{{{{char}}}}: {line}" for line in samples)])


def _lines(text: str) -> list[str]:
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and line.casefold() != _START]
