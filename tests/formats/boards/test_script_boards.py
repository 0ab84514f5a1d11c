"""Scripts become boards, and boards scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from studio.document.storyboard.conform import Conformed, conform
from studio.document.storyboard.model import Shot, Speech, Storyboard
from studio.document.storyboard.operations import find_shot, replace_shot
from studio.formats.boards.board_script import board_as_fountain
from studio.formats.boards.script_boards import board_from_script, lost_in_boards
from studio.formats.fountain.reading import read_fountain
from tests.document.storyboard.boards import harbour
from tests.formats.fountain.test_reading import LINES
from tests.formats.making import HOSTILE
from tests.formats.scripts import LIGHTHOUSE


def board_of(text: str) -> Storyboard:
    return board_from_script(read_fountain(text))


def test_a_script_without_notes_is_cut_by_what_happens() -> None:
    board = board_of(
        "Title: **Rain**\n\nFADE IN:\n\n# Act One\n\nINT. HOUSE - DAY #12#\n\n= She waits.\n\n"
        "Rain. [[cold]]\n\nMARA (V.O.)\n(quietly)\nYou *came*.\nBack.\n\nMARA\nSit.\n\n"
        "JOHN\nNo.\n\nEVE ^\nYes.\n\n> DISSOLVE TO:\n\nEXT. SEA\n\nWaves.\n\nGulls.\n"
    )
    assert board.title == "Rain"
    assert [sequence.title for sequence in board.sequences] == ["Act One"]
    house, sea = board.scenes
    assert (house.heading, house.number, house.synopsis) == (
        *("INT. HOUSE - DAY", "12", "She waits."),
    )
    assert [(s.action, s.dialogue, s.notes, s.transition) for s in house.shots] == [
        (
            "Rain.",
            (
                Speech("MARA", "You came.\nBack.", "(V.O.)", "(quietly)"),
                Speech("MARA", "Sit."),
            ),
            "cold",
            "",
        ),
        ("", (Speech("JOHN", "No."), Speech("EVE", "Yes.", dual=True)), "", "dissolve"),
    ]
    assert [shot.action for shot in sea.shots] == ["Waves.", "Gulls."]


def test_a_note_of_a_shot_cuts_a_scene() -> None:
    board = board_of("INT. A\n\nOne.\n\nTwo.\n\n[[SHOT: id=x; size=CU]]\n\nThree.\n\nMARA\nFour.\n")
    first, second = board.shots
    assert first.action == "One.\nTwo."
    assert (second.id, second.size, second.action) == ("x", "CU", "Three.")
    assert second.dialogue == (Speech("MARA", "Four."),)


@pytest.mark.parametrize("text", ["", "\n\n", "Title: x\n", "[[SHOT:]]", "# One\n# Two", "word"])
def test_any_text_is_a_board(text: str) -> None:
    board = board_of(text)
    assert board.sequences
    assert conform(board, board) == Conformed(board)


def test_a_board_comes_back_from_its_script() -> None:
    """All but pictures; ids say that it is the same."""
    board = harbour()
    bare = replace_shot(board, replace(find_shot(board, "d"), frames=()))
    read = board_of(board_as_fountain(board))
    assert list(read.scenes) == list(bare.scenes)
    assert [s.title for s in read.sequences] == [s.title for s in board.sequences]
    custom = dict(find_shot(read, "d").custom)
    assert custom == {"Location": "Étretat, “high” road"}
    assert conform(board, read) == Conformed(board)


@given(LINES)
def test_what_any_script_becomes_comes_back(lines: list[str]) -> None:
    board = board_of("\n".join(lines))
    assert list(board_of(board_as_fountain(board)).scenes) == list(board.scenes)


def test_a_scene_without_a_heading_comes_back() -> None:
    board = harbour()
    one, two, three = board.scenes
    scenes = (replace(one, heading=""), two, replace(three, heading="", shots=()))
    board = replace(board, sequences=(replace(board.sequences[0], scenes=scenes),))
    read = board_of(board_as_fountain(board))
    assert [(s.id, s.heading, len(s.shots)) for s in read.scenes] == [
        *(("one", "", 3), ("two", "EXT. CLIFF - DAY", 2), ("three", "", 0)),
    ]


def test_hostile_strings_come_back_as_action_and_dialogue() -> None:
    for text in HOSTILE:
        shot = Shot("h", action=text, dialogue=(Speech("MARA", text),), notes=text)
        board = replace_shot(harbour(), replace(shot, id="a"))
        read = find_shot(board_of(board_as_fountain(board)), "a")
        assert (read.action, read.dialogue, read.notes) == (shot.action, shot.dialogue, text)


def test_what_a_board_has_no_place_for_is_named() -> None:
    assert lost_in_boards(read_fountain("INT. A\n\nB.\n")) == ()
    sentences = lost_in_boards(read_fountain(LIGHTHOUSE.read_text("utf-8")))
    assert any("Credit, Author" in sentence for sentence in sentences)
    assert "Page breaks of the script are left out." in sentences
    assert "Emphasis is left out." in sentences
