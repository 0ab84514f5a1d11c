"""Which node of an edited script is which node of before, so that ids outlive an edit."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import fields
from difflib import SequenceMatcher

from studio.document.dialogue.nodes import Choice, Condition, Menu, Node, Random

_COMPARED = 100  # characters
_IDENTITY = frozenset(
    {"id", "next", "target", "otherwise", "fallback", "line_id", "extras", "intended"}
)


def match_nodes(old: Sequence[Node], new: Sequence[Node]) -> dict[int, Node]:
    """For places in `new` the nodes of `old` that they are, each at most once.

    Both are in the order of the text. What is unchanged is found first, then what stands between
    the same neighbours and is of the same kind, at last what was moved.
    """
    old_marks, new_marks = list(map(signature, old)), list(map(signature, new))
    first = _equal_run(old_marks, new_marks)
    last = _equal_run(old_marks[first:][::-1], new_marks[first:][::-1])
    found = {number: old[number] for number in range(first)}
    for number in range(1, last + 1):
        found[len(new) - number] = old[len(old) - number]
    inner_old = range(first, len(old) - last)
    inner_new = range(first, len(new) - last)
    matcher = SequenceMatcher(
        None,
        [old_marks[at] for at in inner_old],
        [new_marks[at] for at in inner_new],
        autojunk=max(len(inner_old), len(inner_new)) > 1000,  # it is quadratic otherwise
    )
    changed: list[tuple[range, range]] = []
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        olds = inner_old[old_from:old_to]
        news = inner_new[new_from:new_to]
        if what == "equal":
            found |= {at: old[was] for was, at in zip(olds, news, strict=True)}
        else:
            changed.append((olds, news))
    _match_moved(old, old_marks, new_marks, changed, found)
    taken = {id(node) for node in found.values()}
    for olds, news in changed:
        _match_edited([old[was] for was in olds if id(old[was]) not in taken], new, news, found)
    return found


def match_choices(old: Sequence[Choice], new: Sequence[Choice]) -> dict[int, Choice]:
    """For places in `new` the choices of the same menu that they were, each at most once.

    Those with the same id or text first, then the most alike.
    """
    left = list(old)
    found: dict[int, Choice] = {}

    def take(at: int, choice: Choice | None) -> None:
        if choice is not None:
            left.remove(choice)
            found[at] = choice

    for at, choice in enumerate(new):
        if choice.id:
            take(at, next((each for each in left if each.id == choice.id), None))
    for at, choice in enumerate(new):
        if at not in found and not choice.id:
            take(at, next((each for each in left if each.text == choice.text), None))
    pairs = sorted(
        (
            (_likeness(was.text, choice.text), -at, was)
            for at, choice in enumerate(new)
            if at not in found and not choice.id
            for was in left
        ),
        key=lambda pair: pair[:2],
        reverse=True,
    )
    for _, at, was in pairs:
        if -at not in found and was in left:
            take(-at, was)
    return found


def _likeness(one: str, other: str) -> float:
    """From 0 to 1, by the beginnings."""
    return SequenceMatcher(None, one[:_COMPARED], other[:_COMPARED], autojunk=False).ratio()


def signature(node: Node) -> Hashable:
    """What a reader sees of a node: equal for nodes that say the same, wherever they lead."""
    match node:
        case Menu(choices=choices):
            said: tuple[Hashable, ...] = tuple((each.text, each.condition) for each in choices)
        case Condition(branches=branches):
            said = tuple(each.condition for each in branches)
        case Random(chances=chances):
            said = tuple(each.weight for each in chances)
        case _:
            said = tuple(
                getattr(node, each.name) for each in fields(node) if each.name not in _IDENTITY
            )
    return (type(node).__name__, node.title, said)


def _equal_run(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    length = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        length += 1
    return length


def _match_moved(
    old: Sequence[Node],
    old_marks: Sequence[Hashable],
    new_marks: Sequence[Hashable],
    changed: Sequence[tuple[range, range]],
    found: dict[int, Node],
) -> None:
    free: dict[Hashable, list[int]] = {}
    for olds, _ in changed:
        for was in olds:
            free.setdefault(old_marks[was], []).append(was)
    for _, news in changed:
        for at in news:
            if places := free.get(new_marks[at]):
                found[at] = old[places.pop(0)]


def _match_edited(
    left: Sequence[Node], new: Sequence[Node], news: range, found: dict[int, Node]
) -> None:
    free: dict[type[Node], list[Node]] = {}
    for node in left:
        free.setdefault(type(node), []).append(node)
    titled = {node.title: node for nodes in free.values() for node in nodes if node.title}
    for at in news:
        if at in found:
            continue
        same = free.get(type(new[at]), [])
        named = titled.get(new[at].title)
        if named is not None and named in same:
            same.remove(named)
            found[at] = named
    for at in news:
        same = free.get(type(new[at]), [])
        if at not in found and same:
            found[at] = same.pop(0)
