"""Findings about variables and expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from studio.document.dialogue.expression import Expression, ExpressionError, Name, Visits
from studio.document.dialogue.expression_parser import is_variable_name, parse_expression
from studio.document.dialogue.expression_types import (
    UnknownNameError,
    UnknownNodeError,
    check_assignment,
    check_condition,
    type_of,
)
from studio.document.dialogue.findings import Finding
from studio.document.dialogue.nodes import Condition, Menu, Node, Set
from studio.document.dialogue.story import Place, Story, Variable, VariableType
from studio.document.dialogue.template import parse_template
from studio.document.dialogue.uses import expression_parts, templates


def check_variables(story: Story) -> Iterator[Finding]:
    """Every expression, then every variable."""
    for conversation in story.conversations:
        for node in conversation.nodes:
            yield from _Node(story, node, Place(conversation.id, node.id)).findings()
    read, changed = used_variables(story)
    scopes = [("", "", story.variables)]
    scopes += [(each.id, f"{each.id}/", each.variables) for each in story.conversations]
    for conversation_id, prefix, variables in scopes:
        place = Place(conversation_id, "")
        seen: set[str] = set()
        for variable in variables:
            name, key = variable.name, prefix + variable.name
            if name in seen:
                yield Finding("duplicate_id", place, f"two variables are called “{name}”", name)
            elif reason := _wrong(variable):
                yield Finding("type_error", place, reason, name)
            elif key not in read and key not in changed:
                yield Finding("unused_variable", place, f"“{name}” is never used", name)
            elif key not in read:
                yield Finding("unused_variable", place, f"“{name}” is set and never read", name)
            elif key not in changed:
                yield Finding("never_changed", place, f"nothing here changes “{name}”", name)
            seen.add(name)


def used_variables(story: Story) -> tuple[set[str], set[str]]:
    """The unique keys of the variables that something reads, and of those that something sets.

    What a variable reads to set itself does not count as reading.
    """
    read, changed = set(), set()
    for conversation in story.conversations:
        scope = story.scope(conversation.id)
        for node in conversation.nodes:
            own = node.variable if isinstance(node, Set) else ""
            if own in scope:
                changed.add(scope[own][0])
            for part in expression_parts(node):
                if isinstance(part, Name) and part.name in scope and part.name != own:
                    read.add(scope[part.name][0])
    return read, changed


def _wrong(variable: Variable) -> str:
    """Why a variable cannot be as it is declared; "" where it can."""
    name, initial = variable.name, variable.initial
    if not is_variable_name(name):
        return f"“{name}” cannot name a variable"
    right = {VariableType.BOOL: bool, VariableType.NUMBER: float}.get(variable.type, str)
    if not isinstance(initial, right):
        return f"“{name}” begins with a value of another type"
    if variable.type is VariableType.ENUM and initial not in variable.values:
        return f"“{name}” begins with “{initial}”, which is not in its list"
    return ""


class _Node:
    def __init__(self, story: Story, node: Node, place: Place) -> None:
        self._node, self._place = node, place
        self._scope = story.scope(place.conversation)
        self._is_node = lambda name: story.resolve(name, place.conversation) is not None

    def findings(self) -> Iterator[Finding]:
        node = self._node
        for text in templates(node):
            try:
                parts = parse_template(text)
            except ExpressionError as error:
                yield self._finding("bad_expression", error, "")
                continue
            for part in parts:
                if not isinstance(part, str):
                    yield from self._check(part, "", lambda each: self._type(each))
        if isinstance(node, Condition):
            for number, branch in enumerate(node.branches):
                yield from self._condition(branch.condition, str(number))
        elif isinstance(node, Menu):
            for choice in node.choices:
                if choice.condition:
                    yield from self._condition(choice.condition, choice.id)
        elif isinstance(node, Set):
            yield from self._assignment(node)

    def _type(self, expression: Expression) -> None:
        type_of(expression, self._scope, self._is_node)

    def _condition(self, source: str, part: str) -> Iterator[Finding]:
        yield from self._check(
            source, part, lambda each: check_condition(each, self._scope, self._is_node)
        )

    def _assignment(self, node: Set) -> Iterator[Finding]:
        found = self._scope.get(node.variable)
        if found is None:
            reason = f"there is no variable “{node.variable}”"
            yield Finding("undefined_variable", self._place, reason, node.variable)
            return
        variable = found[1]
        yield from self._check(
            node.value,
            node.variable,
            lambda each: check_assignment(variable, each, self._scope, self._is_node),
        )

    def _check(
        self, source: str | Expression, part: str, check: Callable[[Expression], None]
    ) -> Iterator[Finding]:
        try:
            check(parse_expression(source) if isinstance(source, str) else source)
        except UnknownNameError as error:
            yield self._finding("undefined_variable", error, part)
        except UnknownNodeError as error:
            yield self._finding("unknown_target", error, part)
        except ExpressionError as error:
            known = isinstance(source, str) and not _parses(source)
            yield self._finding("bad_expression" if known else "type_error", error, part)

    def _finding(self, code: str, error: ExpressionError, part: str) -> Finding:
        return Finding(code, self._place, f"column {error.column}: {error.reason}", part)


def _parses(source: str) -> bool:
    try:
        parse_expression(source)
    except ExpressionError:
        return False
    return True


def counted_places(story: Story, node: Node, conversation: str) -> Iterator[Place]:
    """The nodes whose visits an expression of the node counts."""
    for part in expression_parts(node):
        if isinstance(part, Visits):
            place = story.resolve(part.target, conversation)
            if place is not None:
                yield place
