from __future__ import annotations

import pytest

from studio.document.dialogue.story import Place
from studio.document.dialogue.transcript import Ended, entry
from studio.document.dialogue.walking import NotOfferedError, play, walk, walk_often
from tests.document.dialogue.stories import harbor, told

START = Place("harbor", "")


def test_given_picks_by_text_and_by_place() -> None:
    story = harbor()
    done = play(story, START, ["Ask about the lighthouse", 0])
    assert done is not None
    assert done.end.reason == "end"
    assert [entry(event) for event in done.events][2:5] == [
        ["menu", ["Ask about the lighthouse", "Leave"]],
        ["pick", "Ask about the lighthouse"],
        ["say", "Mara", "It has been dark since the storm."],
    ]
    assert (done.values["trust"], done.values["met"]) == (1.0, True)
    assert play(story, START, [0]) is None
    with pytest.raises(NotOfferedError) as error:
        play(story, START, ["Swim"])
    assert error.value.offered == ("Ask about the lighthouse", "Leave")
    with pytest.raises(LookupError):
        play(story, Place("harbor", "n_gone"), [])


def test_walks_repeat_and_cover() -> None:
    story = harbor()
    assert walk(story, START, 7) == walk(story, START, 7)
    found = walk_often(story, START, 200, seed=7)
    assert found == walk_often(story, START, 200, seed=7)
    assert found.ends == {"end": 200}
    # Nobody comes twice to the lighthouse.
    never = [story.find(place) for place in found.never_seen(story)]
    assert [getattr(node, "text", "") for node in never] == ["You again."]


def test_walks_that_fail_can_be_played_again() -> None:
    story = told("== M\n* a\n    -> M\n* b\n    -> M\n+ c\n    end\n* d\n    Hm.\n    -> ?\n")
    found = walk_often(story, Place("c", ""), 60)
    assert set(found.ends) == {"end", "loose end"}
    assert found.failed
    assert len(found.failed) <= 20
    again = walk(story, Place("c", ""), found.failed[0].seed)
    assert again.picks == found.failed[0].picks
    assert again.end.reason == "loose end"


def test_a_walk_without_an_end_is_cut() -> None:
    done = walk(told("== M\n+ a\n    -> M\n"), Place("c", ""), 1)
    assert isinstance(done.events[-1], Ended)
    assert done.end.reason == "too long"
