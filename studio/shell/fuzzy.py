"""Finding by a few letters: "gnr" finds "Generate"."""

from __future__ import annotations

_START = 8  # the letter begins the text
_WORD_START = 6  # the letter begins a word
_RUN = 7  # the letter follows the one found before
_FOUND = 1


def score(query: str, text: str) -> int | None:
    """How well the letters of `query` are found in `text` in their order; None if they are not.

    Beginnings of words and letters side by side count more; case and spaces do not count. An
    empty query fits everything equally.
    """
    wanted = "".join(query.casefold().split())
    offered = text.casefold()
    best: dict[int, int] = {-1: 0}  # the best score for each place where the last letter is
    for letter in wanted:
        found: dict[int, int] = {}
        for place, offered_letter in enumerate(offered):
            if offered_letter != letter:
                continue
            value = _value(offered, place)
            found[place] = max(
                (
                    points + value + (_RUN if before == place - 1 and before >= 0 else 0)
                    for before, points in best.items()
                    if before < place
                ),
                default=-1,
            )
        best = {place: points for place, points in found.items() if points >= 0}
        if not best:
            return None
    return max(best.values())


def _value(text: str, place: int) -> int:
    if place == 0:
        return _START
    return _WORD_START if not text[place - 1].isalnum() else _FOUND
