"""Members of strangers' JSON as the types they should have, whatever they have."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_TEXTS = 1000
"""As many tags or keywords as anything needs."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def loose_text(value: object) -> str:
    """Text as it stands, a number in digits, and "" for everything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def loose_texts(value: object) -> tuple[str, ...]:
    """The first MOST_TEXTS of a list, or of a line with commas: each once, no blank ones."""
    items = value.split(",", MOST_TEXTS) if isinstance(value, str) else value
    first = items[:MOST_TEXTS] if isinstance(items, list) else []
    return unique(loose_text(item).strip() for item in first)


def loose_name(value: object) -> str:
    """A text on one line of at most 200 characters."""
    return " ".join(loose_text(value).split())[:200].rstrip()


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, in its order, without the empty one."""
    return tuple(dict.fromkeys(text for text in texts if text))


def printable_xml(text: str) -> str:
    """`text` with a replacement character for each that XML 1.0 cannot hold (section 2.2)."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
