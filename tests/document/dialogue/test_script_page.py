"""The page about the script language shows a story that parses."""

from __future__ import annotations

import re
from pathlib import Path

from studio.document.dialogue.script_parser import parse_script
from studio.document.dialogue.script_writer import write_script
from tests.document.dialogue.stories import whatever_the_order

PAGE = Path(__file__).parents[3] / "docs" / "dialogue_script.md"
_REMARK = re.compile(r"(?<=\S) {2,}\S.*")  # behind the language, in a column of its own


def test_the_example_of_the_page_parses() -> None:
    example = PAGE.read_text(encoding="utf-8").split("```\n")[1]
    story = parse_script(_REMARK.sub("", example))
    (conversation,) = story.conversations
    assert {type(node).__name__ for node in conversation.nodes} == {
        "Line",
        "Menu",
        "Condition",
        "Set",
        "Jump",
        "Call",
        "Return",
        "Random",
        "Comment",
        "End",
    }
    script = write_script(story)
    again = parse_script(script, story)
    assert whatever_the_order(again) == whatever_the_order(story)
    assert write_script(again) == script
