"""How the graph of a conversation is told as text: what gets a heading, what is told in a block."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from studio.document.dialogue.nodes import Branching, Call, Jump, Node, wires
from studio.document.dialogue.story import Conversation, Place

DEEPEST = 6
"""Blocks in one another; what lies deeper gets a heading."""


@dataclass(slots=True)
class Layout:
    """`heads` are nodes with a heading, in the order of the text. `gathers` says for a node with
    several wires where they meet again, when that is told right behind it.
    """

    heads: list[str] = field(default_factory=list)
    gathers: dict[str, str] = field(default_factory=dict)


def lay_out(conversation: Conversation, forced: Collection[str], *, flat: bool = False) -> Layout:
    """Every node is a head, in a head's chain, in a block, or a gather.

    `forced` are the ids of nodes that need a heading because something names them. With `flat`
    there are no gathers: whatever is reached by two ways has a heading.
    """
    graph = _Graph(conversation)
    heads = _first_heads(conversation, graph, forced)
    order = graph.reverse_postorder(heads)
    rank = {node_id: number for number, node_id in enumerate(order)}
    dominator = _dominators(order, rank, graph, set(heads))
    return _decide(conversation, graph, order, rank, dominator, set(heads), flat)


def named_inside(conversation: Conversation) -> Iterator[str]:
    """The ids of its nodes that its own jumps and calls name."""
    for node in conversation.nodes:
        if isinstance(node, Jump | Call):
            place = Place.read(node.target, conversation.id)
            if place.conversation == conversation.id and place.node:
                yield place.node


class _Graph:
    def __init__(self, conversation: Conversation) -> None:
        known = conversation.by_id
        self.after = {
            node_id: [target for target in wires(node) if target in known]
            for node_id, node in known.items()
        }
        self.before: dict[str, list[str]] = {node_id: [] for node_id in known}
        for node_id, targets in self.after.items():
            for target in targets:
                self.before[target].append(node_id)

    def reverse_postorder(self, heads: list[str]) -> list[str]:
        """From the heads, which grow by one node of every circle that they do not reach."""
        done: list[str] = []
        seen: set[str] = set()
        for head in reversed(heads):
            self._visit(head, seen, done)
        for node_id in self.after:
            if node_id not in seen:
                heads.append(node_id)
                self._visit(node_id, seen, done)
        return done[::-1]

    def _visit(self, root: str, seen: set[str], done: list[str]) -> None:
        if root in seen:
            return
        seen.add(root)
        stack = [(root, iter(self.after[root]))]
        while stack:
            node_id, targets = stack[-1]
            for target in targets:
                if target not in seen:
                    seen.add(target)
                    stack.append((target, iter(self.after[target])))
                    break
            else:
                done.append(node_id)
                stack.pop()


def _first_heads(conversation: Conversation, graph: _Graph, forced: Collection[str]) -> list[str]:
    def is_head(node_id: str, node: Node) -> bool:
        return bool(node.title) or node_id in forced or not graph.before[node_id]

    known = conversation.by_id
    heads = [node_id for node_id, node in known.items() if is_head(node_id, node)]
    if conversation.start in known:
        heads = [conversation.start, *(each for each in heads if each != conversation.start)]
    return heads


def _dominators(
    order: list[str], rank: dict[str, int], graph: _Graph, heads: set[str]
) -> dict[str, str]:
    """The immediate dominator of each node, "" being above all heads.

    Cooper, Harvey and Kennedy, A Simple, Fast Dominance Algorithm (2001), figure 3.
    """
    found: dict[str, str] = {}

    def meet(one: str, other: str) -> str:
        while one != other:
            if not one or not other:
                return ""
            if rank[one] > rank[other]:
                one = found[one]
            else:
                other = found[other]
        return one

    changed = True
    while changed:
        changed = False
        for node_id in order:
            if node_id in heads:
                best = ""
            else:
                known = [each for each in graph.before[node_id] if each in found]
                best = known[0]
                for each in known[1:]:
                    best = meet(best, each)
            if found.get(node_id) != best:
                found[node_id] = best
                changed = True
    return found


def _decide(
    conversation: Conversation,
    graph: _Graph,
    order: Iterable[str],
    rank: dict[str, int],
    dominator: dict[str, str],
    heads: set[str],
    flat: bool,
) -> Layout:
    layout = Layout()
    section: dict[str, str] = {}
    depth: dict[str, int] = {}

    def nest(node_id: str) -> bool:
        """Puts the node into the text of what leads to it, if it can be there."""
        before = graph.before[node_id]
        if any(rank[each] >= rank[node_id] for each in before):
            return False
        above = before[0]
        if len(before) == 1:
            deeper = isinstance(conversation.by_id[above], Branching)
        else:
            above, deeper = dominator[node_id], False
            if flat or not above or above in layout.gathers:
                return False
            if not isinstance(conversation.by_id[above], Branching):
                return False
            if any(section[each] != section[above] for each in before):
                return False
            layout.gathers[above] = node_id
        section[node_id], depth[node_id] = section[above], depth[above] + deeper
        return depth[node_id] <= DEEPEST

    for node_id in order:
        if node_id in heads or not nest(node_id):
            heads.add(node_id)
            section[node_id], depth[node_id] = node_id, 0
    first = [conversation.start] if conversation.start in heads else []
    known = (each for each in conversation.by_id if each in heads and each not in first)
    layout.heads = [*first, *known]
    return layout
