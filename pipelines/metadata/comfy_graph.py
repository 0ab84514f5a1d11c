"""A ComfyUI prompt: nodes that are linked backwards, walked without knowing every node there is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_NODES = 5_000
_MAX_HOPS = 32  # links followed for one value


@dataclass(frozen=True, slots=True)
class Node:
    """One node; `inputs` are values, or links `[node id, output number]`."""

    id: str
    kind: str
    inputs: Mapping[str, Any]


class Graph:
    """The nodes of a prompt in ComfyUI's API format, by id."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.nodes = nodes

    @classmethod
    def parse(cls, values: Mapping[str, Any] | None) -> Graph | None:
        """The graph that `values` is; None if it is none. Nodes that make no sense are left out."""
        nodes = {}
        for key, value in (values or {}).items():
            match value:
                case {"class_type": str(kind), "inputs": dict(inputs)}:
                    nodes[key] = Node(key, kind, inputs)
        return cls(nodes) if 0 < len(nodes) <= MAX_NODES else None

    def source(self, node: Node, *names: str) -> Node | None:
        """The node that the first linked input of `names` comes from; None if none is linked."""
        for name in names:
            match node.inputs.get(name):
                case [str() | int() as key, int()] if str(key) in self.nodes:
                    return self.nodes[str(key)]
        return None

    def sources(self, node: Node) -> Iterator[tuple[str, Node]]:
        """Every linked input of `node` and where it comes from."""
        for name in node.inputs:
            if source := self.source(node, name):
                yield name, source

    def upstream(self, start: Node, *names: str) -> Iterator[Node]:
        """`start` and all it depends on, nearest first; only through inputs `names` if given."""
        seen, waiting = {start.id}, deque([start])
        while waiting:
            node = waiting.popleft()
            yield node
            for name, source in self.sources(node):
                if source.id not in seen and (not names or name in names):
                    seen.add(source.id)
                    waiting.append(source)

    def value(self, node: Node, name: str) -> Any:
        """The plain value of an input, through nodes that only hand one on (a seed, a text)."""
        for _ in range(_MAX_HOPS):
            source = self.source(node, name)
            if source is None:
                found = node.inputs.get(name)
                return None if isinstance(found, list | dict) else found
            node, name = source, _handed_on(source, name)
        return None

    def outputs(self) -> list[Node]:
        """Nodes that nothing depends on: where pictures are saved and shown. Savers first."""
        used = {s.id for node in self.nodes.values() for _, s in self.sources(node)}
        ends = [node for node in self.nodes.values() if node.id not in used]
        return sorted(ends, key=lambda node: "save" not in node.kind.casefold())


_VALUE_NAMES = (
    "value", "populated_text", "text", "string", "prompt", "seed", "int", "float", "number",
    "text1", "string_a", "text_a", "input",
)  # fmt: skip


def _handed_on(node: Node, name: str) -> str:
    """The input of `node` that its output most likely is."""
    return next((n for n in (name, *_VALUE_NAMES) if n in node.inputs), name)
