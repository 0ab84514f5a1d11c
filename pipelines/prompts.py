"""The prompt language people know: alternatives, wildcards, weights and LoRA tags. Pure text."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

MAX_DEPTH = 16  # nested braces, wildcards or brackets; deeper ones are left as they stand
MAX_CHOSEN = 100_000  # letters; wildcards that name each other twice would double without end
_LORA = re.compile(r"<lora:([^:<>]+)(?::(-?\d+(?:\.\d+)?))?(?::[^<>]*)?>")
_INNERMOST = re.compile(r"\{([^{}]*)\}")
_WILDCARD = re.compile(r"__([\w][\w\-/ ]*?)__")
_WEIGHT = re.compile(r":\s*([+-]?(?:\d+(?:\.\d+)?|\.\d+))\s*$")

Wildcards = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a prompt and its weight (1 is plain)."""

    text: str
    weight: float


def split_loras(prompt: str) -> tuple[str, tuple[tuple[str, float], ...]]:
    """The prompt without its `<lora:name:0.8>` tags, and their names and weights."""
    found = tuple((m[1].strip(), float(m[2] or 1)) for m in _LORA.finditer(prompt))
    if not found:
        return prompt, ()
    rest = _LORA.sub("", prompt)
    return re.sub(r"[ \t]{2,}", " ", re.sub(r"\s*,(\s*,)+", ",", rest)).strip(" ,"), found


def no_wildcards(_name: str) -> Sequence[str]:
    """Every `__name__` stays as it stands."""
    return ()


def choose(prompt: str, seed: int, wildcards: Wildcards = no_wildcards) -> str:
    """Chooses one of each `{a|b|c}` and a line for each `__name__`, the same for the same seed.

    A wildcard without lines stays as it stands. Braces without a bar are left alone.
    """
    chooser = random.Random(seed)

    def one_of(match: re.Match[str]) -> str:
        return chooser.choice(match[1].split("|")).strip() if "|" in match[1] else f"\0{match[1]}\1"

    def line_of(match: re.Match[str]) -> str:
        lines = wildcards(match[1])
        return chooser.choice(lines) if lines else match[0]

    for _ in range(MAX_DEPTH):
        chosen = _WILDCARD.sub(line_of, _INNERMOST.sub(one_of, prompt))
        if chosen == prompt or len(chosen) > MAX_CHOSEN:
            break
        prompt = chosen
    return prompt.replace("\0", "{").replace("\1", "}")


def read_wildcards(folder: Path) -> Wildcards:
    """Looks names up as `folder/name.txt`: a line each, `#` begins a comment.

    A file that is not there or cannot be read has no lines.
    """
    root = Path(os.path.realpath(folder))  # where Path.resolve would raise for links in a circle

    def lines(name: str) -> Sequence[str]:
        path = Path(os.path.realpath(root / f"{name}.txt"))
        if not path.is_relative_to(root) or not os.path.isfile(path):
            return ()
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ()
        return [s for s in (line.strip() for line in text.splitlines()) if s and s[0] != "#"]

    return lines


def spans(prompt: str) -> tuple[Span, ...]:
    r"""The weights of a prompt in A1111's notation, joined text equals the words.

    `(word)` is 1.1, `((word))` 1.21, `[word]` 1/1.1, `(word:1.3)` 1.3; `\(` is a plain bracket;
    what is not closed ends with the prompt.
    """
    found: list[Span] = []
    opened: list[tuple[str, int]] = []  # the bracket, and where its text begins in `found`
    text = ""
    position = 0

    def flush() -> None:
        nonlocal text
        if text:
            found.append(Span(text, 1.0))
            text = ""

    def close(bracket: str, weight: float) -> None:
        _, begin = opened.pop()
        factor = weight if bracket == "(" else 1 / weight
        found[begin:] = [Span(s.text, s.weight * factor) for s in found[begin:]]

    while position < len(prompt):
        letter = prompt[position]
        if letter == "\\" and prompt[position + 1 : position + 2] in ("(", ")", "[", "]", "\\"):
            text += prompt[position + 1]
            position += 1
        elif letter in "([" and len(opened) < MAX_DEPTH:
            flush()
            opened.append((letter, len(found)))
        elif letter == ")" and opened and opened[-1][0] == "(":
            given = _WEIGHT.search(text)
            if given:
                text = text[: given.start()]
            flush()
            close("(", float(given[1]) if given else 1.1)
        elif letter == "]" and opened and opened[-1][0] == "[":
            flush()
            close("[", 1.1)
        else:
            text += letter
        position += 1
    flush()
    while opened:
        close(opened[-1][0], 1.1)
    return _merge(found)


def _merge(found: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in found:
        if merged and merged[-1].weight == span.weight:
            merged[-1] = Span(merged[-1].text + span.text, span.weight)
        else:
            merged.append(span)
    return tuple(merged)


def is_weighted(prompt: str) -> bool:
    """Whether any word counts more or less than another."""
    return any(span.weight != 1.0 for span in spans(prompt))


def plain(prompt: str) -> str:
    """The words without their weights."""
    return "".join(span.text for span in spans(prompt))
