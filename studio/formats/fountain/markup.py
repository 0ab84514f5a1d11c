"""Fountain within a line: emphasis, notes, escapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

ZERO_WIDTH = "\u200b"
"""Keeps a pattern from matching where Fountain has no escape."""

_HIDDEN = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]|/\*(?:[^*]|\*(?!/))*\*/", re.DOTALL)
_TOKEN = re.compile(r"\\[*_\\]|\*{1,3}|_|[^\\*_]+|\\")
_ESCAPED = re.compile(r"[*_\\]")
_GUARDED = re.compile(rf"(?<=\[){ZERO_WIDTH}(?=\[)|^{ZERO_WIDTH}|(?<=:){ZERO_WIDTH}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass
class _Piece:
    """A token while one looks for its partner; `signs` is "" for text."""

    text: str
    signs: str = ""
    styles: frozenset[str] = frozenset()


_STYLES = {"*": ("italic",), "**": ("bold",), "***": ("bold", "italic"), "_": ("underline",)}


def notes(text: str) -> tuple[str, ...]:
    """What stands in `[[…]]`, in order."""
    return tuple(found[1].strip() for found in _HIDDEN.finditer(text) if found[1] is not None)


def without_notes(text: str) -> str:
    """`text` without notes and boneyards; the space that they leave is one."""
    if "[[" not in text and "/*" not in text:
        return text
    pieces: list[str] = []
    position = 0
    for found in _HIDDEN.finditer(text):
        pieces.append(text[position : found.start()])
        position = found.end()
        if pieces[-1].endswith(" ") and text[position : position + 1] == " ":
            position += 1
    return "".join((*pieces, text[position:])).strip(" \t")


def runs(text: str) -> tuple[Run, ...]:
    """`text` without its markup, cut where the style changes.

    As in Markdown a sign opens only before a character and closes only after one, and emphasis ends
    with its line. What has no partner stays as it is.
    """
    result: list[Run] = []
    for number, line in enumerate(without_notes(text).split("\n")):
        if number:
            result.append(Run("\n"))
        result += _line_runs(line)
    return tuple(result)


def plain(text: str) -> str:
    """What a reader sees of `text`."""
    return _GUARDED.sub("", "".join(run.text for run in runs(text)))


def escape(text: str) -> str:
    """Markup of which `plain` is `text`, unless a zero-width space of its own stands where one
    guards: at the ends of its lines or between brackets."""
    return _ESCAPED.sub(r"\\\g<0>", text).replace("[[", f"[{ZERO_WIDTH}[")


def _line_runs(line: str) -> list[Run]:
    pieces = [_Piece(found[0], _signs(found[0])) for found in _TOKEN.finditer(line)]
    opened: dict[str, int] = {}
    for place, piece in enumerate(pieces):
        if not piece.signs:
            continue
        before = pieces[place - 1].text[-1:] if place else ""
        after = pieces[place + 1].text[:1] if place + 1 < len(pieces) else ""
        start = opened.get(piece.signs)
        if start is not None and before.strip():
            pieces[start].styles = piece.styles = frozenset(_STYLES[piece.signs])
            # What was opened within and is still open crosses this end: it is text.
            opened = {signs: at for signs, at in opened.items() if at < start}
        elif after.strip():
            opened[piece.signs] = place
    return _styled(pieces)


def _signs(token: str) -> str:
    return token if token in _STYLES else ""


def _styled(pieces: list[_Piece]) -> list[Run]:
    styled: list[tuple[frozenset[str], str]] = []
    active: frozenset[str] = frozenset()
    for piece in pieces:
        if piece.styles:
            active ^= piece.styles
        else:
            is_escape = len(piece.text) == 2 and piece.text[0] == "\\"
            styled.append((active, piece.text[1] if is_escape else piece.text))
    return [
        Run(
            "".join(text for _, text in group),
            bold="bold" in style,
            italic="italic" in style,
            underline="underline" in style,
        )
        for style, group in groupby(styled, itemgetter(0))
    ]
