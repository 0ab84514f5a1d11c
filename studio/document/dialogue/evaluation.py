"""What expressions and templates come to while a conversation is played."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from studio.document.dialogue.expression import (
    Binary,
    Expression,
    Literal,
    Name,
    Unary,
    Visits,
)

if TYPE_CHECKING:
    from studio.document.dialogue.story import Value


class EvaluationError(Exception):
    """An expression has no value here; the text says why, to follow "because"."""


class Values(Protocol):
    """What an expression can ask while it is evaluated."""

    def value(self, name: str) -> Value:
        """Of a variable. Raises EvaluationError where there is none."""

    def visits(self, target: str) -> int:
        """How often a node was entered. Raises EvaluationError for no node."""


_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    # The sign of the dividend, as in the languages of Yarn, ink and browsers.
    "%": math.fmod,
}
_ORDER: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(expression: Expression, values: Values) -> Value:
    """The value of an expression. Raises EvaluationError."""
    match expression:
        case Literal(value=value):
            return value
        case Name(name=name):
            return values.value(name)
        case Visits(target=target, whether=whether):
            count = values.visits(target)
            return count > 0 if whether else float(count)
        case Unary(operator="not", operand=operand):
            return not truth(evaluate(operand, values))
        case Unary(operand=operand):
            return -_number(evaluate(operand, values))
        case Binary(operator="and", left=left, right=right):
            return truth(evaluate(left, values)) and truth(evaluate(right, values))
        case Binary(operator="or", left=left, right=right):
            return truth(evaluate(left, values)) or truth(evaluate(right, values))
        case Binary():
            return _operate(
                expression.operator,
                evaluate(expression.left, values),
                evaluate(expression.right, values),
            )


def truth(value: Value) -> bool:
    """The value of a condition. Raises EvaluationError for what is neither true nor false."""
    if not isinstance(value, bool):
        raise EvaluationError(f"{written(value)} is neither true nor false")
    return value


def written(value: Value) -> str:
    """As a line shows it: `true`, `3`, `0.5`; a text as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value


def _operate(name: str, left: Value, right: Value) -> Value:
    if name in ("==", "!="):
        if isinstance(left, bool) is not isinstance(right, bool):
            raise EvaluationError(f"{written(left)} cannot be compared with {written(right)}")
        return (left == right) is (name == "==")
    if name == "+" and isinstance(left, str) and isinstance(right, str):
        return left + right
    if name in _ORDER:
        return _ORDER[name](_number(left), _number(right))
    try:
        result = _ARITHMETIC[name](_number(left), _number(right))
    except (ZeroDivisionError, ValueError) as error:
        raise EvaluationError("nothing can be divided by zero") from error
    if not math.isfinite(result):
        raise EvaluationError("the number is too large")
    return result


def _number(value: Value) -> float:
    if isinstance(value, bool) or not isinstance(value, float):
        raise EvaluationError(f"“{written(value)}” is no number")
    return value
