"""Texts with values in them: `I count {trust} favours`; `{{` and `}}` are the braces themselves."""

from __future__ import annotations

import re
from functools import lru_cache

from studio.document.dialogue.expression import Expression, ExpressionError
from studio.document.dialogue.expression_parser import parse_expression

_PART = re.compile(r'\{\{|\}\}|\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}|[{}]')

Template = tuple[str | Expression, ...]


@lru_cache(maxsize=20_000)
def parse_template(text: str) -> Template:
    """Its pieces in their order, no two of them texts. Raises ExpressionError."""
    parts: list[str | Expression] = []
    plain, end = "", 0
    for found in _PART.finditer(text):
        plain += text[end : found.start()]
        end = found.end()
        if found[0] in ("{{", "}}"):
            plain += found[0][0]
            continue
        if found[1] is None:
            reason = f"“{found[0]}” has no partner; write {found[0] * 2} for the brace itself"
            raise ExpressionError(found.start() + 1, reason)
        try:
            expression = parse_expression(found[1])
        except ExpressionError as error:
            raise ExpressionError(found.start(1) + error.column, error.reason) from error
        parts += [plain, expression] if plain else [expression]
        plain = ""
    plain += text[end:]
    return (*parts, plain) if plain else tuple(parts)


def literal(text: str) -> str:
    """The template that shows `text` as it is."""
    return text.replace("{", "{{").replace("}", "}}")
