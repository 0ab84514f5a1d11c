"""Text for a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """`text` without control characters: terminals obey them, and strangers' files hold some."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
