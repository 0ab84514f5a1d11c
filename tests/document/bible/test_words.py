from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.bible.words import fold_name, words


def _folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


@given(st.text())
def test_words_cover_the_text_without_gaps(text: str) -> None:
    found = words(text)
    assert "".join(text[word.start : word.end] for word in found) == text
    assert [word.start for word in found] == [0, *(word.end for word in found)][: len(found)]


def test_each_script_has_its_own_words() -> None:
    assert _folded("Old Tom, 33") == ["old", " ", "tom", ",", " ", "33"]
    assert _folded("灯台のマーラ") == ["灯", "台", "の", "マーラ"]
    assert _folded("มาลี") == ["ม", "า", "ลี"]
    assert _folded("마라는") == ["마", "라", "는"]
    assert _folded("हिन्दी") == ["हिन्दी"]
    assert _folded("м'ята") == ["м", "'", "ята"]
    assert _folded("👩‍🚀🔑") == ["👩‍🚀", "🔑"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MARA", "mara"),
        ("Ma\u0308ra", "Mära"),
        ("Straße", "STRASSE"),
        ("O’Brien", "O'Brien"),
        ("Oʼbrien", "O'Brien"),
        ("Old  \n Tom", " old tom "),
        ("ﾏｰﾗ", "マーラ"),
        ("Ｍａｒａ", "Mara"),
        ("ΟΔΥΣΣΕΥΣ", "Οδυσσευς"),
    ],
)
def test_names_that_look_alike_are_the_same(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_other_names_stay_others() -> None:
    assert len({fold_name(name) for name in ("Mara", "Marà", "Maria", "Ma ra", "")}) == 5


@given(st.text())
def test_a_folded_name_is_folded(name: str) -> None:
    assert fold_name(name) == fold_name(name.strip())
    assert not name.isascii() or fold_name(name) == " ".join(name.lower().split())
