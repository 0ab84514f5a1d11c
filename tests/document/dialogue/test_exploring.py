"""How much of a story is counted, and what is said where it is too much."""

from __future__ import annotations

import pytest

from studio.document.dialogue.exploring import explore
from studio.document.dialogue.possible import BOTH, possible_outcomes
from studio.document.dialogue.relevance import relevance
from tests.document.dialogue.stories import harbor, told

UNBOUNDED = (
    "var a: number = 0\nvar b: number = 0\n== M\n+ More\n    set a = a + 1\n    -> M\n"
    "+ Less\n    set a = a - 1\n    -> M\n+ Secret [if a > 3]\n    end\n"
)


def test_what_only_players_see_makes_no_difference() -> None:
    found = relevance(harbor())
    assert found.values == ("harbor/asked", "trust")
    assert found.ceilings["trust"] == 1
    assert [place.node for place in found.visits] == [
        harbor().conversations[0].by_title["Lighthouse"]
    ]


def test_a_counter_that_only_grows_is_counted_to_the_end() -> None:
    script = UNBOUNDED.replace("set a = a - 1", "set b = b + 1")
    found = explore(told(script))
    assert found.whole
    assert len(found.parents) < 50


def test_a_number_without_bounds_is_not() -> None:
    assert not explore(told(UNBOUNDED)).whole


def test_what_only_the_game_sets_may_be_anything() -> None:
    found = explore(told("var a: bool = false\nif a\n    end\nelse\n    end\n"))
    assert found.whole
    assert {frozenset(each) for each in found.outcomes.values()} == {BOTH}


@pytest.mark.parametrize(
    ("condition", "outcomes"),
    [
        ("a > 3 and a < 2", {False}),
        ("a > 3 or a <= 3", {True}),
        ("a > 3", {True, False}),
        ("a > 2 and a < 3", {True, False}),
        ("m and not m", {False}),
        ('k == "x" or k == "y"', {True}),
        ('visits("M") >= 0', {True}),
        ("a > b", {True, False}),
        ("1 / a > 2 and a > 3", {True, False}),
        ("ghost", {True, False}),
        ("a >", {True, False}),
    ],
)
def test_what_a_condition_can_come_to(condition: str, outcomes: set[bool]) -> None:
    story = told(
        'var a: number = 0\nvar b: number = 0\nvar m: bool = true\nvar k: "x" | "y" = "x"\n'
        "== M\nend\n"
    )
    assert possible_outcomes(story, condition, "c") == outcomes
