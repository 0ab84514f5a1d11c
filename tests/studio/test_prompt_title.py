"""What pictures are called."""

from __future__ import annotations

import pytest

from studio.prompt_title import title_of


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("mara at the (door:1.2), dusk", "Mara at the door"),
        ("(blue:1.2) castle, dusk", "Blue castle"),
        ("[fog], dusk", "Fog"),
        ("16:9 view", "16:9 view"),
        ("<lora:ink:0.8>, a fox", "A fox"),
        ("<lora:ink:0.8>", "<lora:ink:0.8>"),
        (", , a fox\nat dusk", "A fox"),
        ("a castle", "A castle"),
        ("@Mara and @[Old Tom], dusk", "Mara and Old Tom"),
        ("mara@home", "Mara@home"),
        ("  ", ""),
        ("word " * 30, "Word word word word word word word word word…"),
    ],
)
def test_titles(prompt: str, title: str) -> None:
    assert title_of(prompt) == title
