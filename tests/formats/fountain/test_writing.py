"""Elements written as Fountain and read again, by us and by another reader."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.formats.fountain.elements import Element, ElementType
from studio.formats.fountain.markup import escape, plain
from studio.formats.fountain.reading import read_fountain
from studio.formats.fountain.writing import write_fountain
from tests.formats.making import HOSTILE
from tests.formats.scripts import LIGHTHOUSE, fountain_js_tokens


def facts(elements: tuple[Element, ...]) -> list[tuple[object, ...]]:
    return [(e.type, e.text, e.number, e.level, e.key, e.dual) for e in elements]


def test_a_script_comes_back() -> None:
    elements = read_fountain(LIGHTHOUSE.read_text("utf-8")).elements
    assert facts(read_fountain(write_fountain(elements)).elements) == facts(elements)


TEXT = st.text(
    st.characters(exclude_characters="\u200b\r\n", exclude_categories=["Cs"]), max_size=20
).map(lambda text: escape(text.strip(" \t")))


@given(st.lists(TEXT.filter(bool), min_size=1, max_size=3))
def test_any_lines_of_action_and_dialogue_come_back(lines: list[str]) -> None:
    text = "\n".join(lines)
    elements = (
        Element(ElementType.ACTION, text),
        Element(ElementType.CHARACTER, "mara"),
        Element(ElementType.DIALOGUE, text),
        Element(ElementType.SECTION, lines[0], level=2),
        Element(ElementType.SYNOPSIS, lines[0]),
        Element(ElementType.CENTRED, lines[0]),
    )
    read = read_fountain(write_fountain(elements)).elements
    assert [(e.type, plain(e.text)) for e in read] == [(e.type, plain(e.text)) for e in elements]


def test_another_reader_takes_hostile_strings_for_what_they_are() -> None:
    scripts = []
    for kind in (ElementType.ACTION, ElementType.DIALOGUE):
        cue = [Element(ElementType.CHARACTER, "Mara")] if kind is ElementType.DIALOGUE else []
        for text in HOSTILE:
            scripts.append(
                write_fountain(
                    [
                        Element(ElementType.SCENE_HEADING, "INT. ROOM - DAY"),
                        *cue,
                        Element(kind, escape(text)),
                        Element(ElementType.ACTION, "after"),
                    ]
                )
            )
    for text, script, tokens in zip(2 * HOSTILE, scripts, fountain_js_tokens(scripts), strict=True):
        ours = [plain(e.text) for e in read_fountain(script).elements]
        theirs = [plain(token["text"]) for token in tokens if "text" in token]
        assert text in ours
        assert theirs == ours, text
