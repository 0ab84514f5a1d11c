"""Which characters no font of this machine can show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import FontInfo

_ALWAYS_THERE = 0x250  # Latin letters, which the fonts that Typst brings all have
_MOST_NAMED = 8


def missing_glyphs(texts: Iterable[str], preferred: Sequence[str]) -> frozenset[str]:
    """The characters of `texts` without a glyph; fonts of the `preferred` families are asked first.

    Only what is visible counts: no spaces, joiners and the like.
    """
    needed = {
        letter
        for letter in set().union(*map(set, texts))
        if ord(letter) >= _ALWAYS_THERE
        and unicodedata.category(letter)[0] not in "CZ"
        and not unicodedata.combining(letter)
        and not 0xFE00 <= ord(letter) <= 0xFE0F  # variation selectors
    } | {c for text in texts for c in text if unicodedata.category(c) in ("Co", "Cn")}
    if not needed:
        return frozenset()
    codes = {ord(letter) for letter in needed}
    for font in _fonts(tuple(preferred)):
        codes -= _covered(font.path, font.index)
        if not codes:
            break
    return frozenset(map(chr, codes))


def missing_note(missing: frozenset[str]) -> tuple[str, ...]:
    """A sentence about them, or none."""
    if not missing:
        return ()
    named = [
        f"{letter} (U+{ord(letter):04X})" if letter.isprintable() else f"U+{ord(letter):04X}"
        for letter in sorted(missing)[:_MOST_NAMED]
    ]
    more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
    return (
        f"No font on this machine has {', '.join(named)}{more}: an empty box stands there. "
        "Install a font for this script.",
    )


@lru_cache(maxsize=4)
def _fonts(preferred: tuple[str, ...]) -> tuple[FontInfo, ...]:
    """One font of each family, those in question first; the others have the same characters."""
    import typst

    families: dict[str, FontInfo] = {}
    for font in typst.Fonts(include_embedded_fonts=False).fonts():
        if font.path:
            families.setdefault(font.family, font)
    order = {name: place for place, name in enumerate(preferred)}
    return tuple(sorted(families.values(), key=lambda font: order.get(font.family, len(order))))


@lru_cache(maxsize=512)
def _covered(path: str, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, KeyError):  # broken fonts are Typst's to pass over, too
        return frozenset()
