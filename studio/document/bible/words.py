"""Text cut into words as readers of any script see them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

import regex

# The word boundaries of Unicode (UAX 29) leave scripts without spaces to a dictionary. There every
# character is a word of its own, except katakana, where a whole run is one. Korean has spaces, and
# endings that follow a name without one.
_WORD = regex.compile(
    r"""
    (?P<space>\s+)
    | (?P<sign>(?=[\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])\X)
    | (?P<syllable>(?=\p{Hangul})\X)
    | (?P<word>[\p{Katakana}\p{M}ーｰﾞﾟ]+(?<=[\p{Katakana}ーｰﾞﾟ]\p{M}*)
        | [[\w\p{M}\u200c\u200d]--[\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}
            \p{Hangul}\p{Katakana}ーｰﾞﾟʼ]]+)
    | (?P<mark>\X)
    """,
    regex.VERBOSE | regex.V1,
)
_NAMES_REMEMBERED = 2**14
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")


class WordKind(Enum):
    """What stands where: `SIGN` is a character of a script without spaces."""

    WORD = auto()
    SIGN = auto()
    SYLLABLE = auto()
    SPACE = auto()
    MARK = auto()


_KINDS = {kind.name.lower(): kind for kind in WordKind}


@dataclass(frozen=True, slots=True)
class Word:
    """`folded` is equal for what readers take for the same; `start` and `end` count characters."""

    folded: str
    start: int
    end: int
    kind: WordKind


def words(text: str) -> list[Word]:
    """All of `text`, without gaps, in time linear to its length."""
    return [
        Word(_folded(found[0]), found.start(), found.end(), _KINDS[found.lastgroup or "mark"])
        for found in _WORD.finditer(text)
    ]


@lru_cache(_NAMES_REMEMBERED)
def name_words(name: str) -> tuple[Word, ...]:
    """`words` without the spaces around; remembered, as each edit of a bible asks for all again."""
    return tuple(words(name.strip()))


def fold_name(name: str) -> str:
    """Equal for names that differ by case, width, composition, apostrophes or spaces only."""
    return "".join(word.folded for word in name_words(name))


def _folded(word: str) -> str:
    if word.isascii():
        return " " if word.isspace() else word.lower()
    if word.isspace():
        return " "
    # Twice, because folding can undo what the first has composed (Unicode, section 3.13, D146).
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return folded.translate(_APOSTROPHES)
