from __future__ import annotations

from typing import TYPE_CHECKING, SupportsIndex, overload

import pytest

from studio.document.bible.phrases import LONGEST_PHRASE, Phrases
from studio.document.bible.words import Word, words

if TYPE_CHECKING:
    from collections.abc import Sequence


def _found(text: str, *phrases: str) -> list[tuple[str, str]]:
    """Each phrase and the letters of the text where it was found."""
    index = Phrases((phrase, phrase) for phrase in phrases)
    return [(f.value, text[f.start : f.end]) for f in index.search(words(text))]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("MARA came", "Mara"),
        ("Mara's coat", "Mara"),
        ("Mara’s coat", "Mara"),
        ("the keys", "key"),
        ("two torches", "torch"),
        ("the harpies", "harpy"),
        ("the Old\n Toms", "Old Tom"),
        ("l’île", "île"),
        ("dell'Isola", "Isola"),
        ("Jean-Luc", "Luc"),
        ("in der STRASSE", "Straße"),
        ("“Мара!”", "мара"),
        ("これはマーラの家", "マーラ"),
        ("あの灯台は", "灯台"),
        ("ที่มาลีอยู่", "มาลี"),
        ("그때 마라는 갔다", "마라"),
        ("(A.I.)", "A.I."),
        ("O’Brien's", "O'Brien"),
        ("the 🔑 of it", "🔑"),
        ("d'Artagnan", "d'Artagnan"),
    ],
)
def test_found(text: str, phrase: str) -> None:
    assert [value for value, _ in _found(text, phrase)] == [phrase]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Tamara, Marabel", "Mara"),
        ("don't", "don"),
        ("O'Mara", "Mara"),
        ("Мар'яна", "яна"),
        ("マラソン", "マラ"),
        ("카마라", "마라"),
        ("is as us", "a"),
        ("key_01", "key"),
        ("Old, Tom", "Old Tom"),
        ("มาลี", "มาล"),
    ],
)
def test_not_found_in_the_middle_of_a_word(text: str, phrase: str) -> None:
    assert _found(text, phrase) == []


def test_all_are_found_in_order_and_may_overlap() -> None:
    assert _found("Old Tom has the lamp", "lamp", "Tom", "Old Tom", "Old") == [
        ("Old", "Old"),
        ("Old Tom", "Old Tom"),
        ("Tom", "Tom"),
        ("lamp", "lamp"),
    ]


def test_one_phrase_can_stand_for_several_things() -> None:
    index = Phrases([("key", 1), ("KEY", 2), ("", 3), ("  ", 4)])
    assert [found.value for found in index.search(words("a key"))] == [1, 2]


def test_without_plurals() -> None:
    index = Phrases([("key", 1)])
    assert not list(index.at(words("keys"), 0, plurals=False))
    assert list(index.at(words("keys"), 0))


def test_a_phrase_beyond_all_measure_is_never_found() -> None:
    assert LONGEST_PHRASE % 2 == 0
    fits, too_long = "a " * (LONGEST_PHRASE // 2 - 1) + "b", "a " * (LONGEST_PHRASE // 2) + "b"
    assert _found(f"{fits}", fits, too_long) == [(fits, fits)]
    assert _found(f"{too_long}", too_long) == []


class _Counted(list[Word]):
    """Counts how often somebody looks at a word."""

    looks = 0

    @overload
    def __getitem__(self, index: SupportsIndex) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Word | list[Word]:
        self.looks += 1
        return super().__getitem__(index)


def _looks(text: str, phrases: Sequence[str]) -> float:
    """How often each word is looked at, on the average."""
    counted = _Counted(words(text))
    list(Phrases((phrase, None) for phrase in phrases).search(counted))
    return counted.looks / len(counted)


def test_more_phrases_do_not_mean_more_looks() -> None:
    text = " ".join(f"word{number % 997}" for number in range(5_000))
    few = _looks(text, [f"name{number} word{number}" for number in range(200)])
    many = _looks(text, [f"name{number} word{number}" for number in range(2_000)])
    assert few == many == pytest.approx(1, abs=0.1)


def test_a_longer_text_does_not_mean_more_looks_at_each_word() -> None:
    hostile = ["a " * length for length in range(1, 200)]
    short, long = _looks("a " * 500, hostile), _looks("a " * 4_000, hostile)
    assert long < 1.1 * short < 8 * LONGEST_PHRASE
