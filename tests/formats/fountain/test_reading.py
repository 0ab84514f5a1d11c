"""Fountain read into elements, compared with another reader."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.formats.fountain.elements import Element, ElementType
from studio.formats.fountain.reading import read_fountain
from tests.formats.making import HOSTILE
from tests.formats.scripts import LIGHTHOUSE, fountain_js_tokens

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                " ",
                "  ",
                "INT. HOUSE - DAY #1#",
                "MARA",
                "MARA (V.O.) ^",
                "(quietly)",
                "Hello.",
                "/*",
                "*/",
                "[[",
                "]]",
                "# Act",
                "= synopsis",
                "===",
                "~la",
                "> x <",
                "> CUT TO:",
                "CUT TO:",
                ".X",
                "!x",
                "@x",
                "Title: x",
                "\ttab",
                "\ufeff",
                "a /* b */ c",
                "\x0c",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=14,
)


def types(text: str) -> list[tuple[ElementType, str]]:
    return [(element.type, element.text) for element in read_fountain(text).elements]


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_every_text_is_a_script_and_comes_back_as_it_was(
    lines: list[str], end: str, bom: bool
) -> None:
    text = "\ufeff" * bom + end.join(lines)
    script = read_fountain(text)
    assert script.source == text
    line = 1 + _ends(script.head)
    for element in script.elements:
        assert element.line == line
        line += _ends(element.source)


def _ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def test_a_whole_script() -> None:
    text = LIGHTHOUSE.read_text("utf-8")
    script = read_fountain(text)
    assert script.title == "_**THE LIGHTHOUSE**_"
    lines = text.split("\n")
    heading = next(e for e in script.elements if e.type is ElementType.SCENE_HEADING)
    assert (heading.text, heading.number) == ("INT. LIGHTHOUSE - NIGHT", "1A")
    assert lines[heading.line - 1].startswith("INT. LIGHTHOUSE")
    mara, visitor, clane = (e for e in script.elements if e.type is ElementType.CHARACTER)
    assert (mara.name, mara.extension, mara.dual) == ("MARA", "(V.O.)", False)
    assert (visitor.name, visitor.dual, clane.name, clane.forced) == (
        "VISITOR",
        True,
        "McCLANE",
        True,
    )
    assert [e.level for e in script.elements if e.type is ElementType.SECTION] == [1]


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_and_a_bom_change_nothing(bom: str) -> None:
    text = LIGHTHOUSE.read_text("utf-8")
    for end in ("\r\n", "\r"):
        assert types(bom + text.replace("\n", end)) == types(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FADE IN:\n\nINT. X\n\nA.", ["action", "scene_heading", "action"]),
        ("int. kitchen - day\n\nA.", ["scene_heading", "action"]),
        ("INTERNAL AFFAIRS\n\nA.", ["action", "action"]),
        ("...and then", ["action"]),
        (".3 CAMERA", ["scene_heading"]),
        ("CUT TO:\n\nx", ["transition", "action"]),
        ("CUT TO:\nx", ["character", "dialogue"]),
        ("MARA\n\nHello", ["action", "action"]),
        ("日本語\n日本語", ["action"]),
        ("@日本語\n日本語", ["character", "dialogue"]),
        ("MARA\nOne.\n  \nTwo.\n\nx", ["character", "dialogue", "action"]),
        ("MARA\n\n/* gone\n\nINT. X\n\n*/\n\nx", ["action", "boneyard", "action"]),
        ("a /* open", ["action"]),
        ("[[a\n  \nb]]\n\nx", ["note", "action"]),
        ("[[a]] and b", ["action"]),
        ("== x\n====\n=", ["synopsis", "page_break", "synopsis"]),
        ("> a <\n> B TO:", ["centred", "transition"]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_what_a_line_is(text: str, expected: list[str]) -> None:
    assert [kind.value for kind, _ in types(text)] == expected


def test_another_reader_finds_the_same() -> None:
    """fountain-js calls the two halves of a forced transition and its places by other names."""
    text = LIGHTHOUSE.read_text("utf-8")
    names = {"centered": "centred"}
    others = [
        (names.get(token["type"], token["type"]), token.get("text", "").removeprefix("> "))
        for token in fountain_js_tokens([text])[0]
        if not token["type"].endswith(("_begin", "_end"))
    ]
    ours = [_as_fountain_js(element) for element in read_fountain(text).elements]
    assert ours == others


def _as_fountain_js(element: Element) -> tuple[str, str]:
    kind = element.type.value
    if element.type is ElementType.TITLE:
        kind = element.key.lower().replace(" ", "_")
    return kind, element.text.replace("/* boneyard note */", "")


def test_strings_that_break_naive_readers() -> None:
    for text in HOSTILE:
        assert read_fountain(text).source == text


def test_a_megabyte_takes_no_longer_than_its_length() -> None:
    began = time.perf_counter()
    for text in ("/*" * 500_000, "[[" * 500_000, "a" * 1_000_000, "\n[[a" * 100_000):
        assert read_fountain(text).source == text
    assert time.perf_counter() - began < 10  # a quadratic reader needs minutes
