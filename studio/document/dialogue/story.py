"""Conversations, their variables, and all of a project's together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from studio.document.dialogue.nodes import Node

Value = bool | float | str
"""What a variable can hold; the value of an enum is its name as a string."""


class VariableType(StrEnum):
    """What a variable holds."""

    BOOL = "bool"
    NUMBER = "number"
    STRING = "string"
    ENUM = "enum"


@dataclass(frozen=True, slots=True)
class Variable:
    """A typed variable; dots in its name are folders, as in `quest.lighthouse.lit`.

    `values` are those of an enum. A variable of a conversation is seen in that conversation only;
    it keeps its value when the conversation is entered again.
    """

    name: str
    type: VariableType
    initial: Value
    values: tuple[str, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)


class Place(NamedTuple):
    """A node of a story. As text it is `node` inside its conversation and `conversation/node` from
    another one; `conversation/` is where that one starts.
    """

    conversation: str
    node: str

    def __str__(self) -> str:
        return f"{self.conversation}/{self.node}"

    @classmethod
    def read(cls, text: str, here: str) -> Place:
        """The place that `text` names in the conversation `here`."""
        conversation, slash, node = text.partition("/")
        return cls(conversation, node) if slash else cls(here, text)


@dataclass(frozen=True)
class Conversation:
    """Nodes in the order in which the script tells them; the play starts at the node `start`.

    `id` is permanent and needs no escape anywhere: letters, digits and "_". `positions` are those
    of the nodes in the graph, in its units. `lines_made` counts all lines and choices there ever
    were, so that no line id is given twice.
    """

    id: str
    title: str = ""
    start: str = ""
    nodes: tuple[Node, ...] = ()
    variables: tuple[Variable, ...] = ()
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    lines_made: int = 0
    extras: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """Of nodes with the same id the first."""
        found: dict[str, Node] = {}
        for node in self.nodes:
            found.setdefault(node.id, node)
        return found

    @cached_property
    def by_title(self) -> dict[str, str]:
        """The id of each title's node; of several the first."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if node.title:
                found.setdefault(node.title, node.id)
        return found


@dataclass(frozen=True)
class Story:
    """All conversations that can call each other, and the variables that all of them see."""

    conversations: tuple[Conversation, ...] = ()
    variables: tuple[Variable, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Conversation]:
        """Of conversations with the same id the first."""
        found: dict[str, Conversation] = {}
        for conversation in self.conversations:
            found.setdefault(conversation.id, conversation)
        return found

    def find(self, place: Place) -> Node | None:
        """The node at a place; without a node's id, the one where the conversation starts."""
        conversation = self.by_id.get(place.conversation)
        if conversation is None:
            return None
        return conversation.by_id.get(place.node or conversation.start)

    def resolve(self, text: str, here: str) -> Place | None:
        """The place of the node that `text` names by its id or else title; None for no node."""
        conversation_id, name = Place.read(text, here)
        conversation = self.by_id.get(conversation_id)
        if conversation is None:
            return None
        name = name or conversation.start
        if name not in conversation.by_id:
            name = conversation.by_title.get(name, "")
        return Place(conversation_id, name) if name else None

    @cached_property
    def _scopes(self) -> dict[str, dict[str, tuple[str, Variable]]]:
        shared = {each.name: (each.name, each) for each in self.variables}
        return {
            conversation.id: shared
            | {
                each.name: (f"{conversation.id}/{each.name}", each)
                for each in conversation.variables
            }
            for conversation in self.conversations
        }

    def scope(self, conversation: str) -> Mapping[str, tuple[str, Variable]]:
        """What each name means in a conversation: a key unique in the story, and the variable.

        The key of a variable of all conversations is its name.
        """
        return self._scopes.get(conversation, {})

    def initial_values(self) -> dict[str, Value]:
        """The value of every variable before anything is played, by its unique key."""
        values = {each.name: each.initial for each in self.variables}
        for conversation in self.conversations:
            for each in conversation.variables:
                values[f"{conversation.id}/{each.name}"] = each.initial
        return values
