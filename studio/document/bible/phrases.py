"""Finds thousands of names and keywords in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from studio.document.bible.words import Word, WordKind, name_words

LONGEST_PHRASE = 64
"""Words, spaces and marks of a phrase; what is longer is never found."""

SHORTEST_STEM = 3
"""Letters that a plural must have besides its ending."""

T = TypeVar("T")

# French, Italian and Catalan: the word behind the apostrophe is one of its own.
_ELISIONS = frozenset(
    [
        *("l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu"),
        *("dell", "all", "nell", "sull", "dall", "un", "quest", "quell", "gl"),
    ]
)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a phrase stands for, and where it is: `start` and `end` count characters."""

    value: T
    start: int
    end: int


@dataclass(slots=True)
class _Node(Generic[T]):
    children: dict[str, _Node[T]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)


class Phrases(Generic[T]):
    """Phrases and what each stands for.

    A phrase is found as whole words, whatever their case: in "Mara's" and in the plural of its
    last word too, in scripts without spaces anywhere, and in Korean at the start of a word.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in phrases:
            parts = name_words(phrase)
            if not 0 < len(parts) <= LONGEST_PHRASE:
                continue
            node = self._root
            for part in parts:
                node = node.children.setdefault(part.folded, _Node())
            node.values.append(value)

    def search(self, text: Sequence[Word]) -> Iterator[Found[T]]:
        """Every phrase in `text`, by where it begins and then by length; they may overlap.

        Looks at each word at most LONGEST_PHRASE times, however many phrases there are.
        """
        for index in range(len(text)):
            yield from self.at(text, index)

    def at(self, text: Sequence[Word], index: int, *, plurals: bool = True) -> Iterator[Found[T]]:
        """The phrases that begin with the word at `index`, the shortest first."""
        node = self._root
        for end in range(index, len(text)):
            word = text[end]
            following = node.children.get(word.folded)
            ways = [following]
            if plurals:
                ways += [node.children.get(singular) for singular in _singulars(word)]
            for way in ways:
                if way and way.values and _begins(text, index) and _ends(text, end):
                    start = text[index].start
                    yield from (Found(value, start, word.end) for value in way.values)
            if following is None:
                return
            node = following


def _singulars(word: Word) -> Iterator[str]:
    folded = word.folded
    if word.kind is WordKind.WORD and folded.endswith("s") and len(folded) > SHORTEST_STEM:
        yield folded[:-1]
        if folded.endswith(("ches", "shes", "xes", "ses", "zes")):
            yield folded[:-2]
        if folded.endswith("ies"):
            yield f"{folded[:-3]}y"


def _begins(text: Sequence[Word], index: int) -> bool:
    """Whether no word of which this is the rest stands before."""
    if text[index].kind is WordKind.SYLLABLE:
        return index == 0 or text[index - 1].kind is not WordKind.SYLLABLE
    if index < 2 or text[index].kind is not WordKind.WORD or text[index - 1].folded != "'":
        return True
    before = text[index - 2]
    return before.kind is not WordKind.WORD or before.folded in _ELISIONS


def _ends(text: Sequence[Word], index: int) -> bool:
    """Whether the word does not go on behind an apostrophe, except with the "s" of "Mara's"."""
    if index + 2 >= len(text) or text[index + 1].folded != "'":
        return True
    word, after = text[index], text[index + 2]
    one_word = word.kind is after.kind is WordKind.WORD and word.folded not in _ELISIONS
    return not one_word or after.folded == "s"
