"""A story as script text: see docs/dialogue_script.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from studio.document.dialogue.evaluation import written
from studio.document.dialogue.expression import Visits
from studio.document.dialogue.expression_parser import quoted
from studio.document.dialogue.nodes import (
    Branching,
    Call,
    Choice,
    Comment,
    Condition,
    End,
    Jump,
    Line,
    Menu,
    Node,
    Random,
    Return,
    Set,
)
from studio.document.dialogue.script_layout import Layout, lay_out, named_inside
from studio.document.dialogue.script_lines import is_statement
from studio.document.dialogue.script_text import escaped, escaped_tag
from studio.document.dialogue.story import (
    Conversation,
    Place,
    Story,
    Variable,
    VariableType,
)
from studio.document.dialogue.uses import expression_parts

INDENT = "    "
RESERVED = ("id:", "line:", "intended:")
_ROUNDS = 3


def write_script(story: Story, names: Mapping[str, str] | None = None, *, ids: bool = False) -> str:
    """All conversations. `names` gives the names of speakers that are bible entries, by their ids.

    With `ids` every permanent id is written, so that the text alone holds the whole story except
    positions in the graph. Without, reading it again needs the story as it was.
    """
    parts = [_variable(each) for each in story.variables]
    text = "".join(f"{line}\n" for line in parts)
    told = [write_conversation(story, each, names, ids=ids) for each in story.conversations]
    return "\n".join([text, *told] if text else told)


def write_conversation(
    story: Story,
    conversation: Conversation,
    names: Mapping[str, str] | None = None,
    *,
    ids: bool = False,
) -> str:
    """One conversation of the story."""
    return "".join(f"{line}\n" for line in _Writer(story, conversation, names or {}, ids).lines())


def text_order(story: Story, conversation: Conversation) -> list[Node]:
    """The conversation's nodes in the order in which its script tells them."""
    writer = _Writer(story, conversation, {}, False)
    for _ in writer.lines():
        pass
    return writer.told


