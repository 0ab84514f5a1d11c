"""The statements of a script as a tree of nodes without ids and targets yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.document.dialogue.nodes import Node


@dataclass(slots=True)
class Divert:
    """`raw` is what stands behind the arrow; "?" leads nowhere."""

    raw: str
    line: int
    column: int


@dataclass(slots=True)
class Block:
    """Statements, and where they lead at their end; None is what follows the block."""

    drafts: list[Draft] = field(default_factory=list)
    divert: Divert | None = None


@dataclass(slots=True)
class Draft:
    """A node whose `id` is "" unless the script gives it, and a block for each of its wires.

    `named` is what a jump or a call names.
    """

    node: Node
    line: int
    column: int
    blocks: list[Block] = field(default_factory=list)
    named: Divert | None = None
