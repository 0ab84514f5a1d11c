"""Large stories: a chain, a tree and a web."""

from __future__ import annotations

from collections.abc import Callable

from studio.document.dialogue.nodes import Branch, Choice, Condition, End, Line, Menu, Node, Set
from studio.document.dialogue.story import Conversation, Story, Variable, VariableType


def chain(size: int) -> Story:
    """Lines one after another."""
    lines: list[Node] = [
        Line(id=f"n_{at}", text="Hm.", line_id=f"l_{at}", next=f"n_{at + 1}")
        for at in range(size - 1)
    ]
    return _story([*lines, End(id=f"n_{size - 1}")])


def tree(size: int) -> Story:
    """Menus of two choices each, down to the ends."""
    nodes: list[Node] = []
    for at in range(size):
        below = [f"n_{each}" for each in (2 * at + 1, 2 * at + 2) if each < size]
        nodes.append(_menu(at, below) if below else End(id=f"n_{at}"))
    return _story(nodes)


def web(size: int) -> Story:
    """Menus, conditions and counters that lead forth and back."""
    nodes: list[Node] = []
    for at in range(size - 1):
        near, far = f"n_{(at + 1) % size}", f"n_{(at * 7919 + 13) % size}"
        match at % 4:
            case 0:
                nodes.append(_menu(at, [near, far]))
            case 1:
                name = f"v{at // 4 % 20}"
                nodes.append(Set(id=f"n_{at}", variable=name, value=f"{name} + 1", next=near))
            case 2:
                branch = Branch(condition=f"v{at // 4 * 3 % 20} > 2", target=far)
                nodes.append(Condition(id=f"n_{at}", branches=(branch,), otherwise=near))
            case _:
                nodes.append(Line(id=f"n_{at}", text="Hm.", line_id=f"l_{at}", next=near))
    return _story([*nodes, End(id=f"n_{size - 1}")])


SHAPES: dict[str, Callable[[int], Story]] = {"chain": chain, "tree": tree, "web": web}


def _menu(at: int, targets: list[str]) -> Menu:
    choices = (
        Choice(id=f"c_{at}_{number}", text="Go", target=target, line_id=f"l_{at}_{number}")
        for number, target in enumerate(targets)
    )
    return Menu(id=f"n_{at}", choices=tuple(choices))


def _story(nodes: list[Node]) -> Story:
    variables = tuple(Variable(f"v{at}", VariableType.NUMBER, 0.0) for at in range(20))
    return Story((Conversation("c", "", "n_0", tuple(nodes)),), variables)
