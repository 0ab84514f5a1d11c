"""What scenes and shots are called: 1A, 1B, 2A, and numbers of a person's own."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.document.storyboard.model import Storyboard


def scene_numbers(board: Storyboard) -> dict[str, str]:
    """The number of each scene by its id: the script's, or the next that no script uses."""
    taken = {scene.number.casefold() for scene in board.scenes if scene.number}
    free = (str(number) for number in count(1) if str(number) not in taken)
    return {scene.id: scene.number or next(free) for scene in board.scenes}


def shot_labels(board: Storyboard) -> dict[str, str]:
    """The label of each shot by its id: its own, or number and letters that no other has."""
    taken = {shot.label.casefold() for shot in board.shots if shot.label}
    numbers = scene_numbers(board)
    labels = {}
    for scene in board.scenes:
        names = (f"{numbers[scene.id]}{letters(place)}" for place in count())
        free = (name for name in names if name.casefold() not in taken)
        for shot in scene.shots:
            labels[shot.id] = shot.label or next(free)
    return labels


def letters(place: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    text = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        text = chr(ord("A") + letter) + text
    return text
