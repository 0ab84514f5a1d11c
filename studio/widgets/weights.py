"""Prompt weights as text: where `(words:1.2)` stands, and how a key press changes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

LOWEST, HIGHEST = 0.1, 2.0
_CLOSES = {")": "(", "]": "["}
_NUMBER = re.compile(r":\s*(\d+(?:\.\d*)?|\.\d+)\s*$")
_WORD = re.compile(r"[^\s,.;:!?()\[\]{}|<>\"]+")


class WeightSpan(NamedTuple):
    """`text[start:end]` is a whole group, brackets included; its words end at `words_end`."""

    start: int
    end: int
    words_end: int
    weight: float


@dataclass(frozen=True, slots=True)
class WeightedText:
    """A prompt with its selection (`start == end`: only a cursor)."""

    text: str
    start: int
    end: int


def weight_spans(text: str) -> tuple[WeightSpan, ...]:
    r"""Every weighted group, in order of their ends.

    `(words:1.2)` names its weight, `(words)` is 1.1 and `[words]` 0.9; `\(` is a plain letter.
    """
    spans: list[WeightSpan] = []
    opened: list[tuple[str, int]] = []
    escaped = False
    for at, letter in enumerate(text):
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter in "([":
            opened.append((letter, at))
        elif letter in _CLOSES and opened and opened[-1][0] == _CLOSES[letter]:
            start = opened.pop()[1]
            number = _NUMBER.search(text, start + 1, at) if letter == ")" else None
            if number:
                spans.append(WeightSpan(start, at + 1, number.start(), float(number[1])))
            else:
                spans.append(WeightSpan(start, at + 1, at, 1.1 if letter == ")" else 0.9))
    return tuple(spans)


def change_weight(before: WeightedText, step: float) -> WeightedText:
    """Adds `step` to the weight of the selection, or of the word under the cursor.

    A weight stays within 0.1 and 2; at 1 the brackets go. Where there is nothing to weigh (no
    word, or a selection that cuts a bracket in two) the text comes back unchanged.
    """
    if span := _innermost(before):
        return _rewritten(before, span, step)
    cursor_only = before.start == before.end
    start, end = _word_at(before) if cursor_only else _trimmed(before)
    words = before.text[start:end]
    if not words or not _balanced(words) or _is_escaped(before.text, start):
        return before
    text = f"{before.text[:start]}({words}:{_number(1 + step)}){before.text[end:]}"
    if cursor_only:
        return WeightedText(text, before.start + 1, before.end + 1)
    return WeightedText(text, start + 1, end + 1)


def _innermost(at: WeightedText) -> WeightSpan | None:
    """The smallest group that holds the whole selection."""
    around = [s for s in weight_spans(at.text) if s.start <= at.start and at.end <= s.end]
    if at.start == at.end:
        # Beside a bracket one is outside: there the next word is meant.
        around = [s for s in around if s.start < at.start < s.end]
    return min(around, key=lambda span: span.end - span.start, default=None)


def _rewritten(before: WeightedText, span: WeightSpan, step: float) -> WeightedText:
    weight = min(HIGHEST, max(LOWEST, round(span.weight + step, 2)))
    words = before.text[span.start + 1 : span.words_end]
    lead = 0 if weight == 1 else 1
    group = words if weight == 1 else f"({words}:{_number(weight)})"
    text = before.text[: span.start] + group + before.text[span.end :]
    first = span.start + lead
    moved = [
        min(max(edge - 1 + lead, first), first + len(words)) for edge in (before.start, before.end)
    ]
    return WeightedText(text, *moved)


def _trimmed(at: WeightedText) -> tuple[int, int]:
    chosen = at.text[at.start : at.end]
    start = at.start + len(chosen) - len(chosen.lstrip())
    return start, start + len(chosen.strip())


def _word_at(at: WeightedText) -> tuple[int, int]:
    for word in _WORD.finditer(at.text):
        if word.start() <= at.start <= word.end():
            return word.span()
    return at.start, at.start


def _is_escaped(text: str, at: int) -> bool:
    """Whether a bracket put in at this place would be a plain letter."""
    ahead = text[:at]
    return (len(ahead) - len(ahead.rstrip("\\"))) % 2 == 1


def _balanced(words: str) -> bool:
    depth = 0
    for bracket in re.sub(r"\\.", "", words):
        depth += (bracket == "(") - (bracket == ")")
        if depth < 0:
            return False
    return depth == 0


def _number(weight: float) -> str:
    return f"{min(HIGHEST, max(LOWEST, weight)):.2f}".rstrip("0").rstrip(".")
