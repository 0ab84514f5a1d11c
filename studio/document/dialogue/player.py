"""The interpreter: one step after another, the same for the same seed and picks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random as Generator

from studio.document.dialogue.evaluation import EvaluationError, evaluate, truth, written
from studio.document.dialogue.explaining import false_part
from studio.document.dialogue.expression import Expression, ExpressionError
from studio.document.dialogue.expression_parser import parse_expression
from studio.document.dialogue.nodes import (
    Call,
    Choice,
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
from studio.document.dialogue.story import Place, Story, Value
from studio.document.dialogue.template import parse_template
from studio.document.dialogue.transcript import Ended, Event, Offer, Offered, Picked, Said

MOST_STEPS = 10_000
"""Nodes without a pick in between; more is a loop."""

DEEPEST_CALLS = 100


@dataclass(slots=True)
class State:
    """Everything a play is in between two events; copied for every step back.

    `place` is the next node, `calls` where returns lead. `steps` counts nodes since a pick.
    """

    place: Place
    values: dict[str, Value]
    visits: dict[Place, int] = field(default_factory=dict)
    taken: frozenset[tuple[str, str]] = frozenset()
    calls: tuple[Place, ...] = ()
    steps: int = 0
    chance: tuple[object, ...] = ()
    menu: Offered | None = None
    ended: Ended | None = None

    def copy(self) -> State:
        return replace(self, values=dict(self.values), visits=dict(self.visits))


class Scene:
    """What expressions see at one moment of a play: names of one conversation."""

    def __init__(self, story: Story, state: State) -> None:
        self._story, self._state = story, state

    def value(self, name: str) -> Value:
        found = self._story.scope(self._state.place.conversation).get(name)
        if found is None:
            raise EvaluationError(f"there is no variable “{name}”")
        return self._state.values[found[0]]

    def visits(self, target: str) -> int:
        place = self._story.resolve(target, self._state.place.conversation)
        if place is None:
            raise EvaluationError(f"there is no node “{target}”")
        return self._state.visits.get(place, 0)


class Player:
    """Plays a story from a place.

    `advance` gives the next event; behind an `Offered` it gives that again until `pick` was
    called, behind an `Ended` always that. `fixed` are values of variables, by their unique key,
    instead of the initial ones. Raises LookupError for a start that is no node.
    """

    def __init__(
        self,
        story: Story,
        start: Place,
        *,
        seed: int = 0,
        fixed: Mapping[str, Value] | None = None,
        keep_history: bool = True,
    ) -> None:
        node = story.find(start)
        if node is None:
            raise LookupError(f"there is no node {start}")
        self._story = story
        self._random = Generator(seed)
        self._history: list[State] = []
        self._keeps = keep_history
        place = Place(start.conversation, node.id)
        self.state = State(place, story.initial_values() | dict(fixed or {}))

    def advance(self) -> Event:
        """Plays to the next thing that is said, offered, or over."""
        if self.state.ended is not None:
            return self.state.ended
        if self.state.menu is not None:
            return self.state.menu
        self._remember()
        try:
            event = self._run()
        except (EvaluationError, ExpressionError) as error:
            event = Ended(self.state.place, "error", str(error))
        if isinstance(event, Ended):
            self.state.ended = event
        return event

    def pick(self, choice: str) -> Picked:
        """Picks a choice of the menu that is offered, by its id.

        Raises LookupError where that cannot be picked now.
        """
        menu = self.state.menu
        offer = next((each for each in menu.open if each.choice == choice), None) if menu else None
        if menu is None or offer is None:
            raise LookupError(f"{choice} is not offered")
        self._remember()
        node = self._story.find(menu.place)
        found = next(each for each in _choices(node) if each.id == choice)
        state = self.state
        state.menu, state.steps = None, 0
        if found.once:
            state.taken |= {(menu.place.conversation, choice)}
        self._go(found.target)
        return Picked(menu.place, choice, offer.text)

    @property
    def can_step_back(self) -> bool:
        return bool(self._history)

    def step_back(self) -> None:
        """Undoes the last `advance` or `pick`. Raises LookupError at the beginning."""
        if not self._history:
            raise LookupError("nothing was played yet")
        self.state = self._history.pop()
        if self.state.chance:
            self._random.setstate(self.state.chance)

    def _remember(self) -> None:
        if self._keeps:
            state = self.state.copy()
            state.chance = self._random.getstate()
            self._history.append(state)

    def _run(self) -> Event:
        while True:
            state = self.state
            if not state.place.node:
                return Ended(state.place, "loose end", "nothing follows")
            node = self._story.find(state.place)
            if node is None:
                return Ended(state.place, "error", f"there is no node {state.place}")
            state.steps += 1
            if state.steps > MOST_STEPS:
                return Ended(state.place, "too long", f"{MOST_STEPS} steps without a choice")
            state.visits[state.place] = state.visits.get(state.place, 0) + 1
            event = self._enter(node)
            if event is not None:
                return event

    def _enter(self, node: Node) -> Event | None:
        """What entering a node comes to; None where the play goes on at once."""
        state = self.state
        place = state.place
        match node:
            case Line(text=text, speaker=speaker, line_id=line_id):
                said = Said(place, speaker, self._shown(text), line_id)
                self._go(node.next)
                return said
            case Menu():
                return self._offer(node)
            case Condition(branches=branches, otherwise=otherwise):
                for branch in branches:
                    if self._holds(branch.condition):
                        self._go(branch.target)
                        return None
                self._go(otherwise)
            case Set(variable=variable, value=value):
                found = self._story.scope(place.conversation).get(variable)
                if found is None:
                    raise EvaluationError(f"there is no variable “{variable}”")
                state.values[found[0]] = self._evaluated(parse_expression(value))
                self._go(node.next)
            case Jump(target=target):
                self._leave(target)
            case Call(target=target):
                if len(state.calls) >= DEEPEST_CALLS:
                    return Ended(place, "too long", f"{DEEPEST_CALLS} calls without a return")
                state.calls = (*state.calls, Place(place.conversation, node.next))
                self._leave(target)
            case Return():
                if not state.calls:
                    return Ended(place, "end", "a return without a call")
                state.place, state.calls = state.calls[-1], state.calls[:-1]
            case Random(chances=chances):
                if not chances:
                    return Ended(place, "loose end", "nothing to choose from by chance")
                weights = [each.weight for each in chances]
                self._go(self._random.choices(chances, weights)[0].target)
            case Comment():
                self._go(node.next)
            case End():
                return Ended(place, "end")
        return None

    def _offer(self, menu: Menu) -> Event | None:
        place = self.state.place
        offers = tuple(
            Offer(each.id, self._shown(each.text), self._hidden(each)) for each in menu.choices
        )
        offered = Offered(place, offers)
        if offered.open:
            self.state.menu = offered
            return offered
        if menu.fallback is not None:
            self._go(menu.fallback)
            return None
        return Ended(place, "stuck", "a menu without a choice")

    def _hidden(self, choice: Choice) -> str:
        if choice.once and (self.state.place.conversation, choice.id) in self.state.taken:
            return "once"
        if not choice.condition or self._holds(choice.condition):
            return ""
        return false_part(choice.condition, Scene(self._story, self.state))

    def _go(self, target: str) -> None:
        self.state.place = Place(self.state.place.conversation, target)

    def _leave(self, target: str) -> None:
        """Goes to a node that may lie in another conversation."""
        place = Place.read(target, self.state.place.conversation)
        node = self._story.find(place) if target else None
        if target and node is None:
            raise EvaluationError(f"there is no node {place}")
        self.state.place = Place(place.conversation, node.id if node else "")

    def _holds(self, condition: str) -> bool:
        return truth(self._evaluated(parse_expression(condition)))

    def _evaluated(self, expression: Expression) -> Value:
        return evaluate(expression, Scene(self._story, self.state))

    def _shown(self, text: str) -> str:
        return "".join(
            part if isinstance(part, str) else written(self._evaluated(part))
            for part in parse_template(text)
        )


def _choices(node: Node | None) -> tuple[Choice, ...]:
    return node.choices if isinstance(node, Menu) else ()
