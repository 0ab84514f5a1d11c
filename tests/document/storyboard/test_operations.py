"""What is done to shots."""

from __future__ import annotations

import pytest

from studio.document.errors import ProjectError
from studio.document.storyboard.model import Shot, Storyboard
from studio.document.storyboard.operations import (
    delete_shots,
    duplicate_shots,
    find_shot,
    insert_shots,
    merge_shots,
    move_shots,
    split_shot,
)
from tests.document.storyboard.boards import harbour


def ids(board: Storyboard) -> list[str]:
    return ["".join(shot.id for shot in scene.shots) for scene in board.scenes]


def test_insert_move_delete() -> None:
    board = harbour()
    assert ids(insert_shots(board, "one", 1, (Shot("x"), Shot("y")))) == ["axybc", "de", "g"]
    assert ids(move_shots(board, ["a", "e"], "one", 2)) == ["baec", "d", "g"]
    assert ids(move_shots(board, ["a"], "one", 3)) == ["bca", "de", "g"]
    assert ids(move_shots(board, ["g", "b"], "two", 0)) == ["ac", "bgde", ""]
    assert ids(delete_shots(board, ["a", "g"])) == ["bc", "de", ""]
    assert ids(board) == ["abc", "de", "g"]
    with pytest.raises(LookupError):
        move_shots(board, ["a"], "none", 0)


def test_a_copy_is_a_shot_of_its_own() -> None:
    board = duplicate_shots(harbour(), ["d", "e"])
    scene = list(board.scenes)[1]
    assert [shot.action for shot in scene.shots[:2]] == [scene.shots[0].action] * 2
    assert len({shot.id for shot in board.shots}) == 8
    assert scene.shots[3].label == ""
    assert scene.shots[0].frames[0].id != scene.shots[1].frames[0].id


def test_a_split_shot_merges_again() -> None:
    board = harbour()
    action = find_shot(board, "d").action
    parts = split_shot(board, "d", action.index("along"), 0)
    first, second, _ = list(parts.scenes)[1].shots
    assert (first.action, second.action) == ("The visitor walks", "along the edge.")
    assert (first.transition, second.transition) == ("", "dissolve")
    assert (len(first.frames), len(second.frames)) == (1, 0)
    merged = find_shot(merge_shots(parts, ["d", second.id]), "d")
    assert merged.action == "The visitor walks\nalong the edge."
    assert merged.transition == "dissolve"
    assert merged.custom == first.custom


@pytest.mark.parametrize("chosen", [["a"], ["a", "c"], ["c", "d"], []])
def test_only_neighbours_merge(chosen: list[str]) -> None:
    with pytest.raises(ProjectError) as caught:
        merge_shots(harbour(), chosen)
    assert caught.value.code == "not_neighbours"
