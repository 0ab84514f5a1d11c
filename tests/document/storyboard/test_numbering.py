"""Labels are automatic and leave room for those of a person."""

from __future__ import annotations

from dataclasses import replace

from studio.document.storyboard.model import Scene, Sequence, Shot, Storyboard
from studio.document.storyboard.numbering import letters, scene_numbers, shot_labels
from studio.document.storyboard.operations import find_shot, replace_shot
from tests.document.storyboard.boards import harbour


def test_scenes_and_shots_count_on() -> None:
    board = harbour()
    assert scene_numbers(board) == {"one": "1", "two": "7", "three": "2"}
    assert list(shot_labels(board).values()) == ["1A", "1B", "1C", "7A", "7Z", "2A"]


def test_a_locked_label_is_given_once() -> None:
    board = replace_shot(harbour(), replace(find_shot(harbour(), "c"), label="1a"))
    assert list(shot_labels(board).values())[:3] == ["1B", "1C", "1a"]


def test_letters_go_on_after_z() -> None:
    assert [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]
    shots = tuple(Shot(str(number)) for number in range(30))
    board = Storyboard("b", sequences=(Sequence("s", scenes=(Scene("x", shots=shots),)),))
    labels = shot_labels(board)
    assert len(set(labels.values())) == 30
    assert labels["29"] == "1AD"
