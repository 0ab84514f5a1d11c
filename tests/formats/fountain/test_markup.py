"""Emphasis, notes and escapes within lines of Fountain."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.formats.fountain.markup import Run, escape, notes, plain, runs, without_notes
from tests.formats.making import HOSTILE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* c", "a b c"),
        ("5 * 4 * 3", "5 * 4 * 3"),
        ("_**x** y_", "x y"),
        (r"\*not\*", "*not*"),
        ("*open", "*open"),
        ("*a _b* c_", "a _b c_"),
        ("a [[note]] b", "a b"),
        ("a /* gone */ b", "a b"),
        ("*a\nb*", "*a\nb*"),
        ("CUT TO:\u200b", "CUT TO:"),
    ],
)
def test_what_a_reader_sees(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_styles() -> None:
    assert runs("_**x** y_ ***z***") == (
        Run("x", bold=True, underline=True),
        Run(" y", underline=True),
        Run(" "),
        Run("z", bold=True, italic=True),
    )


def test_notes_are_found_and_taken_out() -> None:
    text = "a [[one]] b [[SHOT: size=CU]]"
    assert notes(text) == ("one", "SHOT: size=CU")
    assert without_notes(text) == "a b"


@given(st.text(st.characters(exclude_characters="\u200b\r", exclude_categories=["Cs"])))
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    assert plain(escape(text)).strip(" \t") == text.strip(" \t")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_survive(text: str) -> None:
    assert plain(escape(text)) == text


def test_time_is_linear() -> None:
    began = time.perf_counter()
    plain("*a " * 100_000)
    plain("[[" * 200_000)
    assert time.perf_counter() - began < 5  # a quadratic one needs minutes
