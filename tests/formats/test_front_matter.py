"""YAML at the head of Markdown files."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.formats.front_matter import FrontMatterError, join, read_head, split
from tests.formats.making import texts

whole = texts.filter(lambda text: "\ud800" not in text)
scalars = st.one_of(
    texts, st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(texts, scalars | st.lists(scalars, max_size=3), max_size=4), whole)
def test_members_and_text_come_back(members: dict[str, Any], body: str) -> None:
    head, text = split(join(members, body))
    assert text == body
    assert read_head(head).typed == members


def test_plain_members_are_as_they_stand_in_the_file() -> None:
    head = read_head("a: 007\nb: yes\nc: 1.50\nd: ~\ne: [0x1F, {f: on}]\n2: 2024-01-01\n")
    assert head.plain == {
        "a": "007", "b": "yes", "c": "1.50", "d": "", "e": ["0x1F", {"f": "on"}], "2": "2024-01-01",
    }  # fmt: skip
    assert head.typed["b"] == "yes"
    assert head.typed["2"] == "2024-01-01"
    assert head.lines["e"] == 6


@pytest.mark.parametrize(
    "text", ["no head", "---\nnever closed\n", " ---\na: 1\n---\n", "----\na: 1\n---\n", ""]
)
def test_a_file_without_a_head_is_all_text(text: str) -> None:
    assert split(text) == ("", text)


def test_line_ends_of_windows_are_no_part_of_the_text() -> None:
    assert split("---\r\na: 1\r\n---\r\n\r\nx\r\ny\r\n") == ("a: 1\r\n", "x\r\ny")


def test_nothing_but_json_comes_out() -> None:
    head = read_head("a: .nan\nb: .inf\nc: !!set {x: null}\nd: !!binary aGk=\n1: {2: 3}\n")
    assert head.typed == {
        "a": "nan", "b": "inf", "c": "{'x'}", "d": "b'hi'", "1": {"2": 3},
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["a: [", "a: *b", "- a", "x", "a: !!python/name:os.system x", "? [a]\n: b\n? {c: d}\n: e\n",
     "\x01", "a: " + "[" * 20 + "]" * 20, "a: 1\n" * 60_000],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(FrontMatterError):
        read_head(text)
