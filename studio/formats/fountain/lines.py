"""A script cut into lines, with the boneyards that run over several of them kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLANKS = " \t"

# Not str.splitlines: U+2028, form feeds and their like are text.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_BONEYARD = re.compile(r"/\*.*?\*/", re.DOTALL)
_ONLY_BONEYARDS = re.compile(r"[ \t]*(?:/\*(?:[^*]|\*(?!/))*\*/[ \t]*)+")
_END = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Line:
    """`source` is the line with its end, `text` without, `number` counts from 1."""

    text: str
    number: int
    source: str
    is_boneyard: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there; a boneyard is no line of the script either."""
        return self.is_boneyard or not self.text.strip(BLANKS)


def cut_lines(text: str) -> tuple[Line, ...]:
    """All of `text`, without gaps, in time linear to its length."""
    lines: list[Line] = []
    number, position = 1, 0
    for start, end in _long_boneyards(text):
        for line in _plain_lines(text[position:start], number):
            lines.append(line)
        number += _line_ends(text[position:start])
        lines.append(Line(text[start:end], number, text[start:end], is_boneyard=True))
        number += _line_ends(text[start:end])
        position = end
    lines += _plain_lines(text[position:], number)
    return tuple(lines)


def _long_boneyards(text: str) -> Iterator[tuple[int, int]]:
    """Boneyards of several lines, with the white space that is all else on their lines."""
    last = text.rfind("*/")  # without it every unclosed “/*” would be searched to the end
    position = 0
    for found in _BONEYARD.finditer(text, 0, last + 2 if last >= 0 else 0):
        start, end = found.span()
        if not re.search("[\r\n]", found[0]):
            continue
        before = start
        while before > position and text[before - 1] in BLANKS:
            before -= 1
        if before == position or text[before - 1] in "\r\n":
            start = before
        if tail := _END.match(text, end):
            end = tail.end()
        yield start, end
        position = end


def _plain_lines(text: str, number: int) -> list[Line]:
    lines = []
    for offset, found in enumerate(_LINE.finditer(text)):
        source = found[0]
        content = source.rstrip("\r\n")
        is_boneyard = "/*" in content and _ONLY_BONEYARDS.fullmatch(content) is not None
        lines.append(Line(content, number + offset, source, is_boneyard))
    return lines


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
