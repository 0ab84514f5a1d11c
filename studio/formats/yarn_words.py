"""Words and escapes of Yarn, both ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.document.dialogue.evaluation import written
from studio.document.dialogue.expression_parser import quoted

if TYPE_CHECKING:
    from studio.document.dialogue.story import Value

_SPECIAL = re.compile(r"[\\<>{}#\[\]]")
TAG = re.compile(r"[A-Za-z_][\w:\-]*", re.ASCII)
BREAKS = re.compile(r"\s*[\r\n\u2028\u2029\x0b\x0c\x85]\s*")
_TAIL = re.compile(r"(?<!\\)#(?P<tag>\S+)[ \t]*$")
_WORDS = {
    "is": "==",
    "eq": "==",
    "neq": "!=",
    "lt": "<",
    "gt": ">",
    "lte": "<=",
    "gte": ">=",
    "&&": "and",
    "||": "or",
    "!": "not ",
    "xor": "!=",
    "^": "!=",
}
_TOKEN = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|\$\w+|\b(?:is|eq|neq|lte|gte|lt|gt|xor)\b|visited_count\b|&&|\|\||!(?!=)|\^"
)


def yarn_literal(value: Value) -> str:
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{BREAKS.sub(" ", text)}"'
    return written(value)


def yarn_escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("//", "\\/\\/")


def _translated(found: re.Match[str]) -> str:
    token = found[0]
    if token.startswith('"'):
        return quoted(re.sub(r"\\(.)", r"\1", token[1:-1]))
    if token.startswith("$"):
        return token[1:]
    return "visits" if token == "visited_count" else _WORDS[token]


def cut_yarn_tags(text: str) -> tuple[str, tuple[str, ...], str]:
    tags: list[str] = []
    line_id = ""
    while found := _TAIL.search(text):
        if found["tag"].startswith("line:"):
            line_id = found["tag"].removeprefix("line:")
        else:
            tags.insert(0, found["tag"])
        text = text[: found.start()].rstrip()
    return text, tuple(tags), line_id


def yarn_unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def our_expression(yarn: str) -> str:
    """An expression of Yarn in our words; whether it means something is not looked at."""
    return _TOKEN.sub(_translated, yarn).strip()
