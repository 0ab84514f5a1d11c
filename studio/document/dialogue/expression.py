"""The tree of an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


class ExpressionError(ValueError):
    """An expression that means nothing; `column` counts its characters from 1."""

    def __init__(self, column: int, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


@dataclass(frozen=True, slots=True)
class Literal:
    """`true`, `false`, a number or a text in double quotes."""

    value: bool | float | str
    column: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    name: str
    column: int = 0


@dataclass(frozen=True, slots=True)
class Visits:
    """`visits("Menu")`, how often that node was entered, or `visited("Menu")`, whether it was."""

    target: str
    whether: bool
    column: int = 0


@dataclass(frozen=True, slots=True)
class Unary:
    """`operator` is `not` or `-`."""

    operator: str
    operand: Expression
    column: int = 0


@dataclass(frozen=True, slots=True)
class Binary:
    """`operator` is `or and == != < <= > >= + - * / %`."""

    operator: str
    left: Expression
    right: Expression
    column: int = 0


Expression = Literal | Name | Visits | Unary | Binary

PRECEDENCE = {
    "or": 1,
    "and": 2,
    "==": 4,
    "!=": 4,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
"""Higher binds tighter; `not` lies at 3 and the sign at 7."""

NOT_PRECEDENCE = 3
SIGN_PRECEDENCE = 7
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and all its parts."""
    todo: list[Expression] = [expression]
    while todo:
        part = todo.pop()
        yield part
        if isinstance(part, Unary):
            todo.append(part.operand)
        elif isinstance(part, Binary):
            todo += (part.right, part.left)
