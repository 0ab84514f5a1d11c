"""Random plays, and plays of given picks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from studio.document.dialogue.player import Player
from studio.document.dialogue.story import Place, Story, Value
from studio.document.dialogue.transcript import Ended, Event, Offered

MOST_EVENTS = 10_000
"""Of one walk; a story in which one can go round for ever ends so."""

MOST_KEPT = 20
"""Walks that went wrong and are kept, of each way to end."""


@dataclass(frozen=True, slots=True)
class Play:
    """One play: what happened, how it ended, the picked ids, and the variables at the end."""

    events: tuple[Event, ...]
    end: Ended
    picks: tuple[str, ...]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Failed:
    """A walk that did not come to an end: its seed and picks play it again."""

    seed: int
    reason: str
    place: Place
    picks: tuple[str, ...]


@dataclass(slots=True)
class Coverage:
    """What many walks saw: `visits` counts how often each node was entered."""

    walks: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    visits: Counter[Place] = field(default_factory=Counter)
    failed: list[Failed] = field(default_factory=list)

    def never_seen(self, story: Story) -> list[Place]:
        """Nodes that no walk entered, as the story tells them."""
        places = (Place(each.id, node.id) for each in story.conversations for node in each.nodes)
        return [place for place in places if place not in self.visits]


class NotOfferedError(LookupError):
    """A pick that the menu does not offer; `offered` are the texts that it does."""

    def __init__(self, wanted: str | int, offered: Sequence[str]) -> None:
        super().__init__(f"{wanted!r} is not offered")
        self.wanted, self.offered = wanted, tuple(offered)


def play(
    story: Story,
    start: Place,
    picks: Sequence[str | int],
    *,
    seed: int = 0,
    fixed: Mapping[str, Value] | None = None,
) -> Play | None:
    """Plays with given picks: texts as offered, or places among the choices that can be picked.

    None where more picks are needed than there are. Raises NotOfferedError, and LookupError for a
    start that is no node.
    """
    left = list(picks)

    def choose(menu: Offered) -> str | None:
        if not left:
            return None
        wanted, texts = left.pop(0), [offer.text for offer in menu.open]
        if isinstance(wanted, int) and 0 <= wanted < len(texts):
            return menu.open[wanted].choice
        if isinstance(wanted, str) and wanted in texts:
            return menu.open[texts.index(wanted)].choice
        raise NotOfferedError(wanted, texts)

    return _play(Player(story, start, seed=seed, fixed=fixed, keep_history=False), choose)


def walk(
    story: Story, start: Place, seed: int, *, fixed: Mapping[str, Value] | None = None
) -> Play:
    """One play in which chance picks. Raises LookupError for a start that is no node."""
    player = Player(story, start, seed=seed, fixed=fixed, keep_history=False)
    return _walk(player, seed)


def walk_often(
    story: Story,
    start: Place,
    number: int,
    *,
    seed: int = 0,
    check: Callable[[], None] = lambda: None,
) -> Coverage:
    """Walks with the seeds `seed` to `seed + number - 1`; `check` is called before each."""
    found = Coverage()
    kept: Counter[str] = Counter()
    for each in range(seed, seed + number):
        check()
        player = Player(story, start, seed=each, keep_history=False)
        done = _walk(player, each)
        found.walks += 1
        found.ends[done.end.reason] += 1
        found.visits.update(player.state.visits)
        if done.end.reason != "end" and kept[done.end.reason] < MOST_KEPT:
            kept[done.end.reason] += 1
            found.failed.append(Failed(each, done.end.reason, done.end.place, done.picks))
    return found


def _walk(player: Player, seed: int) -> Play:
    # Apart from the player's own chance, so that picks do not change what random nodes do.
    chance = _Picks(seed)
    done = _play(player, lambda menu: menu.open[chance.below(len(menu.open))].choice)
    assert done is not None  # chance always picks
    return done


def _play(player: Player, choose: Callable[[Offered], str | None]) -> Play | None:
    events: list[Event] = []
    picks: list[str] = []
    while True:
        event = player.advance()
        if len(events) >= MOST_EVENTS and not isinstance(event, Ended):
            event = Ended(player.state.place, "too long", f"{MOST_EVENTS} lines and picks")
        events.append(event)
        if isinstance(event, Ended):
            return Play(tuple(events), event, tuple(picks), dict(player.state.values))
        if isinstance(event, Offered):
            choice = choose(event)
            if choice is None:
                return None
            picks.append(choice)
            events.append(player.pick(choice))


class _Picks:
    """The generator of Numerical Recipes: other runtimes can do the same in two lines."""

    def __init__(self, seed: int) -> None:
        self._state = seed & 0xFFFFFFFF
        for _ in range(4):  # neighbouring seeds begin alike
            self._next()

    def below(self, number: int) -> int:
        return int(self._next() * number)

    def _next(self) -> float:
        self._state = (self._state * 1664525 + 1013904223) & 0xFFFFFFFF
        return self._state / 2**32
