"""Shots in notes of a script."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from studio.document.storyboard.model import Scene, Shot
from studio.formats.boards.board_notes import (
    read_scene_note,
    read_shot_note,
    scene_note,
    shot_note,
)
from tests.formats.making import HOSTILE

EMPTY = Shot("none")


def test_what_is_written_reads_back() -> None:
    shot = Shot(
        "ab12",
        label="7Z",
        size="CU",
        angle="low",
        lens="50",
        movement="dolly in",
        transition="dissolve",
        duration=2.125,
        notes="rain; 50% [[wet]]",
        custom={"Location = A": "Étretat"},
    )
    note = shot_note(shot)
    assert note.startswith("SHOT: id=ab12; label=7Z; size=CU; angle=low; lens=50; move=dolly in;")
    assert read_shot_note(note, EMPTY) == shot


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1)), st.text())
def test_any_text_reads_back_and_never_ends_the_note(custom: dict[str, str], notes: str) -> None:
    shot = Shot("a", notes=notes, custom=custom)
    note = shot_note(shot)
    assert not set("[]\n\r*\\") & set(note)
    read = read_shot_note(note, EMPTY)
    assert read == shot
    assert read is not None
    assert dict(read.custom) == custom


def test_words_of_other_programs() -> None:
    shot = read_shot_note("SHOT: close-up, 50mm, dolly in, at dusk", EMPTY)
    assert shot == replace(EMPTY, size="CU", lens="50", movement="dolly in", notes="at dusk")
    shot = read_shot_note("shot: size=wide shot; dur=soon; duration=3s; id=a b; x-=", EMPTY)
    assert shot == replace(EMPTY, size="LS", duration=3.0)
    assert read_shot_note("remember the milk", EMPTY) is None
    assert read_shot_note("SHOTS: 5", EMPTY) is None


def test_scene_notes() -> None:
    assert read_scene_note(scene_note(Scene("s_1"))) == "s_1"
    assert read_scene_note("SCENE: id=../x") == ""
    assert read_scene_note("SHOT: id=a") == ""


def test_hostile_strings_are_notes_like_any_other() -> None:
    for text in HOSTILE:
        read = read_shot_note(shot_note(Shot("a", notes=text)), EMPTY)
        assert read is not None
        assert read.notes == text
