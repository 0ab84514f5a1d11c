"""Stories from Yarn Spinner scripts: Yarn 2, and what of Yarn 3 our model has."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from studio.document.dialogue.expression import ExpressionError
from studio.document.dialogue.expression_parser import parse_expression
from studio.document.dialogue.nodes import (
    Branch,
    Call,
    Choice,
    Comment,
    Condition,
    End,
    Jump,
    Line,
    Menu,
    Node,
    Return,
    Set,
)
from studio.document.dialogue.script_drafts import Block, Divert, Draft
from studio.document.dialogue.script_parser import story_of
from studio.document.dialogue.script_sections import Chapter, Section
from studio.document.dialogue.story import Value, Variable, VariableType
from studio.document.dialogue.template import literal
from studio.formats.dialogue_export import Imported, Kept, UnreadableStoryError
from studio.formats.yarn_pages import Page, cut_pages
from studio.formats.yarn_words import cut_yarn_tags, our_expression, yarn_unescaped

if TYPE_CHECKING:
    from studio.document.dialogue.script_lines import SourceLine

_CONVERSATION = "yarn"
_COMMAND = re.compile(
    r"<<\s*(?P<word>\w+)?\s*(?P<rest>(?:[^>\"]|>(?!>)|\"(?:[^\"\\]|\\.)*\")*?)\s*>>"
)
_COMMENT = re.compile(r"(?<![\\:])//.*$")
_SPEAKER = re.compile(r"(?P<name>(?:[^\\:<>{}\[\]#]|\\.)+?)[ \t]*:(?:[ \t]+|$)")
_SET = re.compile(r"\$(?P<name>\w+)\s*(?:(?P<sign>[+\-*/%]?)=|to\b)\s*(?P<value>.+)")
_DECLARE = re.compile(r"\$(?P<name>\w+)\s*(?:=|to\b)\s*(?P<value>.+?)(?:\s+as\s+\w+)?")
_CHANCE = re.compile(r"\b(?:random|random_range|dice)\s*\(")


def read_yarn(text: str) -> Imported:
    """One conversation out of a file. Raises UnreadableStoryError with the line at fault.

    Commands to the game become comments, which the report names.
    """
    reader = _Reader()
    pages = list(cut_pages(text))
    if not pages:
        raise UnreadableStoryError("this file has no Yarn node: each has a title, ---, and ===")
    chapter = Chapter(_CONVERSATION, "", 1)
    for page in pages:
        chapter.sections.append(reader.section(page))
    chapter.sections.sort(key=lambda section: section.title != "Start")
    story = story_of(list(reader.variables.values()), [chapter])
    (conversation,) = story.conversations
    ids = conversation.by_title
    positions = {ids[page.title]: page.position for page in pages if page.position}
    story = replace(story, conversations=(replace(conversation, positions=positions),))
    return Imported(story, tuple(reader.kept))


class _Reader:
    def __init__(self) -> None:
        self.variables: dict[str, Variable] = {}
        self.kept: list[Kept] = []
        self._lines: list[SourceLine] = []
        self._at = 0

    def section(self, page: Page) -> Section:
        self._lines, self._at = page.lines, 0
        block = self._block(0, 0)
        if self._at < len(self._lines):
            _fail(self._lines[self._at], "this belongs to no “if” above it")
        if not block.drafts:
            block.drafts.append(Draft(End(id=""), page.line, 1))
        if block.divert is None and not _leaves(block):
            block.drafts.append(Draft(End(id=""), page.line, 1))
        return Section(page.title, "", page.line, 1, block)

    @property
    def _line(self) -> SourceLine | None:
        return self._lines[self._at] if self._at < len(self._lines) else None

    def _block(self, indent: int, depth: int, stops: tuple[str, ...] = ()) -> Block:
        if depth > 100:
            _fail(self._lines[self._at], "this is nested too deep")
        block = Block()
        while (line := self._line) is not None and line.indent >= indent:
            text = _COMMENT.sub("", line.text).strip()
            word = _word(text)
            if word in ("elseif", "else", "endif"):
                break
            if not text:
                self._at += 1
            elif block.divert or _leaves(block):
                self.kept.append(Kept(line.number, "nothing leads to this line; it is left out"))
                self._at += 1
            elif text.startswith("->"):
                block.drafts.append(self._menu(line, depth))
            elif word == "if":
                block.drafts.append(self._condition(line, text, depth))
            else:
                self._at += 1
                self._simple(line, text, word, block)
        return block

    def _menu(self, first: SourceLine, depth: int) -> Draft:
        choices, blocks = [], []
        while (line := self._line) is not None and line.indent == first.indent:
            text = _COMMENT.sub("", line.text).strip()
            if not text.startswith("->"):
                break
            self._at += 1
            choices.append(self._choice(line, text))
            after = self._line
            inner = after.indent if after is not None and after.indent > first.indent else None
            blocks.append(Block() if inner is None else self._block(inner, depth + 1))
        return Draft(Menu(id="", choices=tuple(choices)), first.number, first.column, blocks)

    def _choice(self, line: SourceLine, text: str) -> Choice:
        said, tags, line_id = cut_yarn_tags(text[2:].strip())
        condition, once = "", False
        while found := re.search(r"<<\s*(if|once)\b(.*?)>>[ \t]*$", said):
            rest = re.sub(r"^\s*if\b", "", found[2]) if found[1] == "once" else found[2]
            condition = self._expression(line, rest) if rest.strip() else condition
            once = once or found[1] == "once"
            said = said[: found.start()].strip()
        return Choice(
            id="",
            text=self._template(line, said),
            condition=condition,
            once=once,
            tags=tags,
            line_id=line_id,
        )

    def _condition(self, line: SourceLine, text: str, depth: int) -> Draft:
        branches, blocks = [], []
        otherwise = Block()
        word, rest = "if", text
        while True:
            self._at += 1
            if word == "else":
                otherwise = self._block(0, depth + 1)
            else:
                condition = self._expression(line, _rest(line, rest))
                branches.append(Branch(condition=condition))
                blocks.append(self._block(0, depth + 1))
            after = self._line
            if after is None:
                _fail(line, "this “if” has no “endif”")
            rest = _COMMENT.sub("", after.text).strip()
            word = _word(rest)
            if word == "endif":
                self._at += 1
                break
        node = Condition(id="", branches=tuple(branches))
        return Draft(node, line.number, line.column, [*blocks, otherwise])

    def _simple(self, line: SourceLine, text: str, word: str, block: Block) -> None:
        node: Node
        named: Divert | None = None
        match word:
            case "":
                node = self._said(line, text)
            case "declare":
                self._declare(line, _rest(line, text))
                return
            case "set" if not _CHANCE.search(text):
                node = self._set(line, _rest(line, text))
            case "jump":
                block.divert = Divert(_target(line, text), line.number, line.column)
                return
            case "detour":
                node, named = Call(id=""), Divert(_target(line, text), line.number, line.column)
            case "return":
                node = Return(id="")
            case "stop":
                node = End(id="")
            case _:
                self.kept.append(Kept(line.number, f"the command “{text}” is kept as a comment"))
                node = Comment(id="", text=text)
        wires = [Block()] if isinstance(node, Line | Set | Call | Comment) else []
        block.drafts.append(Draft(node, line.number, line.column, wires, named))

    def _said(self, line: SourceLine, text: str) -> Line:
        said, tags, line_id = cut_yarn_tags(text)
        found = _SPEAKER.match(said)
        speaker = yarn_unescaped(found["name"]) if found else ""
        words = self._template(line, said[found.end() :] if found else said)
        speaker = "" if speaker == "Narrator" else speaker
        return Line(id="", speaker=speaker, text=words, tags=tags, line_id=line_id)

    def _set(self, line: SourceLine, rest: str) -> Set:
        found = _SET.fullmatch(rest)
        if found is None:
            _fail(line, "write <<set $name = value>>")
        name, value = found["name"], self._expression(line, found["value"])
        if found["sign"]:
            value = f"{name} {found['sign']} ({value})"
        self._guess(name, value)
        return Set(id="", variable=name, value=value)

    def _declare(self, line: SourceLine, rest: str) -> None:
        found = _DECLARE.fullmatch(rest)
        if found is None:
            _fail(line, "write <<declare $name = value>>")
        value = _plain(self._expression(line, found["value"]))
        if value is None:
            _fail(line, "a variable is declared with a plain value")
        self.variables[found["name"]] = _variable(found["name"], value)

    def _guess(self, name: str, value: str) -> None:
        """A variable that is set and never declared begins empty, as in Yarn."""
        plain = _plain(value)
        if name not in self.variables and plain is not None:
            empty: Value = (
                False if isinstance(plain, bool) else "" if isinstance(plain, str) else 0.0
            )
            self.variables[name] = _variable(name, empty)

    def _template(self, line: SourceLine, raw: str) -> str:
        parts, end = "", 0
        for found in re.finditer(r"(?<!\\)\{((?:[^{}\"]|\"(?:[^\"\\]|\\.)*\")*)\}", raw):
            parts += literal(yarn_unescaped(raw[end : found.start()]))
            parts += f"{{{self._expression(line, found[1])}}}"
            end = found.end()
        return parts + literal(yarn_unescaped(raw[end:]))

    def _expression(self, line: SourceLine, raw: str) -> str:
        source = our_expression(raw)
        try:
            parse_expression(source)
        except ExpressionError as error:
            at = max(line.text.find(raw.strip()), 0)
            raise UnreadableStoryError(error.reason, line.number, line.column + at) from error
        return source


def _word(text: str) -> str:
    """The first word of a line that is one command; "" for one that is none."""
    found = _COMMAND.fullmatch(text)
    return (found["word"] or "?") if found else ""


def _rest(line: SourceLine, text: str) -> str:
    found = _COMMAND.fullmatch(text)
    if found is None:
        _fail(line, "this command has no end")
    return found["rest"]


def _target(line: SourceLine, text: str) -> str:
    rest = _rest(line, text)
    if not re.fullmatch(r"[\w.]+", rest):
        _fail(line, "only the name of a node can stand here")
    return rest


def _leaves(block: Block) -> bool:
    return bool(block.drafts) and isinstance(block.drafts[-1].node, Jump | Return | End)


def _plain(source: str) -> Value | None:
    found = re.fullmatch(r"(?P<bool>true|false)|(?P<number>-?\d+(?:\.\d+)?)", source)
    if found:
        return found["bool"] == "true" if found["bool"] else float(found["number"])
    return re.sub(r"\\(.)", r"\1", source[1:-1]) if source.startswith('"') else None


def _variable(name: str, value: Value) -> Variable:
    kind = VariableType.STRING
    if isinstance(value, bool):
        kind = VariableType.BOOL
    elif isinstance(value, float):
        kind = VariableType.NUMBER
    return Variable(name, kind, value)


def _fail(line: SourceLine, reason: str) -> NoReturn:
    raise UnreadableStoryError(reason, line.number, line.column)
