"""Every state a story can come to, as far as they can be counted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from studio.document.dialogue.evaluation import EvaluationError, evaluate, truth
from studio.document.dialogue.expression import ExpressionError
from studio.document.dialogue.expression_parser import parse_expression
from studio.document.dialogue.findings import Step
from studio.document.dialogue.nodes import (
    Call,
    Comment,
    Condition,
    End,
    Jump,
    Line,
    Menu,
    Node,
    Random,
    Return,
    Set,
)
from studio.document.dialogue.relevance import MOST_EXTERNAL, Relevance, relevance
from studio.document.dialogue.story import Place, Story, Value
from studio.document.dialogue.structure_checks import entries

MOST_STATES = 40_000
"""Of a small story; a larger one gets ten for each node."""
DEEPEST_CALLS = 20
LARGEST_PLAY_ORDER = 4
"""Conversations whose order of being played is tried out."""


class World(NamedTuple):
    """A state of a play, without what makes no difference.

    `values` and `visits` are in the order of the relevance; `begun` are the conversations that
    the game has started.
    """

    place: Place
    values: tuple[Value, ...]
    visits: tuple[int, ...]
    taken: frozenset[tuple[str, str]] = frozenset()
    calls: tuple[Place, ...] = ()
    begun: frozenset[str] = frozenset()


@dataclass(slots=True)
class Exploration:
    """What was seen. `whole` is whether that is all there is.

    `outcomes` says for each condition, by its place and part, which truths it came to. The others
    give a world where something happens: a menu without a choice, a wire to nowhere, an expression
    that fails with its reason, a circle without a pick, calls without a return.
    """

    whole: bool = True
    seen: set[Place] = field(default_factory=set)
    outcomes: dict[tuple[Place, str], set[bool]] = field(default_factory=dict)
    empty: dict[Place, World] = field(default_factory=dict)
    loose: dict[Place, World] = field(default_factory=dict)
    failing: dict[Place, tuple[World, str]] = field(default_factory=dict)
    circles: dict[Place, World] = field(default_factory=dict)
    deep: dict[Place, World] = field(default_factory=dict)
    parents: dict[World, tuple[World, str] | None] = field(default_factory=dict)

    def path(self, world: World) -> tuple[Step, ...]:
        """From a beginning to a world."""
        steps = [Step(world.place)]
        while (parent := self.parents[world]) is not None:
            world, choice = parent
            steps.append(Step(world.place, choice))
        return tuple(reversed(steps))


def explore(story: Story) -> Exploration:
    """Looks at as many worlds as are worth the time, those that need the fewest steps first."""
    nodes = sum(len(conversation.nodes) for conversation in story.conversations)
    return _Explorer(story, max(MOST_STATES, 10 * nodes)).run()


class _Explorer:
    def __init__(self, story: Story, most: int) -> None:
        self._story, self._most = story, most
        self._relevance: Relevance = relevance(story)
        self._at = {key: number for number, key in enumerate(self._relevance.values)}
        self._counted = {place: number for number, place in enumerate(self._relevance.visits)}
        self._entries = entries(story)
        self._ordered = 1 < len(self._entries) <= LARGEST_PLAY_ORDER
        self._found = Exploration()
        self._only: dict[World, World] = {}
        self._entered = World(Place("", ""), (), ())

    def run(self) -> Exploration:
        found = self._found
        todo = deque(self._beginnings())
        found.parents = dict.fromkeys(todo)
        shared = bool(self._relevance.values or self._relevance.visits)
        if len(self._entries) > LARGEST_PLAY_ORDER and shared:
            found.whole = False
        while todo:
            world = todo.popleft()
            if len(found.parents) >= self._most:
                found.whole = False
                break
            found.seen.add(world.place)
            node = self._story.find(world.place)
            steps = [] if node is None else self._after(world, node)
            if len(steps) == 1 and not isinstance(node, Menu | Random):
                self._only[world] = steps[0][0]
            for after, choice in steps:
                if after not in found.parents:
                    found.parents[after] = (world, choice)
                    todo.append(after)
        self._find_circles()
        return found

    def _beginnings(self) -> list[World]:
        initial = self._story.initial_values()
        external = self._relevance.external
        options = list(product(*external.values()))
        if len(options) > MOST_EXTERNAL:
            self._found.whole = False
            options = [tuple(initial[key] for key in external)]
        visits = (0,) * len(self._relevance.visits)
        worlds = []
        for chosen in options:
            given = initial | dict(zip(external, chosen, strict=True))
            values = tuple(given[key] for key in self._relevance.values)
            worlds += [
                World(place, values, visits, begun=frozenset({place.conversation}))
                for place in self._entries
            ]
        return worlds

    def _after(self, world: World, node: Node) -> list[tuple[World, str]]:
        """The worlds that follow; notes what is worth a finding."""
        self._entered = world
        world = self._counting(world)
        try:
            return list(self._steps(world, node))
        except (EvaluationError, ExpressionError) as error:
            self._found.failing.setdefault(world.place, (self._entered, str(error)))
            return []

    def _counting(self, world: World) -> World:
        number = self._counted.get(world.place)
        if number is None:
            return world
        counts = list(world.visits)
        ceiling = self._relevance.ceilings.get(world.place)
        counts[number] += 1
        if ceiling is not None:
            counts[number] = min(counts[number], int(ceiling))
        return world._replace(visits=tuple(counts))

    def _steps(self, world: World, node: Node) -> Iterator[tuple[World, str]]:
        match node:
            case Line() | Comment():
                yield from self._to(world, node.next)
            case Set():
                yield from self._to(self._with_value(world, node), node.next)
            case Condition(branches=branches, otherwise=otherwise):
                for number, branch in enumerate(branches):
                    if self._holds(world, branch.condition, str(number)):
                        yield from self._to(world, branch.target)
                        return
                yield from self._to(world, otherwise)
            case Menu():
                yield from self._picks(world, node)
            case Random(chances=chances):
                if not chances:
                    self._found.loose.setdefault(world.place, self._entered)
                for chance in chances:
                    yield from self._to(world, chance.target)
            case Jump(target=target):
                yield from self._leave(world, target)
            case Call(target=target):
                if len(world.calls) >= DEEPEST_CALLS:
                    self._found.deep.setdefault(world.place, self._entered)
                    return
                back = Place(world.place.conversation, node.next)
                yield from self._leave(world._replace(calls=(*world.calls, back)), target)
            case Return() if world.calls:
                back, calls = world.calls[-1], world.calls[:-1]
                yield from self._to(
                    world._replace(calls=calls), back.node, conversation=back.conversation
                )
            case Return() | End():
                yield from self._played(world)

    def _to(
        self, world: World, target: str, *, conversation: str = "", choice: str = ""
    ) -> Iterator[tuple[World, str]]:
        here = conversation or world.place.conversation
        if not target:
            self._found.loose.setdefault(world.place, self._entered)
            yield from self._played(world)
            return
        yield world._replace(place=Place(here, target)), choice

    def _leave(self, world: World, target: str) -> Iterator[tuple[World, str]]:
        place = Place.read(target, world.place.conversation)
        node = self._story.find(place) if target else None
        if node is not None:
            yield world._replace(place=Place(place.conversation, node.id)), ""

    def _played(self, world: World) -> Iterator[tuple[World, str]]:
        """A play is over; the game may start another conversation."""
        if not self._ordered:
            return
        for place in self._entries:
            if place.conversation not in world.begun:
                begun = world.begun | {place.conversation}
                yield world._replace(place=place, calls=(), begun=begun), ""

    def _picks(self, world: World, menu: Menu) -> Iterator[tuple[World, str]]:
        conversation, some = world.place.conversation, False
        for choice in menu.choices:
            mark = (conversation, choice.id)
            if choice.once and mark in world.taken:
                continue
            if choice.condition and not self._holds(world, choice.condition, choice.id):
                continue
            some = True
            after = world._replace(taken=world.taken | {mark}) if choice.once else world
            yield from self._to(after, choice.target, choice=choice.id)
        if some:
            return
        if menu.fallback is not None:
            yield from self._to(world, menu.fallback)
        else:
            self._found.empty.setdefault(world.place, self._entered)

    def _holds(self, world: World, condition: str, part: str) -> bool:
        holds = truth(evaluate(parse_expression(condition), _Scene(self, world)))
        self._found.outcomes.setdefault((world.place, part), set()).add(holds)
        return holds

    def _with_value(self, world: World, node: Set) -> World:
        found = self._story.scope(world.place.conversation).get(node.variable)
        key = found[0] if found else ""
        if key not in self._at:
            return world
        value = evaluate(parse_expression(node.value), _Scene(self, world))
        if isinstance(value, float) and key in self._relevance.ceilings:
            value = min(value, self._relevance.ceilings[key])
        if isinstance(value, float) and key in self._relevance.floors:
            value = max(value, self._relevance.floors[key])
        values = list(world.values)
        values[self._at[key]] = value
        return world._replace(values=tuple(values))

    def _find_circles(self) -> None:
        """Circles of worlds that have one way each and no pick: nobody gets out of them."""
        only = self._only
        done: set[World] = set()
        for first in only:
            way: dict[World, None] = {}
            world = first
            while world in only and world not in done and world not in way:
                way[world] = None
                world = only[world]
            if world in way:
                self._found.circles.setdefault(world.place, world)
            done.update(way)


class _Scene:
    """What expressions see in a world."""

    def __init__(self, explorer: _Explorer, world: World) -> None:
        self._explorer, self._world = explorer, world

    def value(self, name: str) -> Value:
        explorer, world = self._explorer, self._world
        found = explorer._story.scope(world.place.conversation).get(name)
        if found is None:
            raise EvaluationError(f"there is no variable “{name}”")
        return world.values[explorer._at[found[0]]]

    def visits(self, target: str) -> int:
        explorer, world = self._explorer, self._world
        place = explorer._story.resolve(target, world.place.conversation)
        if place is None:
            raise EvaluationError(f"there is no node “{target}”")
        return world.visits[explorer._counted[place]]
