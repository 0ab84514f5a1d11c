"""What a picture is called in the window: words of its prompt."""

from __future__ import annotations

TITLE_LENGTH = 48


def title_of(prompt: str) -> str:
    """The prompt's first phrase, without brackets and weights; at most some 48 letters."""
    phrase = prompt.replace("(", "").replace(")", "").split(",")[0].split("\n")[0]
    words = " ".join(phrase.split(":")[0].split())
    if len(words) > TITLE_LENGTH:
        words = words[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
    return words[:1].upper() + words[1:]
