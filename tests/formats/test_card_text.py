"""A card's texts as Markdown and lines of voice, and back."""

from __future__ import annotations

import pytest

from studio.formats.card_text import LONGEST_SAMPLE, joined, sections, split, voice


def test_sections_come_back() -> None:
    parts = {
        "description": "One.\n\n### Own heading",
        "personality": "Two.",
        "mes_example": "Three.",
    }
    assert split(joined(parts)) == parts


def test_a_text_without_headings_is_the_description() -> None:
    assert split("One.\n") == {"description": "One.\n"}
    assert split("") == {}


def test_what_stands_before_the_first_heading_is_the_description() -> None:
    assert split("One.\n\n## Scenario\n\nTwo.") == {"description": "One.", "scenario": "Two."}


def test_a_heading_that_comes_twice_loses_nothing() -> None:
    assert split("## Scenario\nA\n## Scenario\nB") == {"scenario": "A\n\nB"}


def test_only_lines_of_the_character_are_its_voice() -> None:
    example = "<START>\n{{user}}: Hello?\n{{char}}: Go away.\n<BOT>:  Now.\n{{char}}: Go away."
    assert voice({"mes_example": example, "first_mes": "Oh."}).samples == (
        "Go away.",
        "Now.",
        "Oh.",
    )


def test_narration_is_no_voice() -> None:
    assert voice({"first_mes": "x" * (LONGEST_SAMPLE + 1)}).samples == ()


@pytest.mark.parametrize(
    ("first", "shown"),
    [("Hi.\nOh.", False), ("1\n2\n3\n4", True), ("x" * 300, True), ("\n", False)],
)
def test_what_the_voice_says_whole_is_not_said_again(first: str, shown: bool) -> None:
    assert ("first_mes" in sections({"first_mes": first})) is shown
