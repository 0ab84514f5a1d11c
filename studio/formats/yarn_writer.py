"""Stories as Yarn Spinner scripts: the common part of Yarn 2 and 3, or Yarn 3.

What Yarn lacks is lowered: `once` becomes a generated boolean, counted visits a generated number
(Yarn's own `visited` counts a node when it is left), chance a generated number.
"""

from __future__ import annotations

from collections.abc import Iterator

from studio.document.dialogue.evaluation import written
from studio.document.dialogue.expression import (
    NOT_PRECEDENCE,
    PRECEDENCE,
    SIGN_PRECEDENCE,
    Binary,
    Expression,
    ExpressionError,
    Literal,
    Name,
    Unary,
    Visits,
)
from studio.document.dialogue.expression_parser import parse_expression
from studio.document.dialogue.nodes import (
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
from studio.document.dialogue.story import Conversation, Place, Story
from studio.document.dialogue.template import parse_template
from studio.formats.dialogue_export import Exported, Loss
from studio.formats.yarn_names import YarnNames
from studio.formats.yarn_words import BREAKS, TAG, yarn_escape, yarn_literal

_INDENT = "    "
_NARRATOR = "Narrator"


def write_yarn(
    story: Story, names: dict[str, str] | None = None, *, yarn3: bool = False, dice: bool = True
) -> Exported:
    """One file with all conversations; the first one's start is the node `Start`.

    `names` gives the names of speakers that are bible entries. Without `dice`, random nodes read
    generated numbers from 0 up to 1 that somebody else sets, and play the same everywhere. Raises
    ExpressionError for a story with expressions that mean nothing.
    """
    return _Writer(story, names or {}, yarn3, dice).write()


class _Writer:
    def __init__(self, story: Story, names: dict[str, str], yarn3: bool, dice: bool) -> None:
        self._story, self._names = story, names
        self._yarn3, self._dice = yarn3, dice
        self._losses: list[Loss] = []
        self._here = Place("", "")
        self._made = YarnNames(story)
        self._titles = self._made.titles

    def write(self) -> Exported:
        told = []
        for conversation in self._story.conversations:
            for head in self._made.heads[conversation.id]:
                told.append((Place(conversation.id, head), list(self._block(conversation, head))))
        text = ""
        for number, (place, lines) in enumerate(told):
            declared = (
                ""
                if number
                else "".join(
                    f"<<declare ${name} = {yarn_literal(value)}>>\n"
                    for name, value in self._made.declared.items()
                )
            )
            body = "".join(f"{line}\n" for line in lines)
            text += f"title: {self._titles[place]}\n{self._header(place)}---\n{declared}{body}===\n"
        return Exported(text, tuple(self._losses))

    def _header(self, place: Place) -> str:
        at = self._story.by_id[place.conversation].positions.get(place.node)
        return f"position: {at[0]:.0f},{at[1]:.0f}\n" if at else ""

    def _block(self, conversation: Conversation, node_id: str) -> Iterator[str]:
        """A chain of nodes to where it leaves for good; nothing ever falls through."""
        while True:
            node = conversation.by_id[node_id]
            self._here = Place(conversation.id, node_id)
            counter = self._made.counted.get(self._here)
            if counter:
                yield f"<<set ${counter} = ${counter} + 1>>"
            yield from self._told(conversation, node)
            if not isinstance(node, Line | Set | Call | Comment):
                return
            after = node.next
            if not self._is_inside(conversation, after):
                yield self._leave(conversation, after)
                return
            node_id = after

    def _is_inside(self, conversation: Conversation, node_id: str) -> bool:
        return node_id in conversation.by_id and Place(conversation.id, node_id) not in self._titles

    def _leave(self, conversation: Conversation, target: str) -> str:
        title = self._titles.get(Place(conversation.id, target))
        return f"<<jump {title}>>" if title else "<<stop>>"

    def _inner(self, conversation: Conversation, target: str) -> list[str]:
        here = self._here
        if self._is_inside(conversation, target):
            lines = list(self._block(conversation, target))
        else:
            lines = [self._leave(conversation, target)]
        self._here = here
        return [f"{_INDENT}{line}" for line in lines]

    def _told(self, conversation: Conversation, node: Node) -> Iterator[str]:
        match node:
            case Line():
                yield self._line(node)
            case Menu():
                yield from self._menu(conversation, node)
            case Condition(branches=branches, otherwise=otherwise):
                for number, branch in enumerate(branches):
                    word = "elseif" if number else "if"
                    yield f"<<{word} {self._expression(parse_expression(branch.condition))}>>"
                    yield from self._inner(conversation, branch.target)
                yield "<<else>>"
                yield from self._inner(conversation, otherwise)
                yield "<<endif>>"
            case Set(variable=variable, value=value):
                name = self._variable(variable)
                yield f"<<set ${name} = {self._expression(parse_expression(value))}>>"
            case Jump(target=target):
                yield f"<<jump {self._named(target)}>>" if self._named(target) else "<<stop>>"
            case Call(target=target):
                if not self._yarn3:
                    self._lose("Yarn 2 has no call and return; choose Yarn 3", changes_play=True)
                yield f"<<detour {self._named(target)}>>"
            case Return():
                yield "<<return>>" if self._yarn3 else "<<stop>>"
            case Random():
                yield from self._random(conversation, node)
            case Comment(text=text):
                yield f"// {BREAKS.sub(' ', text)}"
            case End():
                yield "<<stop>>"

    def _named(self, target: str) -> str:
        place = self._story.resolve(target, self._here.conversation) if target else None
        return self._titles.get(place, "") if place else ""

    def _line(self, line: Line) -> str:
        speaker = self._names.get(line.speaker, line.speaker) or _NARRATOR
        name = yarn_escape(BREAKS.sub(" ", speaker).replace(":", "")).strip()
        if ":" in speaker:
            self._lose("a speaker's name cannot hold a colon", changes_play=True)
        return f"{name}: {self._text(line.text)}{self._tags(line.tags, line.line_id)}".rstrip()

    def _menu(self, conversation: Conversation, menu: Menu) -> Iterator[str]:
        gates = [self._gate(choice) for choice in menu.choices]
        lines: list[str] = []
        for choice, gate in zip(menu.choices, gates, strict=True):
            condition = f" <<if {gate}>>" if gate else ""
            text = self._text(choice.text)
            text = f"\u200b{text}" if text.startswith("===") else text
            lines.append(f"-> {text}{condition}{self._tags(choice.tags, choice.line_id)}")
            if choice.once:
                lines.append(f"{_INDENT}<<set ${self._once(choice)} = true>>")
            lines += self._inner(conversation, choice.target)
        if menu.fallback is None or (gates and not all(gates)):
            yield from lines or ["<<stop>>"]
            return
        if gates:
            yield f"<<if {' or '.join(f'({gate})' for gate in gates)}>>"
            yield from (f"{_INDENT}{line}" for line in lines)
            yield "<<else>>"
        yield from (
            self._inner(conversation, menu.fallback)
            if gates
            else (line.removeprefix(_INDENT) for line in self._inner(conversation, menu.fallback))
        )
        if gates:
            yield "<<endif>>"

    def _gate(self, choice: Choice) -> str:
        parts = []
        if choice.once:
            parts.append(f"not ${self._once(choice)}")
        if choice.condition:
            around = PRECEDENCE["and"] if choice.once else 0
            parts.append(self._expression(parse_expression(choice.condition), around))
        return " and ".join(parts)

    def _once(self, choice: Choice) -> str:
        key = f"once {self._here.conversation} {choice.id}"
        if key not in self._made.variables:
            self._made.variables[key] = self._made.declare(
                f"once_{choice.line_id or choice.id}", False
            )
        return self._made.variables[key]

    def _random(self, conversation: Conversation, node: Random) -> Iterator[str]:
        if not node.chances:
            yield "<<stop>>"
            return
        name = self._made.declare(f"chance_{node.id}", 0.0)
        if self._dice:
            yield f"<<set ${name} = random()>>"
        total, below = sum(chance.weight for chance in node.chances), 0.0
        for number, chance in enumerate(node.chances):
            below += chance.weight / total
            last = number == len(node.chances) - 1
            if last and number:
                yield "<<else>>"
            else:
                yield f"<<{'elseif' if number else 'if'} ${name} < {written(below)}>>"
            yield from self._inner(conversation, chance.target)
        yield "<<endif>>"

    def _variable(self, name: str) -> str:
        found = self._story.scope(self._here.conversation).get(name)
        if found is None:
            raise ExpressionError(1, f"there is no variable “{name}”")
        return self._made.variables[found[0]]

    def _text(self, template: str) -> str:
        shown = "".join(
            yarn_escape(part) if isinstance(part, str) else f"{{{self._expression(part)}}}"
            for part in parse_template(template)
        )
        if BREAKS.search(shown) or "\t" in shown:
            self._lose("line breaks and tabs become spaces", changes_play=True)
        return BREAKS.sub(" ", shown).replace("\t", "    ").strip()

    def _tags(self, tags: tuple[str, ...], line_id: str) -> str:
        words = [tag for tag in tags if TAG.fullmatch(tag)]
        if len(words) < len(tags):
            self._lose("a tag with spaces or signs is left out")
        words += [f"line:{line_id}"] if TAG.fullmatch(line_id) else []
        return "".join(f" #{word}" for word in words)

    def _lose(self, reason: str, *, changes_play: bool = False) -> None:
        self._losses.append(Loss(self._here, reason, changes_play))

    def _expression(self, tree: Expression, around: int = 0) -> str:
        match tree:
            case Literal(value=value):
                return yarn_literal(value)
            case Name(name=name):
                return f"${self._variable(name)}"
            case Visits(target=target, whether=whether):
                place = self._story.resolve(target, self._here.conversation)
                if place is None:
                    raise ExpressionError(1, f"there is no node “{target}”")
                count = f"${self._made.counted[place]}"
                return f"({count} > 0)" if whether else count
            case Unary(operator="not", operand=operand):
                own, text = NOT_PRECEDENCE, f"not {self._expression(operand, SIGN_PRECEDENCE)}"
            case Unary(operand=operand):
                own, text = SIGN_PRECEDENCE, f"-{self._expression(operand, SIGN_PRECEDENCE)}"
            case Binary(operator=operator, left=left, right=right):
                own = PRECEDENCE[operator]
                first, second = self._expression(left, own), self._expression(right, own + 1)
                text = f"{first} {operator} {second}"
        return f"({text})" if own < around else text
