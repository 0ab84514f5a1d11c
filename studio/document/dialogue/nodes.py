"""The nodes of a conversation, and the wires between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

NOWHERE = ""
"""The target of a wire that leads nowhere yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a player can pick.

    `id` is permanent and unique in its conversation. `condition` is an expression, or "" for
    always; a choice that is `once` is gone after it was picked.
    """

    id: str
    text: str = ""
    target: str = NOWHERE
    condition: str = ""
    once: bool = False
    line_id: str = ""
    tags: tuple[str, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One way out of a condition: the first branch whose expression is true is taken."""

    condition: str
    target: str = NOWHERE
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """One way out of a random node, taken as often as its `weight` (above 0) says."""

    weight: float = 1.0
    target: str = NOWHERE
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes have.

    `id` is permanent, made by the program and unique in its conversation; `title` is free text.
    `intended` lists the codes of findings that the author means to be so. `extras` holds members
    that this version does not know; they are kept.
    """

    id: str
    title: str = ""
    tags: tuple[str, ...] = ()
    intended: tuple[str, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Node):
    """Somebody says something.

    `speaker` is the id of a bible entry, or a name, or "" for the narrator. `text` is a template
    (see `template`); `line_id` is permanent and readable, for translations and recordings.
    """

    text: str = ""
    speaker: str = ""
    line_id: str = ""
    next: str = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(Node):
    """The player picks. `fallback` is where it goes where nothing can be picked, or None."""

    choices: tuple[Choice, ...] = ()
    fallback: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Node):
    """The way depends on variables; `otherwise` is taken where no branch is."""

    branches: tuple[Branch, ...] = ()
    otherwise: str = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Set(Node):
    """A variable gets the value of an expression."""

    variable: str = ""
    value: str = ""
    next: str = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump(Node):
    """Goes on at another node, which may lie in another conversation: see `story.Place`."""

    target: str = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """Plays from `target` until a return, then goes on at `next`."""

    target: str = NOWHERE
    next: str = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Node):
    """Goes back to behind the last call; without one, the play ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Random(Node):
    """Chance picks the way."""

    chances: tuple[Chance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Node):
    """A note for people; the play passes through."""

    text: str = ""
    next: str = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Node):
    """The play ends here, as the author means it to."""


Passing = Line | Set | Call | Comment
"""Nodes with one wire, `next`."""

Branching = Menu | Condition | Random
"""Nodes whose wires are several."""


def wires(node: Node) -> tuple[str, ...]:
    """The targets of the node's wires, in the order in which they are drawn.

    What a jump or a call names is no wire: it may lie in another conversation.
    """
    match node:
        case Line(next=after) | Set(next=after) | Call(next=after) | Comment(next=after):
            return (after,)
        case Menu(choices=choices, fallback=fallback):
            targets = tuple(choice.target for choice in choices)
            return targets if fallback is None else (*targets, fallback)
        case Condition(branches=branches, otherwise=otherwise):
            return (*(branch.target for branch in branches), otherwise)
        case Random(chances=chances):
            return tuple(chance.target for chance in chances)
    return ()


def rewired(node: Node, change: Callable[[str], str]) -> Node:
    """The node with every wire's target replaced by what `change` gives for it."""
    match node:
        case Line() | Set() | Call() | Comment():
            return replace(node, next=change(node.next))
        case Menu(choices=choices, fallback=fallback):
            return replace(
                node,
                choices=tuple(replace(each, target=change(each.target)) for each in choices),
                fallback=None if fallback is None else change(fallback),
            )
        case Condition(branches=branches, otherwise=otherwise):
            return replace(
                node,
                branches=tuple(replace(each, target=change(each.target)) for each in branches),
                otherwise=change(otherwise),
            )
        case Random(chances=chances):
            return replace(
                node,
                chances=tuple(replace(each, target=change(each.target)) for each in chances),
            )
    return node
