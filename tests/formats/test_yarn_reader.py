from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document.dialogue.script_parser import parse_script
from studio.document.dialogue.script_writer import write_script
from studio.formats.dialogue_export import UnreadableStoryError
from studio.formats.yarn_reader import read_yarn
from tests.document.dialogue.stories import whatever_the_order

TAVERN = """\
#a file's tag
title: Second
position: 10,-20
---
<<camera "close">>
Tom: You set ${5} down. // a note
<<stop>>
Nobody says this.
===
title: Start
tags: intro
---
<<declare $gold to 5 as number>>
<<set $met to true>>
Narrator: Smoke. #smell
-> Pay {$gold} <<if $gold gte 3 && !($gold eq 100)>> #line:pay
    <<set $gold -= 3>>
    <<if visited_count("Start") is 1 or $met>>
        Tom: Thanks.
    <<elseif $gold lt 1>>
        Tom: More.
    <<else>>
    <<endif>>
-> Once <<once>>
    <<detour Second>>
<<jump Second>>
===
"""


def test_what_yarn_says_in_our_words() -> None:
    imported = read_yarn(TAVERN)
    assert write_script(imported.story) == (
        "var gold: number = 5\nvar met: bool = false\n\n=== yarn\n\n== Start\nset met = true\n"
        "Smoke. #smell\n"
        "+ Pay {gold} [if gold >= 3 and not (gold == 100)]\n    set gold = gold - (3)\n"
        '    if visits("Start") == 1 or met\n        Tom: Thanks.\n        -> Second\n'
        "    elif gold < 1\n        Tom: More.\n        -> Second\n    else\n        -> Second\n"
        "* Once\n    call Second\n    -> Second\n\n"
        '== Second\n// <<camera "close">>\nTom: You set $5 down.\nend\n'
    ).replace("$5", "${5}")
    assert [(each.line, each.reason.split()[1]) for each in imported.kept] == [
        (5, "command"),
        (8, "leads"),
    ]
    (conversation,) = imported.story.conversations
    assert conversation.positions == {conversation.by_title["Second"]: (10.0, -20.0)}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 0, "no Yarn node"),
        ("title: A\n---\nHm.\n", 2, "==="),
        ("title: A\n---\n===\ntitle: A\n---\n===\n", 5, "two nodes"),
        ("---\n===\n", 1, "no title"),
        ("what is this\n", 1, "header"),
        ("title: A\n---\n<<if $a >>\nHm.\n===\n", 3, "no “endif”"),
        ("title: A\n---\n<<endif>>\n===\n", 3, "no “if”"),
        ("title: A\n---\n<<set $a = >>\n===\n", 3, "set"),
        ("title: A\n---\nHm {$a +}\n===\n", 3, "missing"),
        ("title: A\n---\n<<jump {$a}>>\n===\n", 3, "name of a node"),
        ("title: A\n---\n<<declare $a = $b>>\n===\n", 3, "plain value"),
    ],
)
def test_files_with_errors_say_where(text: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableStoryError, match=reason) as error:
        read_yarn(text)
    assert error.value.line == line


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TAVERN.splitlines()), max_size=14))
def test_any_mixture_of_lines_is_read_or_refused(lines: list[str]) -> None:
    with suppress(UnreadableStoryError):
        story = read_yarn("\n".join(lines)).story
        again = parse_script(write_script(story), story)
        assert whatever_the_order(again) == whatever_the_order(story)
