"""How long a shot is: what a person says, or as long as its dialogue takes to speak."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.document.bible.words import WordKind, words

if TYPE_CHECKING:
    from studio.document.storyboard.model import Shot, Storyboard

DEFAULT = 2.0
"""Seconds of a shot in which nothing is said, as in other storyboard programs."""

# Conversational English has some 150 words a minute; Japanese some 7.8 morae and Mandarin some 5.2
# syllables a second (Pellegrino et al. 2011, Language 87), one to a character or more.
_SECONDS = {WordKind.WORD: 60 / 150, WordKind.SIGN: 1 / 5.2, WordKind.SYLLABLE: 1 / 5.2}
_BREATH = 0.5  # seconds around a speech


def spoken_seconds(text: str) -> float:
    """How long it takes to say a text of any script."""
    return sum(_SECONDS.get(word.kind, 0.0) for word in words(text))


def estimated_duration(shot: Shot) -> float:
    """Seconds, in steps of a tenth, never below DEFAULT."""
    spoken = sum(_BREATH + spoken_seconds(speech.text) for speech in shot.dialogue)
    return max(DEFAULT, math.ceil(round(spoken * 10, 6)) / 10)


def duration_of(shot: Shot) -> float:
    """Seconds: the shot's own or the estimated."""
    return estimated_duration(shot) if shot.duration is None else shot.duration


def total_duration(board: Storyboard) -> float:
    """Seconds of all shots."""
    return sum(map(duration_of, board.shots))


def clock(seconds: float) -> str:
    """As boards write it: `2s`, `2.5s`, `2:12`."""
    if seconds < 60:
        return f"{seconds:.1f}".removesuffix(".0") + "s" if seconds < 59.95 else "1:00"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
