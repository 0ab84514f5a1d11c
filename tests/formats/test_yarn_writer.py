"""What is written plays in the real runtime as in our interpreter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from studio.document.dialogue.expression import ExpressionError
from studio.document.dialogue.nodes import Choice, Line, Menu
from studio.document.dialogue.script_parser import parse_script
from studio.document.dialogue.story import Conversation, Story
from studio.document.dialogue.template import literal
from studio.document.dialogue.walking import walk
from studio.formats.yarn_reader import read_yarn
from studio.formats.yarn_writer import write_yarn
from tests.formats.plays import our_play, start, stories
from tests.formats.runtimes import run_node

STRINGS = json.loads(Path(__file__).with_name("hostile_strings.json").read_text(encoding="utf-8"))
SEEDS = list(range(1, 21))


def hostile() -> list[Story]:
    """Each string as a line and as a choice."""
    found = []
    for text in STRINGS:
        line = Line(id="n_1", speaker="Mara", text=literal(text), line_id="l_1", next="n_2")
        choice = Choice(id="c_1", text=literal(text), line_id="l_2")
        menu = Menu(id="n_2", choices=(choice,))
        found.append(Story((Conversation("c", "", "n_1", (line, menu)),)))
    return found


def test_yarn_plays_what_we_play() -> None:
    told = {name: story for name, story in stories().items() if name != "chance"}
    sources = [write_yarn(story).text for story in told.values()]
    plays = run_node("walk_yarn.cjs", {"sources": sources, "seeds": SEEDS}, "@mnbroatch/bondage")
    for (name, story), theirs in zip(told.items(), plays, strict=True):
        for seed, their in zip(SEEDS, theirs, strict=True):
            ours, end = our_play(story, seed)
            assert (name, seed, their["transcript"], their["end"]) == (name, seed, ours, end)
            values = walk(story, start(story), seed).values
            assert {key: their["variables"].get(key) for key in values if "/" not in key} == {
                key: value for key, value in values.items() if "/" not in key
            }


def test_hostile_strings_come_back() -> None:
    sources = [write_yarn(story).text for story in hostile()]
    plays = run_node("walk_yarn.cjs", {"sources": sources, "seeds": [1]}, "@mnbroatch/bondage")
    for text, ((their,), source) in zip(STRINGS, zip(plays, sources, strict=True), strict=True):
        shown = text.replace("\t", "    ")
        menu = shown.removeprefix("\u200b")
        said, offered, *_ = their["transcript"]
        assert (said, source) == (["say", "Mara", shown], source)
        texts = [each.removeprefix("\u200b") for each in offered[1]]
        assert (offered[0], texts) == ("menu", [menu])


@pytest.mark.parametrize("name", stories())
def test_what_is_written_is_read_and_plays_the_same(name: str) -> None:
    story = stories()[name]
    again = read_yarn(write_yarn(story, dice=False).text)
    assert again.kept == ()
    if name == "chance":  # the number that somebody else sets is 0
        return
    for seed in SEEDS:
        assert our_play(again.story, seed) == our_play(story, seed)


def test_hostile_strings_are_read_again() -> None:
    for text, story in zip(STRINGS, hostile(), strict=True):
        (conversation,) = read_yarn(write_yarn(story).text).story.conversations
        line, menu = conversation.nodes[:2]
        assert isinstance(line, Line)
        assert isinstance(menu, Menu)
        shown = literal(text).replace("\t", "    ")
        assert (line.speaker, line.text) == ("Mara", shown)
        assert menu.choices[0].text.removeprefix("\u200b") == shown
        assert (line.line_id, menu.choices[0].line_id) == ("l_1", "l_2")


def test_calls_need_yarn_3() -> None:
    story = parse_script("=== c\ncall Sub\nend\n== Sub\nHello.\nreturn\n")
    (loss,) = write_yarn(story).losses
    assert loss.changes_play
    exported = write_yarn(story, yarn3=True)
    assert exported.losses == ()
    assert "<<detour Sub>>" in exported.text
    again = read_yarn(exported.text).story
    assert our_play(again, 1) == our_play(story, 1)


def test_names_of_bible_entries_and_losses() -> None:
    story = parse_script("=== c\nx1: Hm. #ok #two\\swords\nend\n")
    exported = write_yarn(story, {"x1": "Mara: the first"})
    assert "Mara the first: Hm. #ok #line:c_x1_01" in exported.text
    assert [loss.changes_play for loss in exported.losses] == [True, False]


def test_an_expression_that_means_nothing_is_no_story() -> None:
    story = parse_script("=== c\nset ghost = 1\nend\n")
    with pytest.raises(ExpressionError, match="ghost"):
        write_yarn(story)
    (conversation,) = story.conversations
    placed = replace(conversation, positions={conversation.start: (3.0, 4.0)})
    told = parse_script("var ghost: number = 0\n", story)
    text = write_yarn(replace(story, conversations=(placed,), variables=told.variables)).text
    assert "position: 3,4" in text
    assert list(read_yarn(text).story.conversations[0].positions.values()) == [(3.0, 4.0)]
