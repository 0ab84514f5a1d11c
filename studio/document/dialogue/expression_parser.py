"""Expressions from text; never evaluated by Python."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from studio.document.dialogue.expression import (
    NOT_PRECEDENCE,
    PRECEDENCE,
    SIGN_PRECEDENCE,
    Binary,
    Expression,
    ExpressionError,
    Literal,
    Name,
    Unary,
    Visits,
)

DEEPEST = 60
"""Parentheses and operators in one another; the parser calls itself for each."""

LONGEST = 2000
"""Characters of an expression."""

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)
    |(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    |(?P<string>"(?:[^"\\\n]|\\["\\nt])*")
    |(?P<operator>==|!=|<=|>=|[<>()+\-*/%])
    )""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "t": "\t"}
_WORDS = frozenset({"and", "or", "not", "true", "false"})
_FUNCTIONS = {"visits": False, "visited": True}
NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
"""What a variable can be called."""


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


@lru_cache(maxsize=20_000)
def parse_expression(source: str) -> Expression:
    """The tree of `source`. Raises ExpressionError."""
    if len(source) > LONGEST:
        raise ExpressionError(LONGEST, f"an expression has at most {LONGEST} characters")
    parser = _Parser(_tokens(source))
    expression = parser.operation(0, 0)
    parser.expect_end()
    return expression


def is_variable_name(text: str) -> bool:
    """Whether a variable can be called so."""
    return bool(NAME.fullmatch(text)) and text not in _WORDS and text not in _FUNCTIONS


def quoted(text: str) -> str:
    """`text` as a literal of the expression language."""
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'


def unquoted(literal: str) -> str:
    """The text of a literal with its quotes."""
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), literal[1:-1])


def _tokens(source: str) -> list[_Token]:
    tokens, at = [], 0
    end = len(source.rstrip())
    while at < end:
        found = _TOKEN.match(source, at)
        if found is None:
            at += len(source[at:]) - len(source[at:].lstrip())
            if source[at] == '"':
                raise ExpressionError(at + 1, "this text has no closing quote, or a bad escape")
            if source[at] in "=&|!":
                raise ExpressionError(at + 1, "write == != and or not")
            raise ExpressionError(at + 1, f"“{source[at]}” means nothing here")
        kind = found.lastgroup or ""
        text = found[kind]
        tokens.append(_Token("operator" if text in _WORDS else kind, text, found.start(kind) + 1))
        at = found.end()
    tokens.append(_Token("end", "", end + 1))
    return tokens


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise ExpressionError(
                self._next.column, f"an operator is missing before “{self._next.text}”"
            )

    def operation(self, lowest: int, depth: int) -> Expression:
        """Operators that bind tighter than `lowest`."""
        if depth > DEEPEST:
            raise ExpressionError(self._next.column, "this is nested too deep")
        left = self._operand(depth)
        while True:
            operator = self._next
            precedence = PRECEDENCE.get(operator.text, 0) if operator.kind == "operator" else 0
            if precedence <= lowest:
                return left
            self._take()
            right = self.operation(precedence, depth + 1)
            left = Binary(operator.text, left, right, operator.column)

    def _operand(self, depth: int) -> Expression:
        token = self._take()
        match token.kind, token.text:
            case "number", text:
                number = float(text)
                if not math.isfinite(number):
                    raise ExpressionError(token.column, "this number is too large")
                return Literal(number, token.column)
            case "string", text:
                return Literal(unquoted(text), token.column)
            case "operator", ("true" | "false") as text:
                return Literal(text == "true", token.column)
            case "operator", "not":
                return Unary("not", self.operation(NOT_PRECEDENCE, depth + 1), token.column)
            case "operator", "-":
                return Unary("-", self.operation(SIGN_PRECEDENCE, depth + 1), token.column)
            case "operator", "(":
                inner = self.operation(0, depth + 1)
                self._close()
                return inner
            case "name", text if self._next.text == "(":
                return self._function(token)
            case "name", text:
                return Name(text, token.column)
            case "end", _:
                raise ExpressionError(token.column, "something is missing here")
        raise ExpressionError(token.column, f"“{token.text}” cannot stand here")

    def _close(self) -> None:
        if self._next.text != ")":
            raise ExpressionError(self._next.column, "a closing parenthesis is missing")
        self._take()

    def _function(self, name: _Token) -> Expression:
        if name.text not in _FUNCTIONS:
            raise ExpressionError(name.column, f"there is no function “{name.text}”")
        self._take()
        argument = self._take()
        if argument.kind != "string":
            raise ExpressionError(argument.column, 'name a node in quotes, as in visited("Menu")')
        self._close()
        return Visits(unquoted(argument.text), _FUNCTIONS[name.text], name.column)
