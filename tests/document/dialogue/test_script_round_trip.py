"""Whatever a story is, its script says it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings

from studio.document.dialogue.nodes import Menu, Node
from studio.document.dialogue.script_parser import parse_script
from studio.document.dialogue.script_writer import write_script
from studio.document.dialogue.story_json import story_from_text, story_to_text
from tests.document.dialogue.stories import HARBOR, harbor, stories, whatever_the_order

if TYPE_CHECKING:
    from studio.document.dialogue.story import Conversation, Story


@settings(max_examples=30, deadline=None)
@given(stories())
def test_every_story_is_told_and_read_again(story: Story) -> None:
    script = write_script(story)
    again = parse_script(script, story)
    assert write_script(again) == script
    assert whatever_the_order(again) == whatever_the_order(story)


@settings(max_examples=30, deadline=None)
@given(stories())
def test_with_ids_the_script_alone_holds_the_story(story: Story) -> None:
    again = parse_script(write_script(story, ids=True))
    assert [_without_extras(each) for each in whatever_the_order(again).conversations] == [
        _without_extras(each) for each in whatever_the_order(story).conversations
    ]
    assert again.variables == story.variables


@settings(max_examples=30, deadline=None)
@given(stories())
def test_every_story_comes_back_from_json(story: Story) -> None:
    assert story_from_text(story_to_text(story)) == story


def test_reading_what_was_written_changes_nothing() -> None:
    story = harbor()
    assert parse_script(write_script(story), story) == story
    assert write_script(story) == HARBOR


def _without_extras(conversation: Conversation) -> Conversation:
    """What the script does not hold by itself is left out."""

    def plain(node: Node) -> Node:
        node = replace(node, extras={})
        if isinstance(node, Menu):
            return replace(node, choices=tuple(replace(c, extras={}) for c in node.choices))
        return node

    return replace(
        conversation,
        nodes=tuple(map(plain, conversation.nodes)),
        positions={},
        lines_made=0,
        extras={},
    )
