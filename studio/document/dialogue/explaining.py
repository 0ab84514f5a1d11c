"""Why a condition is false: its smallest part that makes it so."""

from __future__ import annotations

from studio.document.dialogue.evaluation import EvaluationError, Values, evaluate, written
from studio.document.dialogue.expression import (
    NOT_PRECEDENCE,
    PRECEDENCE,
    SIGN_PRECEDENCE,
    Binary,
    Expression,
    Literal,
    Name,
    Unary,
    Visits,
)
from studio.document.dialogue.expression_parser import parse_expression, quoted


def false_part(condition: str, values: Values) -> str:
    """The part of a false condition that a person would have to change, as text."""
    return format_expression(_false_part(parse_expression(condition), values))


def format_expression(expression: Expression, around: int = 0) -> str:
    """An expression as text, with the parentheses it needs inside an operator of `around`."""
    match expression:
        case Literal(value=value):
            return quoted(value) if isinstance(value, str) else written(value)
        case Name(name=name):
            return name
        case Visits(target=target, whether=whether):
            return f"{'visited' if whether else 'visits'}({quoted(target)})"
        case Unary(operator=operator, operand=operand):
            own = NOT_PRECEDENCE if operator == "not" else SIGN_PRECEDENCE
            space = " " if operator == "not" else ""
            text = f"{operator}{space}{format_expression(operand, own)}"
        case Binary(operator=operator, left=left, right=right):
            own = PRECEDENCE[operator]
            text = f"{format_expression(left, own)} {operator} {format_expression(right, own + 1)}"
    return f"({text})" if own < around else text


def _false_part(expression: Expression, values: Values) -> Expression:
    if isinstance(expression, Binary) and expression.operator == "and":
        for side in (expression.left, expression.right):
            try:
                if evaluate(side, values) is False:
                    return _false_part(side, values)
            except EvaluationError:
                return side
    return expression
