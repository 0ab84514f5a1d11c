"""What a condition can come to, from the values its variables can have anywhere in the story."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from studio.document.dialogue.evaluation import EvaluationError, evaluate, truth
from studio.document.dialogue.expression import (
    COMPARISONS,
    Binary,
    Expression,
    ExpressionError,
    Literal,
    Name,
    Unary,
    Visits,
    walk,
)
from studio.document.dialogue.expression_parser import parse_expression
from studio.document.dialogue.story import Story, Value, VariableType

MOST_COMBINATIONS = 512
BOTH = frozenset({True, False})


def possible_outcomes(story: Story, condition: str, conversation: str) -> frozenset[bool]:
    """The truths a condition may come to; both where that cannot be told.

    Numbers may be anything, so the values tried lie on, between and beyond the constants that they
    are compared with.
    """
    try:
        tree = parse_expression(condition)
    except ExpressionError:
        return BOTH
    choices: dict[str, tuple[Value, ...]] = {}
    scope = story.scope(conversation)
    compared = set(map(id, _compared(tree)))
    points = _points(tree)
    for part in walk(tree):
        match part:
            case Visits(target=target):
                if id(part) not in compared and not part.whether:
                    return BOTH
                choices[f"visits {target}"] = tuple(
                    sorted({0.0, 1.0, *(point for point in points if point >= 0)})
                )
            case Name(name=name):
                if name not in scope:
                    return BOTH
                variable = scope[name][1]
                if variable.type is VariableType.BOOL:
                    choices[name] = (False, True)
                elif variable.type is VariableType.ENUM:
                    choices[name] = variable.values
                elif variable.type is VariableType.NUMBER and id(part) in compared:
                    choices[name] = points
                else:
                    return BOTH
    size = 1
    for values in choices.values():
        size *= len(values)
    if size > MOST_COMBINATIONS:
        return BOTH
    try:
        return frozenset(
            truth(evaluate(tree, _Given(dict(zip(choices, values, strict=True)))))
            for values in product(*choices.values())
        )
    except EvaluationError:
        return BOTH


def _compared(tree: Expression) -> Iterator[Expression]:
    """What is compared with a constant, and with nothing else."""
    for part in walk(tree):
        if isinstance(part, Binary) and part.operator in COMPARISONS:
            if _is_constant(part.right):
                yield part.left
            elif _is_constant(part.left):
                yield part.right


def _points(tree: Expression) -> tuple[float, ...]:
    constants = sorted(
        sign * part.value
        for part in walk(tree)
        if isinstance(part, Literal) and isinstance(part.value, float)
        for sign in (1, -1)
    )
    if not constants:
        return (0.0,)
    between = [(low + high) / 2 for low, high in pairwise(constants)]
    return tuple(sorted({constants[0] - 1, *constants, *between, constants[-1] + 1}))


def _is_constant(tree: Expression) -> bool:
    return isinstance(tree, Literal) or (
        isinstance(tree, Unary) and isinstance(tree.operand, Literal)
    )


class _Given:
    def __init__(self, values: dict[str, Value]) -> None:
        self._values = values

    def value(self, name: str) -> Value:
        return self._values[name]

    def visits(self, target: str) -> int:
        value = self._values[f"visits {target}"]
        return int(value) if isinstance(value, float) else 0
