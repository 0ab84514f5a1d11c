from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from studio.document.dialogue.findings import CODES, Severity
from studio.document.dialogue.nodes import Line, Menu, Set
from studio.document.dialogue.player import Player
from studio.document.dialogue.script_parser import parse_script
from studio.document.dialogue.story import Place, Story
from studio.document.dialogue.structure_checks import Cast
from studio.document.dialogue.transcript import Ended, Offered
from studio.document.dialogue.validation import validate
from tests.document.dialogue import corpus_table
from tests.document.dialogue.shapes import SHAPES
from tests.document.dialogue.stories import harbor, told


@pytest.mark.parametrize("case", corpus_table.cases(), ids=lambda case: case.name)
def test_the_corpus(case: corpus_table.Case) -> None:
    assert case.found == case.expected


def test_the_corpus_is_large_and_knows_every_kind() -> None:
    cases = corpus_table.cases()
    assert len(cases) >= 60
    there = set().union(*(case.expected for case in cases))
    # These two need more than a script: a translation, and text that does not parse.
    assert set(CODES) - there == {"untranslated", "bad_expression"}


def test_a_translation_that_is_missing() -> None:
    story = harbor()
    lines = [node for node in story.conversations[0].nodes if isinstance(node, Line)]
    menu = next(node for node in story.conversations[0].nodes if isinstance(node, Menu))
    known = {line.line_id for line in lines[1:]} | {each.line_id for each in menu.choices}
    found = [
        each for each in validate(story, Cast(translated=known)) if each.code == "untranslated"
    ]
    assert [each.place.node for each in found] == [lines[0].id]


def test_an_expression_of_a_file_that_means_nothing() -> None:
    story = told("set a = 1\nMara: x\nend\n")
    conversation = story.conversations[0]
    first, second, end = conversation.nodes
    assert isinstance(first, Set)
    assert isinstance(second, Line)
    nodes = (replace(first, value="1 +"), replace(second, text="{oh"), end)
    broken = Story((replace(conversation, nodes=nodes),), ())
    found = {each.code: each for each in validate(broken)}
    assert set(found) == {"undefined_variable", "bad_expression"}
    assert "column 1" in found["bad_expression"].reason
    assert found["bad_expression"].severity is Severity.ERROR


@pytest.mark.parametrize(
    "name", ["menu_can_be_empty-once", "menu_can_be_empty+choice_never_appears-numbers"]
)
def test_the_witness_can_be_played(name: str) -> None:
    script = (corpus_table.FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    story = parse_script(script)
    finding = next(each for each in validate(story) if each.code == "menu_can_be_empty")
    player = Player(story, finding.witness[0].place)
    for step in finding.witness:
        if step.choice:
            while not isinstance(player.advance(), Offered):
                pass
            player.pick(step.choice)
    while not isinstance(event := player.advance(), Ended):
        pass
    assert (event.reason, event.place) == ("stuck", finding.place)


def test_an_unreachable_node_has_a_place_and_the_worst_comes_first() -> None:
    story = told("end\n\n== Lost\nHm.\njump Gone\n")
    found = validate(story)
    assert [each.code for each in found] == ["unknown_target", "unreachable", "unreachable"]
    lost = story.conversations[0].by_title["Lost"]
    assert found[1].place == Place("c", lost)


@pytest.mark.parametrize("shape", list(SHAPES.values()), ids=list(SHAPES))
def test_large_stories_take_seconds(shape: Callable[[int], Story]) -> None:
    story = shape(1000)
    begin = time.perf_counter()
    validate(story)
    assert time.perf_counter() - begin < 5
