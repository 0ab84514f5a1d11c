"""A script as indented lines, and which of them are more than something that is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_STATEMENT = re.compile(
    r"""==|->|//|:
    |[-+*](?=[ \t]|$)
    |(?:if|elif|set|jump|call|var)(?=[ \t]|$)
    |(?:else|otherwise|menu|random|return|end)(?=[ \t]*(?:$|\#))
    """,
    re.VERBOSE,
)
_TAB = 4
_BREAK = re.compile(r"\r\n|\r|\n")


class SourceLine(NamedTuple):
    """`number` counts from 1; `indent` is in columns, a tab reaching to the next fourth one."""

    number: int
    indent: int
    text: str
    column: int


def source_lines(script: str) -> Iterator[SourceLine]:
    """All lines that are not blank, without the white space around them."""
    for number, raw in enumerate(_BREAK.split(script.removeprefix("\ufeff")), start=1):
        text = raw.strip(" \t")
        if text:
            column = len(raw) - len(raw.lstrip(" \t"))
            yield SourceLine(number, len(raw[:column].expandtabs(_TAB)), text, column + 1)


def statement_word(text: str) -> str:
    """The word or sign that makes a line a statement; "" for what somebody says."""
    found = _STATEMENT.match(text)
    return found[0] if found else ""


def is_statement(text: str) -> bool:
    """Whether a line that begins so is more than something that is said."""
    return bool(statement_word(text))
