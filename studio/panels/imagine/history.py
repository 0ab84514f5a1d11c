"""Leafing through earlier prompts without losing the one that is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class HistoryWalk:
    """Stands at the draft (0) or at one of the earlier prompts, the newest first."""

    def __init__(self) -> None:
        self._at = 0
        self._draft = ""
        self._shown = ""

    def step(self, by: int, text: str, history: Sequence[str]) -> str:
        """The prompt one older (1) or newer (-1) than `text`, which is what is written now."""
        if text != self._shown:
            self._at, self._draft = 0, text
        earlier = [old for old in history if old != self._draft.strip()]
        self._at = min(len(earlier), max(0, self._at + by))
        self._shown = earlier[self._at - 1] if self._at else self._draft
        return self._shown
