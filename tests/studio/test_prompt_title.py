"""What pictures are called."""

from __future__ import annotations

import pytest

from studio.prompt_title import title_of


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("mara at the (door:1.2), dusk", "Mara at the door"),
        ("a castle", "A castle"),
        ("  ", ""),
        ("word " * 30, "Word word word word word word word word word…"),
    ],
)
def test_titles(prompt: str, title: str) -> None:
    assert title_of(prompt) == title
