"""A story from script text: see docs/dialogue_script.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.document.dialogue.ids import line_id, stable_id
from studio.document.dialogue.matching import match_choices, match_nodes
from studio.document.dialogue.nodes import NOWHERE, Call, Choice, Jump, Line, Menu, Node, rewired
from studio.document.dialogue.script_error import ScriptError
from studio.document.dialogue.script_sections import Chapter, cut_script
from studio.document.dialogue.script_text import unescaped
from studio.document.dialogue.script_writer import text_order
from studio.document.dialogue.story import Conversation, Place, Story, Variable

if TYPE_CHECKING:
    from studio.document.dialogue.script_drafts import Block, Divert, Draft


def parse_script(
    script: str, base: Story | None = None, speakers: Mapping[str, str] | None = None
) -> Story:
    """The story that the text tells.

    `base` is the story as it was: nodes, choices and lines that are still there keep their ids,
    and conversations their positions. `speakers` gives the ids of bible entries for the names of
    speakers. Raises ScriptError for the first line that means nothing; half a story is never
    returned.
    """
    shared, chapters = cut_script(script)
    return story_of(shared, chapters, base, speakers)


def story_of(
    shared: list[Variable],
    chapters: list[Chapter],
    base: Story | None = None,
    speakers: Mapping[str, str] | None = None,
) -> Story:
    """The story that the parts of a script make; arguments and errors as for `parse_script`."""
    base = base or Story()
    builders = [_Builder(chapter, base, speakers or {}) for chapter in chapters]
    titles = {conversation.id: conversation.by_title for conversation in base.conversations}
    known = {conversation.id: set(conversation.by_id) for conversation in base.conversations}
    for builder in builders:
        titles[builder.id] = builder.titles
        known[builder.id] = builder.ids
    return Story(
        tuple(builder.finish(titles, known) for builder in builders),
        _kept_variables(shared, base.variables),
        base.extras,
    )


def parse_conversation(
    script: str, base: Story, conversation: str, speakers: Mapping[str, str] | None = None
) -> Story:
    """`base` with one conversation replaced by what its own script says. Raises ScriptError."""
    told = parse_script(script, base, speakers)
    if [each.id for each in told.conversations] != [conversation] or told.variables:
        raise ScriptError(1, 1, f"this is the script of “{conversation}”: begin with its header")
    return replace(
        base,
        conversations=tuple(
            told.conversations[0] if each.id == conversation else each
            for each in base.conversations
        ),
    )


class _Builder:
    """Makes one conversation: first all ids, then, when every conversation has them, the wires."""

    def __init__(self, chapter: Chapter, base: Story, speakers: Mapping[str, str]) -> None:
        self.id = chapter.id
        self._chapter, self._speakers = chapter, speakers
        self._base = base.by_id.get(chapter.id, Conversation(chapter.id))
        self._lines_made = max(self._base.lines_made, *map(_number, _line_ids(chapter)), 0)
        for section in chapter.sections:
            first = section.block.drafts[0]
            first.node = replace(first.node, title=section.title, id=section.id or first.node.id)
            for each in _drafts(section.block):
                if isinstance(each.node, Line):
                    speaker = speakers.get(each.node.speaker, each.node.speaker)
                    each.node = replace(each.node, speaker=speaker)
        self._drafts = [each for section in chapter.sections for each in _drafts(section.block)]
        self._give_ids(text_order(base, self._base))
        self.titles: dict[str, str] = {}
        for each in self._drafts:
            if each.node.title:
                self.titles.setdefault(each.node.title, each.node.id)
        self.ids = {each.node.id for each in self._drafts}

    def finish(
        self, titles: Mapping[str, Mapping[str, str]], known: Mapping[str, set[str]]
    ) -> Conversation:
        self._titles, self._known = titles, known
        for section in self._chapter.sections:
            self._link(section.block, NOWHERE)
        nodes = tuple(each.node for each in self._drafts)
        return replace(
            self._base,
            title=self._chapter.title,
            start=nodes[0].id if nodes else "",
            nodes=nodes,
            variables=_kept_variables(self._chapter.variables, self._base.variables),
            positions={each: at for each, at in self._base.positions.items() if each in self.ids},
            lines_made=self._lines_made,
        )

    def _give_ids(self, old: list[Node]) -> None:
        by_id = {node.id: node for node in old}
        explicit = {each.node.id for each in self._drafts if each.node.id}
        loose = [number for number, each in enumerate(self._drafts) if not each.node.id]
        found = match_nodes(
            [node for node in old if node.id not in explicit],
            [self._drafts[number].node for number in loose],
        )
        matched = {loose[at]: node for at, node in found.items()}
        # Choices have ids beside those of nodes; none may be given twice.
        taken = set(by_id) | explicit | _choice_ids(old)
        seen: set[str] = set()
        for number, draft in enumerate(self._drafts):
            was = matched.get(number) or by_id.get(draft.node.id)
            node = draft.node
            if not node.id:
                seed = f"{self.id}\0{number}\0{type(node).__name__}"
                node = replace(node, id=was.id if was else stable_id(seed, taken))
            if node.id in seen:
                raise ScriptError(draft.line, draft.column, f"two nodes have the id “{node.id}”")
            seen.add(node.id)
            taken.add(node.id)
            draft.node = self._with_lines(_kept(node, was), was, taken)

    def _with_lines(self, node: Node, was: Node | None, taken: set[str]) -> Node:
        if isinstance(node, Line):
            before = was.line_id if isinstance(was, Line) else ""
            return replace(node, line_id=node.line_id or before or self._new_line_id(node.speaker))
        if isinstance(node, Menu):
            same = match_choices(was.choices if isinstance(was, Menu) else (), node.choices)
            choices = (
                self._choice(node.id, number, choice, same.get(number), taken)
                for number, choice in enumerate(node.choices)
            )
            return replace(node, choices=tuple(choices))
        return node

    def _choice(
        self, menu: str, number: int, choice: Choice, was: Choice | None, taken: set[str]
    ) -> Choice:
        id_ = choice.id or (was.id if was else stable_id(f"{menu}\0{number}", taken, "c_"))
        taken.add(id_)
        line = choice.line_id or (was.line_id if was else "") or self._new_line_id("choice")
        return replace(choice, id=id_, line_id=line, extras=was.extras if was else {})

    def _new_line_id(self, speaker: str) -> str:
        self._lines_made += 1
        names = {entry: name for name, entry in self._speakers.items()}
        return line_id(self.id, names.get(speaker, speaker), self._lines_made)

    def _link(self, block: Block, fall: str) -> str:
        """Wires a block behind which `fall` comes; returns where it begins."""
        after = self._target(block.divert) if block.divert else fall
        for draft in reversed(block.drafts):
            targets = [self._link(inner, after) for inner in draft.blocks]
            node = _wired(draft.node, targets)
            if draft.named is not None and isinstance(node, Jump | Call):
                node = replace(node, target=self._target(draft.named))
            draft.node = node
            after = node.id
        return after

    def _target(self, divert: Divert) -> str:
        if divert.raw == "?":
            return NOWHERE
        conversation, slash, name = _cut_place(divert.raw)
        here = conversation if slash else self.id
        if name.startswith("#id:"):
            found = unescaped(name[4:], divert.line, divert.column)
        else:
            title = unescaped(name, divert.line, divert.column)
            found = self._titles.get(here, {}).get(title, title)
        return str(Place(conversation, found)) if slash else found


def _wired(node: Node, targets: Iterable[str]) -> Node:
    each = iter(targets)
    return rewired(node, lambda _: next(each))


def _cut_place(raw: str) -> tuple[str, str, str]:
    at = 0
    while at < len(raw):
        if raw[at] == "\\":
            at += 1
        elif raw[at] == "/":
            return raw[:at], "/", raw[at + 1 :]
        at += 1
    return "", "", raw


def _drafts(block: Block) -> Iterator[Draft]:
    """In the order of the text."""
    for draft in block.drafts:
        yield draft
        for inner in draft.blocks:
            yield from _drafts(inner)


def _line_ids(chapter: Chapter) -> Iterator[str]:
    """Those that the script itself gives."""
    for section in chapter.sections:
        for each in _drafts(section.block):
            match each.node:
                case Line(line_id=line_id):
                    yield line_id
                case Menu(choices=choices):
                    yield from (choice.line_id for choice in choices)


def _number(line_id: str) -> int:
    digits = line_id.rpartition("_")[2]
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 0


def _choice_ids(nodes: list[Node]) -> set[str]:
    return {choice.id for node in nodes if isinstance(node, Menu) for choice in node.choices}


def _kept(node: Node, was: Node | None) -> Node:
    """With what the script does not show as it was."""
    return node if was is None else replace(node, extras=was.extras)


def _kept_variables(told: list[Variable], base: tuple[Variable, ...]) -> tuple[Variable, ...]:
    extras = {each.name: each.extras for each in base}
    return tuple(replace(each, extras=extras.get(each.name, {})) for each in told)
