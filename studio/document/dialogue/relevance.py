"""What of a play's state can matter for the way it takes, so that exploring stays small."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

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
from studio.document.dialogue.nodes import Node, Set
from studio.document.dialogue.story import Place, Story, Value, Variable, VariableType
from studio.document.dialogue.uses import condition_sources

MOST_EXTERNAL = 24
"""Beginnings that are tried for the variables that only the game itself sets."""


@dataclass(slots=True)
class Relevance:
    """`values` and `visits` are what conditions depend on, by key and by place.

    `ceilings` and `floors` are values beyond which a number that only grows, or only shrinks,
    makes no difference any more. `external` are relevant variables that nothing in the story sets,
    each with the values worth trying.
    """

    values: tuple[str, ...] = ()
    visits: tuple[Place, ...] = ()
    ceilings: dict[str | Place, float] = field(default_factory=dict)
    floors: dict[str, float] = field(default_factory=dict)
    external: dict[str, tuple[Value, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Facts:
    """What was seen of variables and visits, by key or place."""

    constants: dict[str | Place, set[float]] = field(default_factory=lambda: defaultdict(set))
    complex: set[str | Place] = field(default_factory=set)
    needed: set[str | Place] = field(default_factory=set)
    sets: dict[str, list[tuple[str, Expression]]] = field(default_factory=lambda: defaultdict(list))


def relevance(story: Story) -> Relevance:
    """Looks at every condition, and at what sets the variables in them."""
    facts = _Facts()
    for node, here in _nodes(story):
        for source in condition_sources(node):
            try:
                tree = parse_expression(source)
            except ExpressionError:
                continue
            _note_reads(story, tree, here, facts)
        if isinstance(node, Set) and node.variable in story.scope(here):
            try:
                tree = parse_expression(node.value)
            except ExpressionError:
                continue
            facts.sets[story.scope(here)[node.variable][0]].append((here, tree))
    _follow_sets(story, facts)
    found = Relevance(
        tuple(sorted(each for each in facts.needed if isinstance(each, str))),
        tuple(sorted(each for each in facts.needed if not isinstance(each, str))),
    )
    for place in found.visits:
        if place not in facts.complex:
            found.ceilings[place] = max(facts.constants[place], default=0.0) + 1
    types = _types(story)
    for key in found.values:
        if key not in facts.sets:
            found.external[key] = _worth_trying(story, key, facts)
        elif types[key] is VariableType.NUMBER and key not in facts.complex:
            _bound(story, key, facts, found)
    return found


def _nodes(story: Story) -> Iterator[tuple[Node, str]]:
    for conversation in story.conversations:
        for node in conversation.nodes:
            yield node, conversation.id


def _key(story: Story, part: Expression, here: str) -> str | Place | None:
    match part:
        case Name(name=name):
            found = story.scope(here).get(name)
            return found[0] if found else None
        case Visits(target=target):
            return story.resolve(target, here)
    return None


def _note_reads(story: Story, tree: Expression, here: str, facts: _Facts) -> None:
    simple: set[int] = set()
    for part in walk(tree):
        if isinstance(part, Binary) and part.operator in COMPARISONS:
            for side, other in ((part.left, part.right), (part.right, part.left)):
                number = _constant(other)
                key = _key(story, side, here)
                if key is not None and number is not None:
                    facts.constants[key].add(number)
                    simple.add(id(side))
        key = _key(story, part, here)
        if key is not None:
            facts.needed.add(key)
            if isinstance(part, Visits) and part.whether:
                facts.constants[key].add(0.0)
            elif id(part) not in simple:
                facts.complex.add(key)


def _follow_sets(story: Story, facts: _Facts) -> None:
    """What relevant variables are made of is relevant as well."""
    todo = [each for each in facts.needed if isinstance(each, str)]
    while todo:
        target = todo.pop()
        for here, tree in facts.sets.get(target, ()):
            if _growth(story, target, here, tree) is not None or isinstance(tree, Literal):
                continue
            for part in walk(tree):
                key = _key(story, part, here)
                if key is None:
                    continue
                facts.complex |= {key, target}
                if key not in facts.needed:
                    facts.needed.add(key)
                    if isinstance(key, str):
                        todo.append(key)


def _growth(story: Story, target: str, here: str, tree: Expression) -> float | None:
    """By how much a variable grows where it is set to itself and a constant; None elsewhere."""
    if not isinstance(tree, Binary) or tree.operator not in "+-":
        return None
    sign = 1 if tree.operator == "+" else -1
    number = _constant(tree.right)
    if number is not None and _key(story, tree.left, here) == target:
        return sign * number
    number = _constant(tree.left)
    if sign == 1 and number is not None and _key(story, tree.right, here) == target:
        return number
    return None


def _bound(story: Story, key: str, facts: _Facts, found: Relevance) -> None:
    steps = [_growth(story, key, here, tree) for here, tree in facts.sets[key]]
    growths = [step for step in steps if step is not None]
    others = [tree for (_, tree), step in zip(facts.sets[key], steps, strict=True) if step is None]
    if not all(_constant(tree) is not None for tree in others):
        return
    constants = facts.constants[key] or {0.0}
    if all(step >= 0 for step in growths):
        found.ceilings[key] = max(constants) + 1
    elif all(step <= 0 for step in growths):
        found.floors[key] = min(constants) - 1


def _worth_trying(story: Story, key: str, facts: _Facts) -> tuple[Value, ...]:
    variable = _variables(story)[key]
    match variable.type:
        case VariableType.BOOL:
            return (False, True)
        case VariableType.ENUM:
            return variable.values
        case VariableType.NUMBER if key not in facts.complex:
            points = {variable.initial if isinstance(variable.initial, float) else 0.0}
            for constant in facts.constants[key]:
                points |= {constant - 1, constant, constant + 1}
            return tuple(sorted(points))
    return (variable.initial,)


def _variables(story: Story) -> dict[str, Variable]:
    return {
        key: each for scope in story.conversations for key, each in story.scope(scope.id).values()
    }


def _types(story: Story) -> dict[str, VariableType]:
    return {key: each.type for key, each in _variables(story).items()}


def _constant(tree: Expression) -> float | None:
    match tree:
        case Literal(value=float() as number):
            return number
        case Unary(operator="-", operand=Literal(value=float() as number)):
            return -number
    return None
