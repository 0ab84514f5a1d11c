"""Looking for pictures by the entries of the story bible that they were made from. No Qt."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.document.bible.mentions import find_mentions

if TYPE_CHECKING:
    from studio.document.bible.bible import Bible
    from studio.library_query import Query

_NAMED = re.compile(r"(?<![\w@])@(?:\[([^\]\n]+)\]|(\w+))")


def with_entries(query: Query, bible: Bible) -> Query:
    """The query with the entries of `bible` that its words mention as ids.

    So pictures are found that were made when the entry had another name.
    """
    kept, ids, place = "", [], 0
    for mention in find_mentions(query.words, bible):
        kept += query.words[place : mention.start] + " "
        ids.append(mention.entry_id)
        place = mention.end
    return replace(query, words=kept + query.words[place:], entries=tuple(ids))


def split_names(words: str) -> tuple[str, list[str]]:
    """Words without `@name` and `@[any name]`, and these names."""
    names = [bracketed or bare for bracketed, bare in _NAMED.findall(words)]
    return _NAMED.sub(" ", words), names


def like_beginning(name: str) -> str:
    r"""A pattern for `LIKE … ESCAPE '\'` that finds what begins with `name`."""
    return re.sub(r"([%_\\])", r"\\\1", name.strip()) + "%"
