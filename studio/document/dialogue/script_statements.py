"""One line of a script as a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NoReturn

from studio.document.dialogue.expression import ExpressionError
from studio.document.dialogue.expression_parser import is_variable_name, parse_expression
from studio.document.dialogue.nodes import (
    Call,
    Choice,
    Comment,
    End,
    Jump,
    Line,
    Node,
    Return,
    Set,
)
from studio.document.dialogue.script_drafts import Block, Divert, Draft
from studio.document.dialogue.script_error import ScriptError
from studio.document.dialogue.script_lines import SourceLine, statement_word
from studio.document.dialogue.script_text import cut_tags, unescaped
from studio.document.dialogue.template import parse_template

_CONDITION = re.compile(
    r'(?<!\\)(?:\\\\)*(?P<all>\[if (?P<condition>(?:[^"\]]|"(?:[^"\\]|\\.)*")*)\])[ \t]*(?=#|$)'
)
_SPEAKER = re.compile(r"(?P<name>(?:[^\\:]|\\.|:(?![ \t]|$))*):(?:[ \t]+|$)")
_ASSIGNMENT = re.compile(r"(?P<name>[^\s=+\-*/%]*)\s*(?P<sign>[+\-*/%]?)=(?!=)\s*(?P<value>.*)")


@dataclass(slots=True)
class Tags:
    tags: tuple[str, ...] = ()
    intended: tuple[str, ...] = ()
    id: str = ""
    line_id: str = ""


def simple_statement(line: SourceLine) -> Draft:
    word = statement_word(line.text)
    rest, tags = tags_of(line, line.text, len(word), quotes=word == "set")
    named = None
    node: Node
    match word:
        case "set":
            node = _assignment(line, rest)
        case "jump" | "call":
            named = divert_of(line, rest, line.column + len(word))
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


def choice_of(line: SourceLine) -> Choice:
    found = _CONDITION.search(line.text)
    condition, end = "", 1
    if found:
        condition = expression_of(line, found["condition"], found.start("condition"))
        end = found.end()
    raw, tags = tags_of(line, line.text, end, quotes=False)
    if found:
        raw = line.text[1 : found.start("all")]
    if tags.intended:
        fail(line, "only the menu can be marked as intended")
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
        fail(line, "write “set name = value”; begin with “: ” to have this said")
    name = found["name"]
    if not is_variable_name(name):
        fail(line, f"“{name}” cannot name a variable")
    begin = len("set") + len(raw) - len(raw.lstrip(" \t")) + found.start("value")
    value = expression_of(line, found["value"], begin)
    if sign := found["sign"]:
        simple = re.fullmatch(r"\w+|\"[^\"\\]*\"", value)
        value = f"{name} {sign} {value if simple else f'({value})'}"
    return Set(id="", variable=name, value=value)


def expression_of(line: SourceLine, raw: str, offset: int) -> str:
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


def weight_of(line: SourceLine) -> float:
    digits = line.text[1:].strip(" \t")
    if not digits:
        return 1.0
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?|\d(\.\d+)?e-\d+", digits) or not float(digits):
        fail(line, "write how often, as in “- 2”, or nothing")
    return float(digits)


def divert_of(line: SourceLine, raw: str, column: int) -> Divert:
    name = raw.strip(" \t")
    if not name:
        fail(line, "say where to: the name of a heading, or “?” for not yet known")
    return Divert(name, line.number, column + len(raw) - len(raw.lstrip(" \t")))


def expect_only(line: SourceLine, word: str) -> None:
    if line.text != word:
        fail(line, f"nothing can stand behind “{word}”")


def tags_of(line: SourceLine, raw: str, offset: int, *, quotes: bool) -> tuple[str, Tags]:
    """What stands between the first word and the tags, and the tags."""
    # A jump's "#id:" names a node; only what follows it can be a tag.
    skip = offset
    if reference := re.match(r"(?:jump|call)[ \t]+#id:[^ \t]*", raw):
        skip = reference.end()
    head, tags = cut_tags(raw[skip:], quotes=quotes)
    return raw[offset:skip] + head, read_tags(line, tags, skip)


def read_tags(line: SourceLine, tags: Iterable[tuple[int, str]], offset: int) -> Tags:
    """Tags, and what the reserved ones among them say. Raises ScriptError."""
    found = Tags()
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


def fail(line: SourceLine, reason: str) -> NoReturn:
    raise ScriptError(line.number, line.column, reason)
