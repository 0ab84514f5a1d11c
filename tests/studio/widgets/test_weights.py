from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.widgets.weights import WeightedText, change_weight, weight_spans


def changed(text: str, start: int, end: int, step: float = 0.1) -> tuple[str, str]:
    """The text after the change, and what is selected in it."""
    after = change_weight(WeightedText(text, start, end), step)
    return after.text, after.text[after.start : after.end]


def test_the_word_under_the_cursor_gets_a_weight() -> None:
    after = change_weight(WeightedText("an old lighthouse", 5, 5), 0.1)
    assert after == WeightedText("an (old:1.1) lighthouse", 6, 6)


def test_a_selection_gets_a_weight_and_stays_selected_without_its_spaces() -> None:
    assert changed("an old lighthouse, dusk", 2, 17) == (
        "an (old lighthouse:1.1), dusk",
        "old lighthouse",
    )


def test_pressing_again_changes_the_number_not_the_brackets() -> None:
    state = WeightedText("an old door", 3, 6)
    for _ in range(3):
        state = change_weight(state, 0.1)
    assert state.text == "an (old:1.3) door"


def test_at_one_the_brackets_go() -> None:
    assert changed("an (old:1.1) door", 4, 7, -0.1) == ("an old door", "old")
    after = change_weight(WeightedText("an old door", 5, 5), 0.1)
    assert change_weight(after, -0.1) == WeightedText("an old door", 5, 5)


@pytest.mark.parametrize(
    ("text", "step", "expected"),
    [
        ("(a:2)", 0.1, "(a:2)"),
        ("(a:0.1)", -0.1, "(a:0.1)"),
        ("(a)", 0.1, "(a:1.2)"),
        ("[a]", 0.1, "a"),
    ],
)
def test_ends_and_bare_brackets(text: str, step: float, expected: str) -> None:
    assert changed(text, 1, 1 + 1, step)[0] == expected


def test_the_innermost_group_changes() -> None:
    assert changed("((a:1.2) b:1.1)", 3, 3)[0] == "((a:1.3) b:1.1)"


def test_a_selection_that_cuts_a_bracket_changes_nothing() -> None:
    assert changed("a (b c:1.2) d", 0, 5)[0] == "a (b c:1.2) d"


def test_no_word_changes_nothing() -> None:
    assert changed("a,  b", 3, 3)[0] == "a,  b"
    assert changed("", 0, 0)[0] == ""


def test_spans_name_their_weight() -> None:
    spans = weight_spans(r"(a:1.2), \(b\), (c), [d], (e")
    assert [span.weight for span in spans] == [1.2, 1.1, 0.9]


@given(st.text("ab ,():[]1.2\\", max_size=30), st.data())
def test_up_and_down_again_keeps_every_letter(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    after = change_weight(WeightedText(text, start, end), 0.1)
    assert 0 <= after.start <= after.end <= len(after.text)
    if not set(text) & set("()[]\\"):
        assert change_weight(after, -0.1).text == text
