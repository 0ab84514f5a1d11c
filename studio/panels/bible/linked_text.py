"""Mentions in a text as links that lead to their entries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from studio.document.bible.mentions import find_mentions

if TYPE_CHECKING:
    from studio.document.bible.bible import Bible

_SCHEME = "entry:"
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\[]*_`<>"})


def with_links(text: str, bible: Bible) -> str:
    """Markdown in which each mention is a link; `linked_entry` says where it leads."""
    pieces, position = [], 0
    for mention in find_mentions(text, bible):
        shown = f"@{mention.name}".translate(_MARKS)
        link = f"[{shown}]({_SCHEME}{quote(mention.entry_id, safe='')})"
        pieces += [text[position : mention.start], link]
        position = mention.end
    return "".join([*pieces, text[position:]])


def linked_entry(link: str) -> str:
    """The id of the entry that a link leads to, "" for a link elsewhere."""
    return unquote(link.removeprefix(_SCHEME)) if link.startswith(_SCHEME) else ""
