"""All entries of a project: found by id or name, and kept in the order the person gave them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from studio.document.bible.phrases import Phrases
from studio.document.bible.words import fold_name

if TYPE_CHECKING:
    from studio.document.bible.entry import Entry

STEP = 1.0
"""What lies between the orders of two entries that were added one after another."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that makes an entry apply to the text it occurs in: a name, an alias or a keyword."""

    entry_id: str
    word: str
    is_keyword: bool = False


@dataclass(frozen=True)
class Bible:
    """`entries` are sorted by their order, then by name.

    `unreadable` are the keys of documents that hold an entry which cannot be read; they stay in
    the project as they are.
    """

    entries: tuple[Entry, ...] = ()
    unreadable: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        entries = sorted(self.entries, key=lambda e: (e.order, fold_name(e.name), e.id))
        object.__setattr__(self, "entries", tuple(entries))

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def get(self, entry_id: str) -> Entry | None:
        """The entry with that id."""
        return self._by_id.get(entry_id)

    def named(self, name: str) -> Entry | None:
        """The entry of that name or else alias, whatever its case; of several the first."""
        return self._by_name.get(fold_name(name))

    @cached_property
    def names(self) -> Phrases[Entry]:
        """Names and aliases, each standing for the entry that `named` gives."""
        return Phrases(self._by_name.items())

    @cached_property
    def triggers(self) -> Phrases[Trigger]:
        """What each enabled entry is called, and its keywords."""
        return Phrases(
            (trigger.word, trigger) for entry in self.entries for trigger in _triggers(entry)
        )

    @property
    def next_order(self) -> float:
        """Behind all others."""
        if not self.entries:
            return STEP
        last = self.entries[-1].order
        return max(last + STEP, math.nextafter(last, math.inf))

    def moved(self, entry_id: str, index: int) -> tuple[Entry, ...]:
        """The entries that change when one is put where `index` others stand before it.

        Mostly that is the one; all are numbered anew where there is no room. Raises LookupError
        for an id that is not here.
        """
        entry = self._by_id.get(entry_id)
        if entry is None:
            raise LookupError(f"the bible has no entry {entry_id}")
        others = [other for other in self.entries if other.id != entry_id]
        before, after = others[:index], others[index:]
        if self.entries == (*before, entry, *after):
            return ()
        order = between(before[-1] if before else None, after[0] if after else None)
        if order is not None:
            return (replace(entry, order=order),)
        numbered = enumerate((*before, entry, *after), start=1)
        renewed = [(old, replace(old, order=number * STEP)) for number, old in numbered]
        return tuple(new for old, new in renewed if new != old)

    def free_name(self, name: str) -> str:
        """`name`, or the first of "name 2", "name 3" … that nothing here is called."""
        free, number = name, 1
        while self.named(free) is not None:
            number += 1
            free = f"{name} {number}"
        return free

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _by_name(self) -> dict[str, Entry]:
        names = [(entry.name, entry) for entry in self.entries]
        names += [(alias, entry) for entry in self.entries for alias in entry.aliases]
        found: dict[str, Entry] = {}
        for name, entry in names:
            found.setdefault(fold_name(name), entry)
        found.pop("", None)
        return found


def between(before: Entry | None, after: Entry | None) -> float | None:
    """An order between two neighbours, None being an end; None where no number lies between."""
    low = before.order if before else -math.inf
    high = after.order if after else math.inf
    if before and after:
        order = low + (high - low) / 2
    else:
        order = low + STEP if before else high - STEP if after else STEP
    return order if low < order < high else None


def _triggers(entry: Entry) -> Iterator[Trigger]:
    if not entry.enabled:
        return
    for name in dict.fromkeys((entry.name, *entry.aliases)):
        yield Trigger(entry.id, name)
    for keyword in dict.fromkeys(entry.keywords):
        yield Trigger(entry.id, keyword, is_keyword=True)
