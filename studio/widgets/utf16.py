"""Places in a text as Python counts them and as Qt does."""

from __future__ import annotations


def utf16_length(text: str) -> int:
    """How many of Qt's units `text` takes: most characters one, emoji and rare letters two."""
    return len(text) + sum(letter > "\uffff" for letter in text)
