"""The statements of a script as a tree of nodes that do not know their ids and targets yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NoReturn

from studio.document.dialogue.expression import ExpressionError
from studio.document.dialogue.expression_parser import is_variable_name, parse_expression
from studio.document.dialogue.nodes import (
    Branch,
    Call,
    Chance,
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
from studio.document.dialogue.script_error import ScriptError
from studio.document.dialogue.script_lines import SourceLine, statement_word
from studio.document.dialogue.script_text import cut_tags, unescaped
from studio.document.dialogue.template import parse_template

DEEPEST = 100
"""Blocks in one another."""

_CONDITION = re.compile(
    r'(?<!\\)(?:\\\\)*(?P<all>\[if (?P<condition>(?:[^"\]]|"(?:[^"\\]|\\.)*")*)\])[ \t]*(?=#|$)'
)
_SPEAKER = re.compile(r"(?P<name>(?:[^\\:]|\\.|:(?![ \t]|$))*):(?:[ \t]+|$)")
_ASSIGNMENT = re.compile(r"(?P<name>[^\s=+\-*/%]*)\s*(?P<sign>[+\-*/%]?)=(?!=)\s*(?P<value>.*)")


@dataclass(slots=True)
class Divert:
    """`raw` is what stands behind the arrow; "?" leads nowhere."""

    raw: str
    line: int
    column: int


@dataclass(slots=True)
class Block:
    """Statements, and where they lead at their end; None is what follows the block."""

    drafts: list[Draft] = field(default_factory=list)
    divert: Divert | None = None


@dataclass(slots=True)
class Draft:
    """A node whose `id` is "" unless the script gives it, and a block for each of its wires.

    `named` is what a jump or a call names.
    """

    node: Node
    line: int
    column: int
    blocks: list[Block] = field(default_factory=list)
    named: Divert | None = None


@dataclass(slots=True)
class _Tags:
    tags: tuple[str, ...] = ()
    intended: tuple[str, ...] = ()
    id: str = ""
    line_id: str = ""


class BlockParser:
    """Reads the lines of one section."""

    def __init__(self, lines: list[SourceLine]) -> None:
        self._lines, self._at = lines, 0

    def section(self) -> Block:
        """All lines. Raises ScriptError."""
        block = self._block(0, 0)
        if self._at < len(self._lines):
            _fail(self._lines[self._at], "this line stands further left than its block")
        return block

    @property
    def _line(self) -> SourceLine | None:
        return self._lines[self._at] if self._at < len(self._lines) else None

    def _inner(self, indent: int, depth: int) -> Block:
        """The block below a line with that indent; empty where none is indented deeper."""
        line = self._line
        if line is None or line.indent <= indent:
            return Block()
        if depth >= DEEPEST:
            _fail(line, "this is nested too deep")
        return self._block(line.indent, depth + 1)

    def _block(self, indent: int, depth: int) -> Block:
        block = Block()
        while (line := self._line) is not None and line.indent >= indent:
            if line.indent > indent:
                _fail(line, "nothing above this line can hold a block; indent it less")
            if block.divert or (block.drafts and _leaves(block.drafts[-1])):
                _fail(line, "nothing leads here; give it a heading, as in “== Name”")
            if statement_word(line.text) == "->":
                self._at += 1
                block.divert = _divert(line, line.text[2:], line.column + 2)
            else:
                block.drafts.append(self._statement(line, depth))
        return block

    def _statement(self, line: SourceLine, depth: int) -> Draft:
        match statement_word(line.text):
            case "menu" | "+" | "*":
                return self._menu(line, depth)
            case "if":
                return self._condition(line, depth)
            case "random":
                return self._random(line, depth)
            case "elif" | "else":
                _fail(line, "there is no “if” right above this")
            case "otherwise":
                _fail(line, "there is no choice right above this")
            case "-":
                _fail(line, "there is no “random” above this; begin with “: ” to have it said")
            case "==":
                _fail(line, "a heading stands at the very left")
            case "var":
                _fail(line, "declare variables above the first line of the conversation")
        self._at += 1
        return _simple(line)

    def _menu(self, line: SourceLine, depth: int) -> Draft:
        head = _Tags()
        if statement_word(line.text) == "menu":
            head = _tags_of(line, line.text, 4, quotes=False)[1]
            self._at += 1
        choices, blocks, fallback = [], [], None
        while (at := self._line) is not None and at.indent == line.indent:
            word = statement_word(at.text)
            if word not in ("+", "*", "otherwise") or fallback is not None:
                break
            self._at += 1
            if word == "otherwise":
                _only_word(at, word)
                fallback = ""
            else:
                choices.append(_choice(at))
            blocks.append(self._inner(line.indent, depth))
        node = Menu(
            id=head.id,
            tags=head.tags,
            intended=head.intended,
            choices=tuple(choices),
            fallback=fallback,
        )
        return Draft(node, line.number, line.column, blocks)

    def _condition(self, line: SourceLine, depth: int) -> Draft:
        source, tags = _tags_of(line, line.text, 2, quotes=True)
        self._at += 1
        branches = [Branch(condition=_expression(line, source, 2))]
        blocks = [self._inner(line.indent, depth)]
        otherwise = None
        while (at := self._line) is not None and at.indent == line.indent:
            word = statement_word(at.text)
            if word not in ("elif", "else") or otherwise is not None:
                break
            self._at += 1
            if word == "else":
                _only_word(at, word)
                otherwise = self._inner(line.indent, depth)
            else:
                source = at.text[4:]
                branches.append(Branch(condition=_expression(at, source, 4)))
                blocks.append(self._inner(line.indent, depth))
        blocks.append(otherwise or Block())
        node = Condition(
            id=tags.id, tags=tags.tags, intended=tags.intended, branches=tuple(branches)
        )
        return Draft(node, line.number, line.column, blocks)

    def _random(self, line: SourceLine, depth: int) -> Draft:
        tags = _tags_of(line, line.text, 6, quotes=False)[1]
        self._at += 1
        chances, blocks = [], []
        while (at := self._line) is not None and at.indent == line.indent:
            if statement_word(at.text) != "-":
                break
            self._at += 1
            chances.append(Chance(weight=_weight(at)))
            blocks.append(self._inner(line.indent, depth))
        node = Random(id=tags.id, tags=tags.tags, intended=tags.intended, chances=tuple(chances))
        return Draft(node, line.number, line.column, blocks)


def _leaves(draft: Draft) -> bool:
    return isinstance(draft.node, Jump | Return | End)


def _simple(line: SourceLine) -> Draft:
    word = statement_word(line.text)
    rest, tags = _tags_of(line, line.text, len(word), quotes=word == "set")
    named = None
    node: Node
    match word:
        case "set":
            node = _assignment(line, rest)
        case "jump" | "call":
            named = _divert(line, rest, line.column + len(word))
            node = Jump(id="") if word == "jump" else Call(id="")
        case "return":
            node = Return(id="")
        case "end":
            node = End(id="")
        case "//":
            node = Comment(id="", text=_text(line, rest, 2))
        case _:
            node = _said(line, rest, len(word))
    node = replace(node, id=tags.id, tags=tags.tags, intended=tags.intended)
    if isinstance(node, Line):
        node = replace(node, line_id=tags.line_id)
    blocks = [Block()] if isinstance(node, Line | Set | Call | Comment) else []
    return Draft(node, line.number, line.column, blocks, named)


def _said(line: SourceLine, raw: str, offset: int) -> Line:
    speaker = None if offset else _SPEAKER.match(raw)
    if speaker is None or not speaker["name"]:
        text = _text(line, raw, offset)
        return Line(id="", text=_checked(line, text))
    name = unescaped(speaker["name"].strip(" \t"), line.number, line.column)
    text = _text(line, raw[speaker.end() :], speaker.end())
    return Line(id="", speaker=name, text=_checked(line, text))


def _choice(line: SourceLine) -> Choice:
    found = _CONDITION.search(line.text)
    condition, end = "", 1
    if found:
        condition = _expression(line, found["condition"], found.start("condition"))
        end = found.end()
    raw, tags = _tags_of(line, line.text, end, quotes=False)
    if found:
        raw = line.text[1 : found.start("all")]
    if tags.intended:
        _fail(line, "only the menu can be marked as intended")
    return Choice(
        id=tags.id,
        text=_checked(line, _text(line, raw, 1)),
        condition=condition,
        once=line.text[0] == "*",
        line_id=tags.line_id,
        tags=tags.tags,
    )


def _assignment(line: SourceLine, raw: str) -> Set:
    found = _ASSIGNMENT.fullmatch(raw.strip(" \t"))
    if found is None:
        _fail(line, "write “set name = value”; begin with “: ” to have this said")
    name = found["name"]
    if not is_variable_name(name):
        _fail(line, f"“{name}” cannot name a variable")
    begin = len("set") + len(raw) - len(raw.lstrip(" \t")) + found.start("value")
    value = _expression(line, found["value"], begin)
    if sign := found["sign"]:
        simple = re.fullmatch(r"\w+|\"[^\"\\]*\"", value)
        value = f"{name} {sign} {value if simple else f'({value})'}"
    return Set(id="", variable=name, value=value)


def _expression(line: SourceLine, raw: str, offset: int) -> str:
    source = raw.strip(" \t")
    begin = line.column + offset + len(raw) - len(raw.lstrip(" \t"))
    try:
        parse_expression(source)
    except ExpressionError as error:
        raise ScriptError(line.number, begin + error.column - 1, error.reason) from error
    return source


def _checked(line: SourceLine, text: str) -> str:
    try:
        parse_template(text)
    except ExpressionError as error:
        at = line.text.find("{")
        column = line.column + max(at, 0)
        raise ScriptError(line.number, column, error.reason) from error
    return text


def _text(line: SourceLine, raw: str, offset: int) -> str:
    begin = offset + len(raw) - len(raw.lstrip(" \t"))
    return unescaped(raw.strip(" \t"), line.number, line.column + begin)


def _weight(line: SourceLine) -> float:
    digits = line.text[1:].strip(" \t")
    if not digits:
        return 1.0
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?|\d(\.\d+)?e-\d+", digits) or not float(digits):
        _fail(line, "write how often, as in “- 2”, or nothing")
    return float(digits)


def _divert(line: SourceLine, raw: str, column: int) -> Divert:
    name = raw.strip(" \t")
    if not name:
        _fail(line, "say where to: the name of a heading, or “?” for not yet known")
    return Divert(name, line.number, column + len(raw) - len(raw.lstrip(" \t")))


def _only_word(line: SourceLine, word: str) -> None:
    if line.text != word:
        _fail(line, f"nothing can stand behind “{word}”")


def _tags_of(line: SourceLine, raw: str, offset: int, *, quotes: bool) -> tuple[str, _Tags]:
    """What stands between the first word and the tags, and the tags."""
    # A jump's "#id:" names a node; only what follows it can be a tag.
    skip = offset
    if reference := re.match(r"(?:jump|call)[ \t]+#id:[^ \t]*", raw):
        skip = reference.end()
    head, tags = cut_tags(raw[skip:], quotes=quotes)
    return raw[offset:skip] + head, read_tags(line, tags, skip)


def read_tags(line: SourceLine, tags: Iterable[tuple[int, str]], offset: int) -> _Tags:
    """Tags, and what the reserved ones among them say. Raises ScriptError."""
    found = _Tags()
    for at, raw in tags:
        column = line.column + offset + at
        if raw.startswith("\0"):
            raise ScriptError(line.number, column, "behind tags only tags can stand")
        word, colon, value = raw.partition(":")
        if colon and word == "id":
            found.id = unescaped(value, line.number, column)
        elif colon and word == "line":
            found.line_id = unescaped(value, line.number, column)
        elif colon and word == "intended":
            found.intended = (*found.intended, unescaped(value, line.number, column))
        else:
            found.tags = (*found.tags, unescaped(raw, line.number, column))
    return found


def _fail(line: SourceLine, reason: str) -> NoReturn:
    raise ScriptError(line.number, line.column, reason)
