"""Prompts from fields and bible, and what fed them."""

from __future__ import annotations

from dataclasses import replace

from studio.document.bible.bible import Bible
from studio.document.bible.entry import Entry, EntryKind
from studio.document.bible.uses import uses_of
from studio.document.storyboard.documents import storyboard_documents
from studio.document.storyboard.frame_prompt import frame_prompt, mentioned
from studio.document.storyboard.model import Frame, Shot, Speech, Version
from studio.document.storyboard.operations import find_shot, place_of, replace_shot
from tests.document.storyboard.boards import PICTURE, harbour

MARA = Entry("m", EntryKind.CHARACTER, "Mara", prompt="a woman in a yellow raincoat")
PLACE = Entry("p", EntryKind.PLACE, "Lighthouse", prompt="an old stone lighthouse")
LOOK = Entry("l", EntryKind.LOOK, "Ink", prompt="ink drawing")
BIBLE = Bible((MARA, PLACE, LOOK))


def test_fields_and_entries_feed_a_prompt() -> None:
    board = replace(harbour(), look="l")
    scene, _ = place_of(board, "a")
    made = frame_prompt(find_shot(board, "a"), scene, board, BIBLE)
    assert made.typed == (
        "wide shot, 24mm lens, Rain beats on the glass. @Mara waits, "
        "interior, @Lighthouse, night, @Ink"
    )
    assert made.expansion.prompt == (
        "wide shot, 24mm lens, Rain beats on the glass. a woman in a yellow raincoat waits, "
        "interior, an old stone lighthouse, night, ink drawing"
    )
    fed = {piece.field: made.typed[piece.start : piece.end] for piece in made.fed}
    assert fed["size"] == "wide shot"
    assert fed["heading"] == "interior, @Lighthouse, night"
    assert fed["look"] == "@Ink"
    assert [item["entry"] for item in made.made_from] == ["m", "p", "l"]


def test_who_speaks_is_seen_unless_it_is_a_voice() -> None:
    board = harbour()
    scene, _ = place_of(board, "b")
    seen = Shot("b", dialogue=(Speech("MARA", "Go."),))
    heard = Shot("b", dialogue=(Speech("MARA", "Go.", "(V.O.)"),))
    assert "@Mara" in frame_prompt(seen, scene, board, BIBLE).typed
    assert "@Mara" not in frame_prompt(heard, scene, board, BIBLE).typed


def test_names_are_mentioned_once() -> None:
    assert mentioned("@Mara and Mara's dog", BIBLE) == "@Mara and @Mara's dog"
    assert mentioned("nobody", BIBLE) == "nobody"


def test_the_bible_finds_what_was_drawn_from_it() -> None:
    board = harbour()
    scene, _ = place_of(board, "d")
    shot = find_shot(board, "d")
    made = frame_prompt(replace(shot, action="Mara falls."), scene, board, BIBLE)
    version = Version(PICTURE, made.expansion.prompt, made.made_from)
    board = replace_shot(board, replace(shot, frames=(Frame("f", (version,)),)))
    older = Bible((replace(MARA, prompt="a woman in red"), PLACE, LOOK))
    (use,) = uses_of(older, storyboard_documents(board))
    assert (use.label, use.stale, use.changed_fields) == ("shot 7A", True, ("prompt",))