class _Writer:
    def __init__(
        self, story: Story, conversation: Conversation, names: Mapping[str, str], ids: bool
    ) -> None:
        self._story, self._conversation = story, conversation
        self._names, self._ids = names, ids
        self._layout = Layout()
        self._heads: set[str] = set()
        self._named: set[str] = set()
        self._joins: set[str] = set()
        self._unnamed: set[str] = set()
        self.told: list[Node] = []

    def lines(self) -> list[str]:
        named = {*named_inside(self._conversation), *self._named_outside()}
        for number in range(_ROUNDS):
            self._layout = lay_out(self._conversation, named, flat=number == _ROUNDS - 1)
            self._heads, self._named = set(self._layout.heads), set(named)
            self._joins = set(self._layout.gathers.values())
            self._unnamed, self.told = set(), []
            lines = list(self._conversation_lines())
            if not self._unnamed:
                break
            named |= self._unnamed
        return lines

    def _named_outside(self) -> Iterator[str]:
        here = self._conversation.id
        for conversation in self._story.conversations:
            for node in conversation.nodes:
                if isinstance(node, Jump | Call):
                    place = Place.read(node.target, conversation.id)
                    if place.conversation == here:
                        yield place.node
                for part in expression_parts(node):
                    if isinstance(part, Visits):
                        place = Place.read(part.target, conversation.id)
                        if place.conversation == here:
                            yield place.node

    def _conversation_lines(self) -> Iterator[str]:
        conversation = self._conversation
        title = f": {escaped(conversation.title)}" if conversation.title else ""
        yield f"=== {conversation.id}{title}"
        for variable in conversation.variables:
            yield _variable(variable)
        for head in self._layout.heads:
            lines = list(self._block(head, "", 0))
            yield ""
            node = conversation.by_id[head]
            # What is told first needs no heading unless something names it.
            if node.title or head != self._layout.heads[0] or head in self._named:
                yield self._heading(node)
            yield from lines

    def _heading(self, node: Node) -> str:
        if node.title and self._conversation.by_title[node.title] == node.id:
            return f"== {escaped(node.title)}"
        title = f"{escaped(node.title)} " if node.title else ""
        return f"== {title}#id:{escaped_tag(node.id)}"

    def _block(self, node_id: str, fall: str, depth: int) -> Iterator[str]:
        """The chain from a node on, as a block behind which the text goes on at `fall`."""
        indent, menu_before = INDENT * depth, False
        while True:
            node = self._conversation.by_id[node_id]
            self.told.append(node)
            gather = self._layout.gathers.get(node_id, "")
            if isinstance(node, Branching):
                within = gather or fall
                for line in self._branches(node, within, depth, menu_before):
                    yield f"{indent}{line}"
                after = gather
            else:
                yield f"{indent}{self._statement(node)}"
                if isinstance(node, Jump | Return | End):
                    return
                after = node.next if isinstance(node, Line | Set | Call | Comment) else ""
                if after == fall or after in self._heads or after not in self._conversation.by_id:
                    if after != fall:
                        yield f"{indent}{self._divert(after)}"
                    return
                if after in self._joins:
                    self._unnamed.add(after)
                    return
            if not after:
                return
            menu_before = isinstance(node, Menu)
            node_id = after

    def _branches(self, node: Branching, fall: str, depth: int, menu_before: bool) -> Iterator[str]:
        tags = self._tags(node)
        match node:
            case Menu(choices=choices, fallback=fallback):
                if tags or menu_before or not choices:
                    yield f"menu{tags}"
                for choice in choices:
                    yield self._choice(choice)
                    yield from self._inner(choice.target, fall)
                if fallback is not None:
                    yield "otherwise"
                    yield from self._inner(fallback, fall)
            case Condition(branches=branches, otherwise=otherwise):
                for number, branch in enumerate(branches):
                    word = "elif" if number else "if"
                    yield f"{word} {_one_line(branch.condition)}{'' if number else tags}"
                    yield from self._inner(branch.target, fall)
                if otherwise != fall:
                    yield "else"
                    yield from self._inner(otherwise, fall)
            case Random(chances=chances):
                yield f"random{tags}"
                for chance in chances:
                    yield "-" if chance.weight == 1 else f"- {written(chance.weight)}"
                    yield from self._inner(chance.target, fall)

    def _inner(self, target: str, fall: str) -> Iterator[str]:
        if target == fall:
            return
        if target in self._heads or target not in self._conversation.by_id:
            yield f"{INDENT}{self._divert(target)}"
        elif target in self._joins:
            self._unnamed.add(target)
        else:
            for line in self._block(target, fall, 0):
                yield f"{INDENT}{line}"

    def _divert(self, target: str) -> str:
        return f"-> {self._reference(target)}" if target else "-> ?"

    def _reference(self, target: str) -> str:
        """How the script names a node of this conversation or another one."""
        place = Place.read(target, self._conversation.id)
        conversation = self._story.by_id.get(place.conversation)
        before = "" if "/" not in target else f"{place.conversation}/"
        if not place.node:
            return before
        node = conversation.by_id.get(place.node) if conversation else None
        if node is None or conversation is None:
            return f"{before}#id:{escaped_tag(place.node)}"
        if node.title and conversation.by_title[node.title] == node.id and node.title != "?":
            return before + escaped(node.title, "/")
        return f"{before}#id:{escaped_tag(node.id)}"

    def _statement(self, node: Node) -> str:
        tags = self._tags(node)
        match node:
            case Line(text=text, speaker=speaker):
                return self._line(text, self._names.get(speaker, speaker)) + tags
            case Set(variable=variable, value=value):
                return f"set {variable} = {_one_line(value)}{tags}"
            case Jump(target=target):
                return f"jump {self._reference(target) if target else '?'}{tags}"
            case Call(target=target):
                return f"call {self._reference(target) if target else '?'}{tags}"
            case Comment(text=text):
                return f"// {escaped(text)}".rstrip(" ") + tags
            case Return():
                return f"return{tags}"
        return f"end{tags}"

    def _line(self, text: str, speaker: str) -> str:
        said = escaped(text)
        if speaker:
            name = escaped(speaker, ":")
            if is_statement(f"{name}: {said}"):
                name = f"\\u{{{ord(speaker[0]):x}}}{escaped(' ' + speaker[1:], ':')[2:]}"
            return f"{name}: {said}".rstrip(" ")
        if said and not is_statement(said) and ":" not in said:
            return said
        return f": {said}".rstrip(" ")

    def _choice(self, choice: Choice) -> str:
        condition = f" [if {_one_line(choice.condition)}]" if choice.condition else ""
        own = [("id", choice.id), ("line", choice.line_id)] if self._ids else []
        tags = _tag_text(choice.tags, (), own)
        return (
            f"{'*' if choice.once else '+'} {escaped(choice.text)}".rstrip(" ") + condition + tags
        )

    def _tags(self, node: Node) -> str:
        own = [("id", node.id)] if self._ids else []
        if self._ids and isinstance(node, Line):
            own.append(("line", node.line_id))
        return _tag_text(node.tags, node.intended, own)


def _tag_text(tags: Iterable[str], intended: Iterable[str], own: Iterable[tuple[str, str]]) -> str:
    words = [escaped_tag(tag, RESERVED) for tag in tags]
    words += [f"intended:{escaped_tag(code)}" for code in intended]
    words += [f"{word}:{escaped_tag(value)}" for word, value in own if value]
    return "".join(f" #{word}" for word in words)


def _variable(variable: Variable) -> str:
    kind = variable.type.value
    if variable.type is VariableType.ENUM:
        kind = " | ".join(map(quoted, variable.values))
    initial = variable.initial
    value = quoted(initial) if isinstance(initial, str) else written(initial)
    return f"var {variable.name}: {kind} = {value}"


def _one_line(expression: str) -> str:
    return " ".join(expression.split("\n")).strip()
