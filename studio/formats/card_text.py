"""The texts of a character card as one Markdown text and some lines of voice, and back."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator, Mapping
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
_SPOKEN = ("first_mes", "mes_example")
_HEADING = re.compile(rf"^## ({'|'.join(_TITLES.values())})[ \t]*\r?$", re.MULTILINE)
_START = "<start>"  # begins an example
_THEIRS = re.compile(r"(?:\{\{user\}\}|<user>):", re.IGNORECASE)
_OWN = re.compile(r"^(?:\{\{char\}\}|<char>|<bot>):\s*", re.IGNORECASE)


def sections(data: Mapping[str, Any]) -> dict[str, str]:
    """The members of a card that belong into an entry's text: those that hold anything.

    The first message and the examples are among them unless `voice` says all of them.
    """
    samples = voice(data).samples
    found = {}
    for member in _TITLES:
        text = loose_text(data.get(member))
        said = member in _SPOKEN and _is_said(text, samples)
        if text.strip() and not said:
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
    samples: list[str] = []
    for line in itertools.chain(_lines(examples), _lines(loose_text(data.get("first_mes")))):
        own = _without_speaker(line)
        if not _THEIRS.match(line) and 0 < len(own) <= LONGEST_SAMPLE and own not in samples:
            samples.append(own)
            if len(samples) == MOST_SAMPLES:
                break
    return Voice(samples=tuple(samples))


def example_messages(samples: tuple[str, ...]) -> str:
    """Lines of voice as a card's examples."""
    return "\n".join(["<START>", *(f"{{{{char}}}}: {line}" for line in samples)])


def _is_said(text: str, samples: tuple[str, ...]) -> bool:
    lines = itertools.islice(_lines(text), len(samples) + 1)
    own = [_without_speaker(line) for line in lines]
    return bool(own) and all(line in samples for line in own)


def _lines(text: str) -> Iterator[str]:
    for line in io.StringIO(text):
        stripped = line.strip()
        if stripped and stripped.casefold() != _START:
            yield stripped


def _without_speaker(line: str) -> str:
    return _OWN.sub("", line, count=1)
