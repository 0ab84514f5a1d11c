"""Storyboards as documents, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.documents import Document
from studio.document.storyboard.documents import (
    SCENE_KIND,
    STORYBOARD_KIND,
    change_between,
    read_storyboard,
    storyboard_documents,
    storyboard_ids,
)
from studio.document.storyboard.operations import find_shot, move_shots, replace_shot
from tests.document.storyboard.boards import harbour


def test_a_board_comes_back() -> None:
    documents = storyboard_documents(harbour())
    assert read_storyboard(documents, "board") == harbour()
    assert storyboard_ids(documents) == ("board",)
    with pytest.raises(LookupError):
        read_storyboard(documents, "other")


def test_a_change_writes_the_scenes_that_it_concerns() -> None:
    board = harbour()
    shot = replace(find_shot(board, "a"), size="CU")
    change = change_between(board, replace_shot(board, shot))
    assert [document.key for document in change.puts] == ["storyboard/board/one"]
    change = change_between(board, move_shots(board, ["a"], "three", 0))
    assert {document.key for document in change.puts} == {
        "storyboard/board/one",
        "storyboard/board/three",
    }
    second = replace(board, sequences=board.sequences[:1])
    assert change_between(board, second).deletes == ("storyboard/board/three",)
    assert len(change_between(None, board).puts) == 4


def test_what_is_unknown_or_wrong_is_kept() -> None:
    data = {
        "heading": 5,
        "future": {"x": 1},
        "shots": [
            {"id": "a", "duration": "long", "size": "CU", "lut": "warm"},
            "nonsense",
        ],
    }
    scene = Document.make("storyboard/b/s", SCENE_KIND, data)
    board = Document.make("storyboard/b", STORYBOARD_KIND, {"sequences": [], "aspect": "7:1"})
    read = read_storyboard((board, scene), "b")
    assert [shot.size for shot in read.shots] == ["CU"]
    assert read.aspect == "16:9"
    again = {document.key: document.data for document in storyboard_documents(read)}
    assert again["storyboard/b/s"] == data
    assert again["storyboard/b"]["aspect"] == "7:1"
    changed = replace_shot(read, replace(find_shot(read, "a"), duration=2.0))
    shot = {d.key: d.data for d in storyboard_documents(changed)}["storyboard/b/s"]["shots"][0]
    assert shot == {"id": "a", "duration": 2.0, "size": "CU", "lut": "warm"}


def test_a_scene_that_nobody_names_comes_last() -> None:
    documents = list(storyboard_documents(harbour()))
    documents[0] = documents[0].updated(sequences=[{"id": "s", "scenes": ["two", "gone"]}])
    scenes = [scene.id for scene in read_storyboard(documents, "board").scenes]
    assert scenes == ["two", "one", "three"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(["id", "shots", "frames", "versions", "active", "dialogue", "custom"])


@given(st.dictionaries(NAMES, JSON | st.lists(st.dictionaries(NAMES, JSON), max_size=2)))
def test_any_json_is_read_and_stays_readable(data: dict[str, object]) -> None:
    documents = (
        Document.make("storyboard/b", STORYBOARD_KIND, data),
        Document.make("storyboard/b/s", SCENE_KIND, {"shots": [data], **data}),
    )
    board = read_storyboard(documents, "b")
    assert read_storyboard(storyboard_documents(board), "b") == board
