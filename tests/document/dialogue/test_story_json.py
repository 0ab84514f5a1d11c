from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from studio.document.dialogue.nodes import Line
from studio.document.dialogue.story import Story, VariableType
from studio.document.dialogue.story_json import (
    CONVERSATION_KIND,
    conversation_document,
    conversation_from_json,
    conversation_to_json,
    read_story,
    story_from_text,
    story_to_text,
    variables_document,
)
from studio.document.documents import Document
from studio.document.errors import ProjectError
from tests.document.dialogue.stories import harbor, stories


@settings(max_examples=30, deadline=None)
@given(stories())
def test_a_story_as_documents(story: Story) -> None:
    documents = [variables_document(story), *map(conversation_document, story.conversations)]
    assert read_story([*documents, Document.make("bible/1", "bible_entry", {})]) == story


def test_positions_lie_apart_and_every_member_has_a_line() -> None:
    (conversation,) = harbor().conversations
    data = conversation_to_json(conversation)
    assert "positions" not in data
    assert data["nodes"][0] == {
        "id": conversation.start,
        "kind": "line",
        "line_id": "harbor_mara_01",
        "next": conversation.nodes[1].id,
        "speaker": "Mara",
        "text": "You came back.",
    }
    assert '\n     "text": "You came back."\n' in story_to_text(harbor())


def test_wrong_members_fall_back_and_stay_until_they_are_changed() -> None:
    node = {"id": "n_1", "kind": "line", "text": 7, "tags": ["a", 3], "later": {"x": 1}}
    data = {
        "nodes": [node],
        "start": None,
        "positions": {"n_1": [1, 2], "n_2": "x"},
        "variables": [{"name": "a", "type": "number", "initial": "x"}, 5, {"type": "matrix"}],
        "lines_made": True,
        "frames": [1],
    }
    conversation = conversation_from_json(data, "c")
    (read,) = conversation.nodes
    assert isinstance(read, Line)
    assert (read.text, read.tags) == ("", ("a",))
    assert [each.type for each in conversation.variables] == [
        VariableType.NUMBER,
        VariableType.STRING,
    ]
    assert conversation.positions == {"n_1": (1.0, 2.0)}
    written = conversation_to_json(conversation)
    assert written["nodes"] == [node]
    assert written["frames"] == [1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "line 1, column 2"),
        ('{"conversations": [{"id": "a", "nodes": [', "line 1"),
        ("[]", "no conversations"),
        ("[" * 100_000, "nested too deep|column"),
        ('{"conversations": [{}]}', "Conversation 1"),
        ('{"conversations": [{"id": "a"}, {"id": "a"}]}', "Conversation 2"),
        ('{"conversations": [{"id": "../x"}]}', "cannot be the id"),
        ('{"conversations": [{"id": "a", "nodes": [{"kind": "line"}]}]}', "without an id"),
        ('{"conversations": [{"id": "a", "nodes": [{"id": "b", "kind": "x"}]}]}', "unknown kind"),
    ],
)
def test_foreign_and_truncated_files(text: str, reason: str) -> None:
    with pytest.raises(ProjectError, match=reason):
        story_from_text(text)


def test_a_document_of_another_key_is_no_conversation() -> None:
    document = Document.make("elsewhere", CONVERSATION_KIND, json.loads("{}"))
    assert read_story([document]) == Story()
