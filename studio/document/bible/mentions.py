"""`@name` in prompts and texts: where an entry of the bible is mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.document.bible.words import Word, WordKind, words

if TYPE_CHECKING:
    from studio.document.bible.bible import Bible
    from studio.document.bible.entry import Entry

LONGEST_BRACKETS = 200
"""Characters of an unknown name in `@[name]`."""

_CLOSING = re.compile(r"\s{0,9}\]")
_UNKNOWN = re.compile(rf"([^\]\n]{{1,{LONGEST_BRACKETS}}})\]")
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\@")


@dataclass(frozen=True, slots=True)
class Mention:
    """A piece of a text, from its `@` on.

    `name` is what is written there, without `@` and brackets. `entry_id` is "" where no entry is
    called so.
    """

    start: int
    end: int
    entry_id: str
    name: str


def find_mentions(text: str, bible: Bible) -> tuple[Mention, ...]:
    r"""What `text` mentions, in order.

    A mention is an `@` where no word goes before, as it does in an e-mail address, and then the
    longest name or alias that ends with a word; or any name in `@[name]`. `\@` is a plain `@`.
    """
    return tuple(mention for mention in _scan(text, bible) if mention.entry_id)


def unknown_mentions(text: str, bible: Bible) -> tuple[Mention, ...]:
    """What is written like a mention and names nothing in the bible; a bare one is one word."""
    return tuple(mention for mention in _scan(text, bible) if not mention.entry_id)


def write_mention(entry: Entry, bible: Bible, before: str = "", after: str = "") -> str:
    """How to mention an entry by its name between these texts: in brackets where it needs them."""
    return mention_as(entry.name, entry.id, bible, before, after)


def mention_as(name: str, entry_id: str, bible: Bible, before: str = "", after: str = "") -> str:
    """Like `write_mention`, by a name or alias of the person's choice."""
    bare = f"@{name}"
    # Words end at the latest with the next mention, and no name is longer than this.
    read = next(_scan(f"{before[-1:]}{bare}{after[:LONGEST_BRACKETS]}", bible), None)
    start = len(before[-1:])
    wanted = Mention(start, start + len(bare), entry_id, name)
    return bare if read == wanted else f"@[{name}]"


def plain_names(text: str, bible: Bible) -> str:
    r"""`text` with the names that its mentions are written with, and `@` for `\@`."""
    pieces, position = [], 0
    for mention in find_mentions(text, bible):
        pieces += [unescaped(text[position : mention.start]), mention.name]
        position = mention.end
    return "".join([*pieces, unescaped(text[position:])])


def unescaped(text: str) -> str:
    r"""With `@` for `\@`; other backslashes are the prompt's own."""
    return _ESCAPED.sub(r"\1@", text)


def _scan(text: str, bible: Bible) -> Iterator[Mention]:
    if "@" not in text:
        return
    found = words(text)
    end = 0
    for index, word in enumerate(found):
        if word.folded != "@" or word.start < end or not _may_begin(found, index):
            continue
        mention = _in_brackets(text, found, index, bible) or _bare(text, found, index, bible)
        if mention:
            yield mention
            end = mention.end


def _may_begin(found: Sequence[Word], index: int) -> bool:
    before = index
    while before and found[before - 1].folded == "\\":
        before -= 1
    if before < index:
        return (index - before) % 2 == 0
    return index == 0 or (
        found[index - 1].kind not in (WordKind.WORD, WordKind.SYLLABLE)
        and found[index - 1].folded != "@"
    )


def _in_brackets(text: str, found: Sequence[Word], index: int, bible: Bible) -> Mention | None:
    """A name may hold a closing bracket itself; of an unknown one the first ends it."""
    start = found[index].start
    if text[start + 1 : start + 2] != "[":
        return None
    begin = index + 2
    if begin < len(found) and found[begin].kind is WordKind.SPACE:
        begin += 1
    if begin < len(found):
        for match in reversed(list(bible.names.at(found, begin, plurals=False))):
            behind = _CLOSING.match(text, match.end)
            if behind:
                name = text[match.start : match.end]
                return Mention(start, behind.end(), match.value.id, name)
    unknown = _UNKNOWN.match(text, start + 2)
    return Mention(start, unknown.end(), "", unknown[1].strip()) if unknown else None


def _bare(text: str, found: Sequence[Word], index: int, bible: Bible) -> Mention | None:
    if index + 1 == len(found):
        return None
    start, word = found[index].start, found[index + 1]
    matches = list(bible.names.at(found, index + 1, plurals=False))
    if matches:
        longest = matches[-1]
        return Mention(start, longest.end, longest.value.id, text[start + 1 : longest.end])
    if word.kind in (WordKind.SPACE, WordKind.MARK):
        return None
    return Mention(start, word.end, "", text[start + 1 : word.end])
