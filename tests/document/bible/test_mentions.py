from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.bible.mentions import (
    LONGEST_BRACKETS,
    find_mentions,
    mention_as,
    plain_names,
    unescaped,
    unknown_mentions,
    write_mention,
)
from tests.document.bible.entries import bible, entry

BIBLE = bible(
    entry("Mara", aliases=("Captain",)),
    *("Tom", "Old Tom", "Old", "C-3PO", "Mar]a", "マーラ", "灯台", "마라", "O'Brien"),
)


def _read(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.entry_id) for m in find_mentions(text, BIBLE)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@Mara", [("@Mara", "mara")]),
        ("a @mara, @CAPTAIN.", [("@mara", "mara"), ("@CAPTAIN", "mara")]),
        ("@Old Tom and @Old man", [("@Old Tom", "old_tom"), ("@Old", "old")]),
        ("(@Mara:1.2) [@Tom]", [("@Mara", "mara"), ("@Tom", "tom")]),
        ("@Mara's @O’Brien's", [("@Mara", "mara"), ("@O’Brien", "o'brien")]),
        ("@C-3PO-like", [("@C-3PO", "c-3po")]),
        ("@[Old] Tom", [("@[Old]", "old")]),
        ("@[ old  tom ]", [("@[ old  tom ]", "old_tom")]),
        ("@[Mar]a]", [("@[Mar]a]", "mar]a")]),
        ("@[Old Tom] @[Tom]", [("@[Old Tom]", "old_tom"), ("@[Tom]", "tom")]),
        ("彼は@マーラと@灯台へ", [("@マーラ", "マーラ"), ("@灯台", "灯台")]),
        ("@마라는", [("@마라", "마라")]),
        (r"\\@Mara", [("@Mara", "mara")]),
        ("@Mara@Tom", [("@Mara", "mara")]),
    ],
)
def test_mentions(text: str, mentions: list[tuple[str, str]]) -> None:
    assert _read(text) == mentions


@pytest.mark.parametrize(
    "text",
    [
        r"\@Mara",
        "mail@Mara.org",
        "tom33@mara",
        "@ Mara",
        "@@Mara",
        "@Maras",
        "@Marabel",
        "@",
        "Mara",
    ],
)
def test_no_mentions(text: str) -> None:
    assert _read(text) == []


def test_the_parts_of_a_mention() -> None:
    (mention,) = find_mentions("see @[old tom]!", BIBLE)
    assert (mention.start, mention.end) == (4, 14)
    assert (mention.entry_id, mention.name) == ("old_tom", "old tom")


def test_unknown_names_are_told_apart() -> None:
    text = "@Mara @Nobody's @[The Cat] @Maras @, x@y @[never closed"
    assert [(text[m.start : m.end], m.name) for m in unknown_mentions(text, BIBLE)] == [
        ("@Nobody", "Nobody"),
        ("@[The Cat]", "The Cat"),
        ("@Maras", "Maras"),
    ]
    assert all(m.entry_id == "" for m in unknown_mentions(text, BIBLE))


def test_brackets_end_with_their_line_and_at_some_length() -> None:
    assert not unknown_mentions("@[The\nCat]", BIBLE)
    assert not unknown_mentions(f"@[{'x' * (LONGEST_BRACKETS + 1)}]", BIBLE)
    assert unknown_mentions(f"@[{'x' * LONGEST_BRACKETS}]", BIBLE)


@pytest.mark.parametrize(
    ("name", "before", "after", "written"),
    [
        ("Old", "", " man", "@Old"),
        ("Old", "", " Tom", "@[Old]"),
        ("Old Tom", "see ", "'s", "@Old Tom"),
        ("Tom", "", "my", "@[Tom]"),
        ("Mar]a", "(", ")", "@Mar]a"),
    ],
)
def test_brackets_where_they_are_needed(name: str, before: str, after: str, written: str) -> None:
    wanted = BIBLE.named(name)
    assert wanted is not None
    assert write_mention(wanted, BIBLE, before, after) == written
    assert _read(f"{before}{written}{after}") == [(written, wanted.id)]


def test_a_mention_by_an_alias() -> None:
    assert mention_as("Captain", "mara", BIBLE, "", " Old") == "@Captain"


def test_plain_names() -> None:
    assert plain_names(r"@mara, @[Old Tom]'s \@ and @Nobody", BIBLE) == (
        "mara, Old Tom's @ and @Nobody"
    )


def test_only_a_backslash_of_its_own_escapes() -> None:
    assert unescaped(r"\@a \\@b \\\@c \(x\)") == r"@a \\@b \\@c \(x\)"


@given(st.lists(st.sampled_from(["@", "[", "]", "\\", "Old", "Tom", " ", "x", "'", "s", "マーラ"])))
def test_mentions_lie_in_order_and_name_what_is_there(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for mention in find_mentions(text, BIBLE):
        assert end <= mention.start < mention.end <= len(text)
        named = BIBLE.named(mention.name)
        assert named is not None
        assert named.id == mention.entry_id
        assert mention.name in text[mention.start : mention.end]
        end = mention.end
