"""What the nodes of a conversation read and write."""

from __future__ import annotations

from collections.abc import Iterator

from studio.document.dialogue.expression import Expression, ExpressionError, walk
from studio.document.dialogue.expression_parser import parse_expression
from studio.document.dialogue.nodes import Condition, Line, Menu, Node, Set
from studio.document.dialogue.template import parse_template


def condition_sources(node: Node) -> Iterator[str]:
    """The texts of what decides the way."""
    if isinstance(node, Condition):
        yield from (branch.condition for branch in node.branches)
    elif isinstance(node, Menu):
        yield from (choice.condition for choice in node.choices if choice.condition)


def templates(node: Node) -> Iterator[str]:
    """The texts that players see."""
    if isinstance(node, Line):
        yield node.text
    elif isinstance(node, Menu):
        yield from (choice.text for choice in node.choices)


def expression_parts(node: Node) -> Iterator[Expression]:
    """All parts of all expressions of the node; those that mean nothing are passed over."""
    sources = [*condition_sources(node), *([node.value] if isinstance(node, Set) else [])]
    for source in sources:
        try:
            yield from walk(parse_expression(source))
        except ExpressionError:
            continue
    for text in templates(node):
        try:
            parts = parse_template(text)
        except ExpressionError:
            continue
        for part in parts:
            if not isinstance(part, str):
                yield from walk(part)
