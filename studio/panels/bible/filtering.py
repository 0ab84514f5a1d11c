"""Which entries the list shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.document.bible.entry import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class Filter:
    """`words` all occur in the entry; `kind` and `tag` are its own; None and "" are any."""

    words: str = ""
    kind: EntryKind | None = None
    tag: str = ""

    @property
    def is_on(self) -> bool:
        return bool(self.words.strip() or self.kind or self.tag)


class Finder:
    """Remembers what was folded, so that the second letter typed costs less than the first."""

    def __init__(self) -> None:
        self._folded: dict[str, tuple[Entry, str]] = {}

    def found(self, entries: Iterable[Entry], wanted: Filter) -> list[Entry]:
        """In their order."""
        words = wanted.words.casefold().split()
        return [
            entry
            for entry in entries
            if (wanted.kind is None or entry.kind is wanted.kind)
            and (not wanted.tag or wanted.tag in entry.tags)
            and (not words or self._has(entry, words))
        ]

    def _has(self, entry: Entry, words: list[str]) -> bool:
        known = self._folded.get(entry.id)
        if known is None or known[0] is not entry:
            parts = (entry.name, *entry.aliases, *entry.tags, *entry.keywords, entry.summary)
            known = self._folded[entry.id] = entry, "\n".join((*parts, entry.text)).casefold()
        return all(word in known[1] for word in words)


def counts(entries: Iterable[Entry]) -> Counter[EntryKind]:
    """How many there are of each kind."""
    return Counter(entry.kind for entry in entries)


def tags(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """All tags with how many entries have them, the most frequent first."""
    found = Counter(tag for entry in entries for tag in dict.fromkeys(entry.tags))
    return sorted(found.items(), key=lambda each: (-each[1], each[0].casefold()))
