"""Findings that the graph and its texts show without a play."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from studio.document.dialogue.findings import Finding
from studio.document.dialogue.nodes import Call, Jump, Line, Menu, Node, wires
from studio.document.dialogue.story import Conversation, Place, Story

LONGEST_LINE = 200
"""Characters that fit into the text box of a usual game."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What is known of the world of a story; None where nothing is, and nothing is checked.

    `speakers` are the names and ids that may speak, `portraits` those of them with a picture,
    `translated` the line ids that every language has.
    """

    speakers: Collection[str] | None = None
    portraits: Collection[str] | None = None
    translated: Collection[str] | None = None


def check_structure(story: Story, cast: Cast) -> Iterator[Finding]:
    """Ids, targets, reach and texts."""
    counts = Counter(each.id for each in story.conversations)
    for conversation_id, number in counts.items():
        if number > 1:
            place = Place(conversation_id, "")
            yield Finding("duplicate_id", place, f"{number} conversations have this id")
    yield from _duplicate_lines(story)
    reached = reachable(story)
    for conversation in story.conversations:
        yield from _ids(conversation)
        for node in conversation.nodes:
            place = Place(conversation.id, node.id)
            yield from _targets(story, node, place)
            if place not in reached:
                yield Finding("unreachable", place, "nothing leads here")
            yield from _texts(node, place, cast)


def leads_to(story: Story, node: Node, here: str) -> Iterator[Place]:
    """Every place that the node's wires, or what it jumps to or calls, name; there or not."""
    for target in wires(node):
        if target:
            yield Place(here, target)
    if isinstance(node, Jump | Call) and node.target:
        place = Place.read(node.target, here)
        conversation = story.by_id.get(place.conversation)
        start = conversation.start if conversation else ""
        yield place if place.node else Place(place.conversation, start)


def entries(story: Story) -> list[Place]:
    """Where a game begins: the starts of conversations that no other one leads to, or the first."""
    inner = {
        place.conversation
        for conversation in story.conversations
        for node in conversation.nodes
        if isinstance(node, Jump | Call)
        for place in leads_to(story, node, conversation.id)
        if place.conversation != conversation.id
    }
    told = [each for each in story.conversations if each.start in each.by_id]
    free = [Place(each.id, each.start) for each in told if each.id not in inner]
    return free or [Place(each.id, each.start) for each in told[:1]]


def reachable(story: Story) -> set[Place]:
    """All nodes that some way of wires leads to, whatever the variables are."""
    starts = [Place(each.id, each.start) for each in story.conversations]
    todo = [place for place in starts if place.node and story.find(place)]
    found = set(todo)
    while todo:
        place = todo.pop()
        node = story.find(place)
        if node is None:
            continue
        for after in leads_to(story, node, place.conversation):
            if after not in found and after.node and story.find(after):
                found.add(after)
                todo.append(after)
    return found


def _duplicate_lines(story: Story) -> Iterator[Finding]:
    seen: dict[str, Place] = {}
    for conversation in story.conversations:
        for node in conversation.nodes:
            place = Place(conversation.id, node.id)
            for line_id, part in _line_ids(node):
                if line_id in seen:
                    reason = f"the line id “{line_id}” is that of {seen[line_id]} too"
                    yield Finding("duplicate_id", place, reason, part)
                elif line_id:
                    seen[line_id] = place


def _line_ids(node: Node) -> list[tuple[str, str]]:
    match node:
        case Line(line_id=line_id):
            return [(line_id, "")]
        case Menu(choices=choices):
            return [(choice.line_id, choice.id) for choice in choices]
    return []


def _ids(conversation: Conversation) -> Iterator[Finding]:
    counts = Counter(node.id for node in conversation.nodes)
    counts.update(
        choice.id
        for node in conversation.nodes
        if isinstance(node, Menu)
        for choice in node.choices
    )
    for id_, number in counts.items():
        if number > 1:
            reason = f"{number} nodes or choices have the id “{id_}”"
            yield Finding("duplicate_id", Place(conversation.id, id_), reason)
    titles = Counter(node.title for node in conversation.nodes if node.title)
    for node in conversation.nodes:
        if titles[node.title] > 1 and conversation.by_title[node.title] != node.id:
            reason = f"another node is called “{node.title}” too"
            yield Finding("duplicate_title", Place(conversation.id, node.id), reason)


def _targets(story: Story, node: Node, place: Place) -> Iterator[Finding]:
    for after in leads_to(story, node, place.conversation):
        if story.find(after) is None:
            name = after.node if after.conversation == place.conversation else str(after)
            yield Finding("unknown_target", place, f"there is no node “{name}”")
    if isinstance(node, Jump | Call) and not node.target:
        yield Finding("unknown_target", place, "it does not say where to")


def _texts(node: Node, place: Place, cast: Cast) -> Iterator[Finding]:
    texts: list[tuple[str, str, str]] = []
    if isinstance(node, Line):
        texts = [(node.text, node.line_id, "")]
        speaker = node.speaker
        if speaker and cast.speakers is not None and speaker not in cast.speakers:
            yield Finding("unknown_speaker", place, f"“{speaker}” is not in the bible")
        elif speaker and cast.portraits is not None and speaker not in cast.portraits:
            yield Finding("missing_portrait", place, f"“{speaker}” has no portrait")
    elif isinstance(node, Menu):
        texts = [(choice.text, choice.line_id, choice.id) for choice in node.choices]
    for text, line_id, part in texts:
        if not text.strip():
            yield Finding("empty_text", place, "there is no text", part)
        elif len(text) > LONGEST_LINE:
            reason = f"the text has {len(text)} characters, more than {LONGEST_LINE}"
            yield Finding("long_line", place, reason, part)
        if text.strip() and cast.translated is not None and line_id not in cast.translated:
            yield Finding("untranslated", place, "a translation is missing", part)
