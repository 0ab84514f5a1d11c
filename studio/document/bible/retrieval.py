"""Which entries of the bible apply to a text, why, and what of them a model is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from studio.document.bible.control_tokens import strip_control_tokens
from studio.document.bible.entry import Entry
from studio.document.bible.mentions import find_mentions, plain_names
from studio.document.bible.words import words

if TYPE_CHECKING:
    from studio.document.bible.bible import Bible

THRESHOLD = 0.35
"""Cosine similarity above which an entry applies by meaning; for MiniLM's sentence vectors."""

CountTokens = Callable[[str], int]


class Cause(IntEnum):
    """What makes an entry apply; the lower one is the stronger."""

    ALWAYS_ON = 0
    MENTION = 1
    NAME = 2
    KEYWORD = 3
    MEANING = 4
    RELATED = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry applies.

    `word` is what was found, as the entry writes it, or the id of the entry that a related one
    hangs on. It is found `count` times, first at character `position`. `score` is the similarity
    of MEANING.
    """

    cause: Cause
    word: str = ""
    count: int = 0
    position: int = 0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Fired:
    """An entry that applies, and the `text` a model is told; `shortened` where it is the summary.

    `reasons` are not empty, the strongest first. `tokens` counts those of `text`.
    """

    entry_id: str
    reasons: tuple[Reason, ...]
    text: str
    tokens: int
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class FellOut:
    """An entry that applies and had no room; `tokens` is the least that it would have needed."""

    entry_id: str
    reasons: tuple[Reason, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class Retrieval:
    """`fired` in the order in which a model should read it; `tokens` is the sum of its tokens.

    Lines between the texts are not counted. Entries that are always on are never left out, so
    `tokens` may be above `budget`: then nothing else has fired.
    """

    fired: tuple[Fired, ...]
    fell_out: tuple[FellOut, ...]
    tokens: int
    budget: int

    @property
    def is_over_budget(self) -> bool:
        """Whether what is always on does not fit by itself."""
        return self.tokens > self.budget


def retrieve(
    text: str,
    bible: Bible,
    *,
    budget: int,
    count_tokens: CountTokens,
    scan: int | None = None,
    similar: Mapping[str, float] | None = None,
    threshold: float = THRESHOLD,
    related: bool = True,
) -> Retrieval:
    """The entries that apply to `text`, as many as `budget` tokens hold.

    First come those that are always on, then those that are mentioned, named, or have a keyword in
    `text` as whole words (the more often and the earlier, the sooner), then those whose similarity
    (-1 to 1, by id) in `similar` is at least `threshold`. With `related`, what is left of the
    budget goes to entries one relation away from these. An entry that is too long is told by its
    summary. What is not enabled applies only where it is mentioned. With `scan`, only so many of
    the last characters of `text` are looked through. The time is linear in the length of `text`,
    whatever entries there are.
    """
    since = 0 if scan is None else len(text) - scan
    applying = _applying(text, since, bible, similar or {}, threshold)
    shelf = _Shelf(bible, budget, count_tokens)
    for entry, reasons in applying:
        shelf.put(entry, reasons)
    if related:
        for entry, reason in _related(applying, bible):
            shelf.put_if_room(entry, (reason,))
    return Retrieval(tuple(shelf.fired), tuple(shelf.fell_out), shelf.tokens, budget)


def lore_text(entry: Entry, bible: Bible, *, short: bool = False) -> str:
    """What a model is told of an entry: a paragraph of plain text, without control tokens."""
    told = [entry.summary] if short else [entry.summary, entry.text]
    about = "\n".join(plain_names(part.strip(), bible) for part in told if part.strip())
    return strip_control_tokens(f"{entry.name}: {about}" if about else entry.name)


class _Shelf:
    """Takes entries until the budget is spent."""

    def __init__(self, bible: Bible, budget: int, count_tokens: CountTokens) -> None:
        self.fired: list[Fired] = []
        self.fell_out: list[FellOut] = []
        self.tokens = 0
        self._bible, self._budget, self._count = bible, budget, count_tokens

    def put(self, entry: Entry, reasons: tuple[Reason, ...]) -> None:
        """In full, as its summary, or to those that fell out; always in full what is always on."""
        whole = self._fired(entry, reasons, short=False)
        if reasons[0].cause is Cause.ALWAYS_ON:
            self._take(whole)
            return
        least = self._fitting(entry, whole)
        if least is not None:
            self.fell_out.append(FellOut(entry.id, reasons, least.tokens))

    def put_if_room(self, entry: Entry, reasons: tuple[Reason, ...]) -> None:
        """Like `put`, but nobody is told of what has no room."""
        self._fitting(entry, self._fired(entry, reasons, short=False))

    def _fitting(self, entry: Entry, whole: Fired) -> Fired | None:
        """Takes the longest form that fits; or else returns the shortest there is."""
        form = whole
        if self.tokens + whole.tokens > self._budget and entry.summary.strip():
            form = self._fired(entry, whole.reasons, short=True)
            form = replace(form, shortened=form.text != whole.text)
        if self.tokens + form.tokens > self._budget:
            return form
        self._take(form)
        return None

    def _take(self, fired: Fired) -> None:
        self.fired.append(fired)
        self.tokens += fired.tokens

    def _fired(self, entry: Entry, reasons: tuple[Reason, ...], *, short: bool) -> Fired:
        text = lore_text(entry, self._bible, short=short)
        return Fired(entry.id, reasons, text, self._count(text))


_Applying = list[tuple[Entry, tuple[Reason, ...]]]


def _applying(
    text: str, since: int, bible: Bible, similar: Mapping[str, float], threshold: float
) -> _Applying:
    """In the order in which they are told."""
    reasons: dict[str, list[Reason]] = {}
    for entry in bible:
        if entry.always_on and entry.enabled:
            reasons.setdefault(entry.id, []).append(Reason(Cause.ALWAYS_ON))
    for entry_id, reason in _found(text, since, bible):
        reasons.setdefault(entry_id, []).append(reason)
    for entry in bible:
        score = similar.get(entry.id)
        if score is not None and score >= threshold and entry.enabled:
            reasons.setdefault(entry.id, []).append(Reason(Cause.MEANING, score=score))
    applying = [
        (entry, tuple(sorted(reasons[entry.id], key=_strength)))
        for entry in bible
        if entry.id in reasons
    ]
    return sorted(applying, key=lambda item: _strength(item[1][0]))


def _strength(reason: Reason) -> tuple[float, ...]:
    return (reason.cause, -reason.score, -reason.count, reason.position)


def _found(text: str, since: int, bible: Bible) -> Iterator[tuple[str, Reason]]:
    """Mentions, and names and keywords elsewhere, each once with how often it is there.

    Looks at what begins with the character `since` or later.
    """
    found: dict[tuple[str, Cause, str], Reason] = {}

    def note(entry_id: str, cause: Cause, word: str, position: int) -> None:
        known = found.get((entry_id, cause, word), Reason(cause, word, 0, position))
        found[entry_id, cause, word] = replace(known, count=known.count + 1)

    mentions = [mention for mention in find_mentions(text, bible) if mention.start >= since]
    for mention in mentions:
        note(mention.entry_id, Cause.MENTION, mention.name, mention.start)
    inside = {place for mention in mentions for place in range(mention.start, mention.end)}
    for match in bible.triggers.search(words(text)):
        if match.start >= since and match.start not in inside:
            cause = Cause.KEYWORD if match.value.is_keyword else Cause.NAME
            note(match.value.entry_id, cause, match.value.word, match.start)
    for (entry_id, _, _), reason in found.items():
        yield entry_id, reason


def _related(applying: _Applying, bible: Bible) -> Iterator[tuple[Entry, Reason]]:
    """Neighbours of what applies, each once, by the first that leads to it.

    Those that an entry names itself come before those that name it.
    """
    neighbours = {entry.id: [relation.to for relation in entry.relations] for entry in bible}
    for entry in bible:
        for relation in entry.relations:
            neighbours.get(relation.to, []).append(entry.id)
    seen = {entry.id for entry, _ in applying}
    for source, _ in applying:
        for neighbour in map(bible.get, neighbours[source.id]):
            if neighbour is not None and neighbour.enabled and neighbour.id not in seen:
                seen.add(neighbour.id)
                yield neighbour, Reason(Cause.RELATED, source.id)
