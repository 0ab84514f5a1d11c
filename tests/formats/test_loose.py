"""Members of strangers' JSON, whatever they are."""

from __future__ import annotations

import pytest

from studio.formats.loose import MOST_TEXTS, loose_name, loose_text, loose_texts


@pytest.mark.parametrize(
    ("value", "text"), [("x ", "x "), (3, "3"), (2.5, "2.5"), (True, ""), (None, ""), ([], "")]
)
def test_texts(value: object, text: str) -> None:
    assert loose_text(value) == text


@pytest.mark.parametrize(
    ("value", "texts"),
    [([" a", "", "b", "a", None, 3], ("a", "b", "3")), ("a, b,", ("a", "b")), ({}, ()), (None, ())],
)
def test_lists(value: object, texts: tuple[str, ...]) -> None:
    assert loose_texts(value) == texts


def test_lists_are_bounded() -> None:
    many = [str(number) for number in range(MOST_TEXTS + 5)]
    assert len(loose_texts(many)) == MOST_TEXTS
    assert len(loose_texts(",".join(many))) == MOST_TEXTS


def test_a_name_is_one_line() -> None:
    assert loose_name(" a\n b\t") == "a b"
    assert len(loose_name("x" * 900)) == 200
