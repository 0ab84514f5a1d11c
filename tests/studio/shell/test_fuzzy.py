"""Finding actions by a few letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.shell.fuzzy import score


@pytest.mark.parametrize(
    ("query", "text"),
    [("gnr", "Generate"), ("SEED", "Copy seed"), ("c s", "Copy seed"), ("", "Quit")],
)
def test_letters_in_their_order_are_found(query: str, text: str) -> None:
    assert score(query, text) is not None


@pytest.mark.parametrize(("query", "text"), [("gg", "Generate"), ("ttt", "Target"), ("x", "Quit")])
def test_other_letters_are_not(query: str, text: str) -> None:
    assert score(query, text) is None


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("cs", "Copy seed", "Cancel these"),
        ("gen", "Generate", "Dragon element"),
        ("seed", "Copy seed", "Save every edge done"),
        ("t", "Theme of the system", "Quit"),
    ],
)
def test_beginnings_and_runs_come_first(query: str, better: str, worse: str) -> None:
    high, low = score(query, better), score(query, worse)
    assert high is not None
    assert low is not None
    assert high > low


@given(st.text(max_size=20), st.data())
def test_a_text_is_found_by_any_of_its_letters_in_order(text: str, data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(0, max(0, len(text) - 1)))) if text else set()
    folded = text.casefold()
    query = "".join(folded[place] for place in sorted(places) if place < len(folded))
    assert score(query, text) is not None
