from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document.dialogue.nodes import Line, Menu
from studio.document.dialogue.script_error import ScriptError
from studio.document.dialogue.script_parser import parse_conversation, parse_script
from studio.document.dialogue.script_writer import write_script
from studio.document.dialogue.story import Conversation, Story
from tests.document.dialogue.stories import HARBOR, harbor, whatever_the_order

STRINGS = json.loads(
    (Path(__file__).parents[2] / "formats" / "hostile_strings.json").read_text(encoding="utf-8")
)


def _lines(story: Story) -> dict[str, tuple[str, str]]:
    """Id and line id of each text."""
    return {
        node.text: (node.id, node.line_id)
        for node in story.conversations[0].nodes
        if isinstance(node, Line)
    }


def test_an_edit_keeps_ids_and_positions() -> None:
    story = harbor()
    (conversation,) = story.conversations
    positions = {node.id: (float(at), 0.0) for at, node in enumerate(conversation.nodes)}
    story = replace(story, conversations=(replace(conversation, positions=positions),))
    before = _lines(story)
    edited = HARBOR.replace("You came back.", "So you came back.").replace(
        "+ Leave\n", "+ Swim\n    Mara: Brr.\n    -> Menu\n+ Leave for good\n"
    )
    again = parse_script(edited, story)
    after = _lines(again)
    assert after["So you came back."] == before["You came back."]
    assert {text: after[text] for text in before if text in after} == {
        text: ids for text, ids in before.items() if text != "You came back."
    }
    assert after["Brr."][1] == "harbor_mara_12"
    assert after["Brr."][0] not in conversation.by_id
    old, new = (
        next(node for node in each.conversations[0].nodes if isinstance(node, Menu))
        for each in (story, again)
    )
    assert new.id == old.id
    assert [choice.id for choice in new.choices if choice.text != "Swim"] == [
        choice.id for choice in old.choices
    ]
    assert again.conversations[0].positions == positions


def test_sections_may_change_places() -> None:
    story = harbor()
    head, tail = HARBOR.split("== Lighthouse")
    lighthouse, ending = tail.split("== Ending")
    moved = f"{head}== Ending{ending}\n== Lighthouse{lighthouse}"
    assert _lines(parse_script(moved, story)) == _lines(story)


def test_a_deleted_line_id_is_not_given_again() -> None:
    story = parse_script("=== c\nMara: One.\nMara: Two.\nend\n")
    less = parse_script("=== c\nMara: One.\nend\n", story)
    more = parse_script("=== c\nMara: One.\nMara: Three.\nend\n", less)
    assert _lines(more)["Three."][1] == "c_mara_03"


def test_speakers_are_bible_entries_where_names_are_known() -> None:
    story = parse_script("=== c\nMara: Hm.\nend\n", speakers={"Mara": "3fa9"})
    assert isinstance(line := story.conversations[0].nodes[0], Line)
    assert (line.speaker, line.line_id) == ("3fa9", "c_mara_01")
    assert "Anna: Hm." in write_script(story, {"3fa9": "Anna"})


def test_one_conversation_of_several() -> None:
    story = parse_script("=== a\njump b/End\n=== b\n== End\nend\n")
    again = parse_conversation("=== a\nHello.\njump b/End\n", story, "a")
    assert again.by_id["b"] == story.by_id["b"]
    assert "jump b/End" in write_script(again)
    with pytest.raises(ScriptError):
        parse_conversation("=== c\nend\n", story, "a")


@pytest.mark.parametrize(
    ("script", "line", "column", "reason"),
    [
        ("=== a b\n", 1, 1, "letters, digits"),
        ("=== a\nend\n=== a\nend\n", 3, 1, "two conversations"),
        ("var x: number\n", 1, 1, "declare"),
        ("var x: number = true\n", 1, 17, "cannot begin"),
        ('var x: "a" | = "a"\n', 1, 1, "a type is"),
        ('var x: "a" = "b"\n', 1, 14, "cannot begin"),
        ("var x: bool = true\nvar x: bool = true\n", 2, 1, "two variables"),
        ("Hm.\nvar x: bool = true\n", 2, 1, "above the first"),
        ("== A\n== B\nend\n", 1, 1, "nothing stands below"),
        ("== A #tag\nend\n", 1, 1, "no tags"),
        ("Hm.\n    Deeper.\n", 2, 5, "indent it less"),
        ("    Hm.\nLess.\n", 1, 5, "indent it less"),
        ("end\nHm.\n", 2, 1, "nothing leads here"),
        ("-> A\n", 1, 1, "say something"),
        ("Hm.\n->\n", 2, 1, "where to"),
        ("if a >\n    end\n", 1, 7, "missing"),
        ("  if (a\n    end\n", 1, 3, "indent"),
        ("else\n    end\n", 1, 1, "no “if”"),
        ("otherwise\n    end\n", 1, 1, "no choice"),
        ("- 2\n", 1, 1, "no “random”"),
        ("random\n- x\n    end\n", 2, 1, "how often"),
        ("set sail for home\n", 1, 1, "set name = value"),
        ("set x = 1 +\n", 1, 12, "missing"),
        ("+ a [if b &&]\n    end\n", 1, 11, "and"),
        ("Mara: {oh\n", 1, 7, "partner"),
        ("Mara: \\q\n", 1, 7, "escape"),
        ("Mara: x #tag word\n", 1, 14, "only tags"),
        ("+ a #intended:x\n    end\n", 1, 1, "menu"),
        ("a #id:n_1\nb #id:n_1\n", 2, 1, "two nodes"),
        ("+ a\n    == B\n    end\n", 2, 5, "very left"),
    ],
)
def test_errors_have_a_line_and_a_column(script: str, line: int, column: int, reason: str) -> None:
    with pytest.raises(ScriptError, match=reason) as error:
        parse_script(script)
    assert (error.value.line, error.value.column) == (line, column)


def test_blocks_that_are_too_deep() -> None:
    script = "".join(f"{' ' * depth}+ a\n" for depth in range(150))
    with pytest.raises(ScriptError, match="nested too deep"):
        parse_script(script)


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_strings(text: str) -> None:
    from studio.document.dialogue.nodes import Choice
    from studio.document.dialogue.template import literal

    line = Line(id="n_1", text=literal(text), speaker=text, line_id=text, next="n_2", title=text)
    narrated = Line(id="n_2", text=literal(text), next="n_3", line_id="l", tags=(text,))
    choice = Choice(id="c_1", text=literal(text), target="n_1", line_id="m")
    menu = Menu(id="n_3", choices=(choice,))
    story = Story((Conversation("c", "", "n_1", (line, narrated, menu), lines_made=1),))
    for crlf in (False, True):
        script = write_script(story, ids=True)
        again = parse_script(script.replace("\n", "\r\n") if crlf else script, story)
        assert again == story


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*HARBOR.splitlines(), "", "random", "- 2", "    -> ?"])))
def test_any_mixture_of_lines_is_read_or_refused(lines: list[str]) -> None:
    try:
        story = parse_script("\n".join(lines))
    except ScriptError as error:
        line = error.line
        assert 1 <= line <= max(len(lines), 1)
        return
    again = parse_script(write_script(story), story)
    assert whatever_the_order(again) == whatever_the_order(story)
