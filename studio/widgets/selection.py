"""Which of a list of keys are chosen, and how keys and clicks change that. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Selection:
    """Chosen keys in an order, one of them current: where the keyboard stands."""

    def __init__(self) -> None:
        self._order: tuple[str, ...] = ()
        self._chosen: set[str] = set()
        self._current = ""
        self._anchor = ""

    @property
    def current(self) -> str:
        """The key the keyboard stands on, "" for none."""
        return self._current

    @property
    def chosen(self) -> tuple[str, ...]:
        """In their order."""
        return tuple(key for key in self._order if key in self._chosen)

    def set_order(self, keys: Sequence[str]) -> None:
        """Takes a new list; what is gone is no longer chosen, its neighbour becomes current."""
        before, self._order = self._order, tuple(keys)
        there = set(self._order)
        self._chosen &= there
        if self._current and self._current not in there:
            at = before.index(self._current)
            around = [*before[at + 1 :], *reversed(before[:at])]
            self._current = next((key for key in around if key in there), "")
            if self._current and not self._chosen:
                self._chosen = {self._current}
        if self._anchor not in there:
            self._anchor = self._current

    def choose(self, key: str) -> None:
        """This one alone."""
        self._chosen, self._current, self._anchor = {key}, key, key

    def toggle(self, key: str) -> None:
        """This one too, or no longer."""
        self._chosen ^= {key}
        self._current = self._anchor = key

    def extend(self, key: str) -> None:
        """All from where the selection began to this one."""
        first = self._order.index(self._anchor) if self._anchor else 0
        last = self._order.index(key)
        low, high = sorted((first, last))
        self._chosen, self._current = set(self._order[low : high + 1]), key

    def choose_all(self) -> None:
        self._chosen = set(self._order)
        if self._order and not self._current:
            self._current = self._anchor = self._order[0]

    def clear(self) -> None:
        self._chosen, self._current, self._anchor = set(), "", ""
