"""Whether an expression makes sense, and what kind of value it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studio.document.dialogue.expression import (
    COMPARISONS,
    Binary,
    Expression,
    ExpressionError,
    Literal,
    Name,
    Unary,
    Visits,
)
from studio.document.dialogue.story import Variable, VariableType

Scope = Mapping[str, tuple[str, Variable]]

_WORDS = {
    VariableType.BOOL: "true or false",
    VariableType.NUMBER: "a number",
    VariableType.STRING: "a text",
    VariableType.ENUM: "a value of its list",
}


class UnknownNameError(ExpressionError):
    """The expression names a variable that there is not; `name` is it."""

    def __init__(self, column: int, name: str) -> None:
        super().__init__(column, f"there is no variable “{name}”")
        self.name = name


class UnknownNodeError(ExpressionError):
    """The expression counts the visits of a node that there is not."""


def type_of(
    expression: Expression, scope: Scope, is_node: Callable[[str], bool] = lambda _: True
) -> VariableType:
    """BOOL, NUMBER or STRING; an enum's value is a string. Raises ExpressionError.

    `is_node` says whether the name in a `visits("…")` means a node.
    """
    match expression:
        case Literal(value=bool()):
            return VariableType.BOOL
        case Literal(value=str()):
            return VariableType.STRING
        case Literal():
            return VariableType.NUMBER
        case Visits(target=target, whether=whether, column=column):
            if not is_node(target):
                raise UnknownNodeError(column, f"there is no node “{target}”")
            return VariableType.BOOL if whether else VariableType.NUMBER
        case Name(name=name, column=column):
            if name not in scope:
                raise UnknownNameError(column, name)
            found = scope[name][1].type
            return VariableType.STRING if found is VariableType.ENUM else found
        case Unary(operator=operator, operand=operand, column=column):
            wanted = VariableType.BOOL if operator == "not" else VariableType.NUMBER
            _expect(type_of(operand, scope, is_node), wanted, operator, column)
            return wanted
        case Binary():
            left = type_of(expression.left, scope, is_node)
            right = type_of(expression.right, scope, is_node)
            _check_enums(expression, scope)
            return _type_of_operation(expression, left, right)


def check_assignment(
    variable: Variable,
    value: Expression,
    scope: Scope,
    is_node: Callable[[str], bool] = lambda _: True,
) -> None:
    """Raises ExpressionError where the variable cannot hold what the expression gives."""
    found = type_of(value, scope, is_node)
    wanted = VariableType.STRING if variable.type is VariableType.ENUM else variable.type
    if found is not wanted:
        reason = f"“{variable.name}” holds {_WORDS[variable.type]}, this is {_WORDS[found]}"
        raise ExpressionError(value.column, reason)
    if variable.type is VariableType.ENUM:
        _check_member(variable, value, scope)


def check_condition(
    expression: Expression, scope: Scope, is_node: Callable[[str], bool] = lambda _: True
) -> None:
    """Raises ExpressionError unless the expression is true or false."""
    found = type_of(expression, scope, is_node)
    if found is not VariableType.BOOL:
        raise ExpressionError(expression.column, f"this is {_WORDS[found]}, not true or false")


def _type_of_operation(expression: Binary, left: VariableType, right: VariableType) -> VariableType:
    operator, column = expression.operator, expression.column
    if operator in ("and", "or"):
        for side in (left, right):
            _expect(side, VariableType.BOOL, operator, column)
        return VariableType.BOOL
    if operator in ("==", "!=") or (operator == "+" and left is VariableType.STRING):
        if left is not right:
            raise ExpressionError(column, f"{_WORDS[left]} stands beside {_WORDS[right]}")
    else:
        for side in (left, right):
            _expect(side, VariableType.NUMBER, operator, column)
    return VariableType.BOOL if operator in COMPARISONS else left


def _expect(found: VariableType, wanted: VariableType, operator: str, column: int) -> None:
    if found is not wanted:
        reason = f"“{operator}” needs {_WORDS[wanted]}, this is {_WORDS[found]}"
        raise ExpressionError(column, reason)


def _check_enums(expression: Binary, scope: Scope) -> None:
    if expression.operator not in ("==", "!="):
        return
    for side, other in (
        (expression.left, expression.right),
        (expression.right, expression.left),
    ):
        if isinstance(side, Name) and scope[side.name][1].type is VariableType.ENUM:
            _check_member(scope[side.name][1], other, scope)


def _check_member(variable: Variable, value: Expression, scope: Scope) -> None:
    if isinstance(value, Literal) and value.value not in variable.values:
        raise ExpressionError(value.column, f"“{variable.name}” has no value “{value.value}”")
    if isinstance(value, Name):
        other = scope[value.name][1]
        if other.type is VariableType.ENUM and set(other.values) <= set(variable.values):
            return
    elif isinstance(value, Literal):
        return
    raise ExpressionError(value.column, f"“{variable.name}” takes only values of its list")
