"""A script cut into conversations, their variables and their sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.document.dialogue.expression import ExpressionError, Literal, Unary
from studio.document.dialogue.expression_parser import (
    is_variable_name,
    parse_expression,
    unquoted,
)
from studio.document.dialogue.ids import CONVERSATION_ID
from studio.document.dialogue.script_blocks import BlockParser
from studio.document.dialogue.script_error import ScriptError
from studio.document.dialogue.script_lines import SourceLine, source_lines, statement_word
from studio.document.dialogue.script_statements import read_tags
from studio.document.dialogue.script_text import cut_tags, unescaped
from studio.document.dialogue.story import Value, Variable, VariableType

if TYPE_CHECKING:
    from studio.document.dialogue.script_drafts import Block

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_VARIABLE = re.compile(
    rf"var\s+(?P<name>[^\s:]+)\s*:\s*(?P<type>(?:[^=\"]|{_QUOTED})*?)\s*=\s*(?P<value>.*)"
)
_ENUM_VALUE = re.compile(rf"\s*({_QUOTED})\s*(\||$)")
_DEFAULT_ID = "conversation"


@dataclass(slots=True)
class Section:
    """What stands below a heading; `title` and `id` are "" where it has none."""

    title: str
    id: str
    line: int
    column: int
    block: Block


@dataclass(slots=True)
class Chapter:
    """One conversation of a script."""

    id: str
    title: str
    line: int
    variables: list[Variable] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def cut_script(script: str) -> tuple[list[Variable], list[Chapter]]:
    """The variables of all conversations, and the conversations. Raises ScriptError.

    Lines before the first conversation's header that are no variables belong to one without a
    header.
    """
    shared: list[Variable] = []
    chapters: list[Chapter] = []
    open_: list[SourceLine] = []
    heading: SourceLine | None = None

    def close() -> None:
        nonlocal heading
        if open_ or heading is not None:
            chapters[-1].sections.append(_section(heading, open_))
        open_.clear()
        heading = None

    for line in source_lines(script):
        word = statement_word(line.text)
        if line.text.startswith("==="):
            close()
            chapters.append(_chapter(line, chapters))
        elif word == "var" and not open_ and heading is None:
            variables = chapters[-1].variables if chapters else shared
            variables.append(_variable(line, variables))
        else:
            if not chapters:
                chapters.append(Chapter(_DEFAULT_ID, "", line.number))
            if word == "==" and line.indent == 0:
                close()
                heading = line
            else:
                open_.append(line)
    if chapters:
        close()
    return shared, chapters


def _chapter(line: SourceLine, chapters: list[Chapter]) -> Chapter:
    id_, _, title = line.text[3:].partition(":")
    id_ = id_.strip(" \t")
    if not CONVERSATION_ID.fullmatch(id_):
        reason = "name the conversation with letters, digits and “_”, as in “=== harbor: Harbour”"
        raise ScriptError(line.number, line.column, reason)
    if any(chapter.id == id_ for chapter in chapters):
        raise ScriptError(line.number, line.column, f"there are two conversations “{id_}”")
    title = unescaped(title.strip(" \t"), line.number, line.column)
    return Chapter(id_, title, line.number)


def _section(heading: SourceLine | None, lines: list[SourceLine]) -> Section:
    title = id_ = ""
    if heading is not None:
        raw, found = cut_tags(heading.text[2:])
        tags = read_tags(heading, found, 2)
        title = unescaped(raw.strip(" \t"), heading.number, heading.column + 2)
        id_ = tags.id
        if tags.tags or tags.intended or not (title or id_):
            reason = "a heading has a name and no tags; put tags on the line below it"
            raise ScriptError(heading.number, heading.column, reason)
    first = heading or lines[0]
    block = BlockParser(lines).section()
    if not block.drafts:
        reason = "nothing stands below this heading" if heading else "say something before this"
        raise ScriptError(first.number, first.column, reason)
    return Section(title, id_, first.number, first.column, block)


def _variable(line: SourceLine, others: list[Variable]) -> Variable:
    found = _VARIABLE.fullmatch(line.text)
    if found is None or not is_variable_name(found["name"]):
        reason = "declare a variable as in “var trust: number = 0”"
        raise ScriptError(line.number, line.column, reason)
    name = found["name"]
    if any(other.name == name for other in others):
        raise ScriptError(line.number, line.column, f"there are two variables “{name}”")
    kind, values = _type(line, found["type"])
    value = _value(line, found["value"], line.column + found.start("value"))
    right = {VariableType.BOOL: bool, VariableType.NUMBER: float}.get(kind, str)
    if not isinstance(value, right) or (values and value not in values):
        reason = f"“{name}” cannot begin with {found['value'].strip()}"
        raise ScriptError(line.number, line.column + found.start("value"), reason)
    return Variable(name, kind, value, values)


def _type(line: SourceLine, raw: str) -> tuple[VariableType, tuple[str, ...]]:
    if raw in ("bool", "number", "string"):
        return VariableType(raw), ()
    values, at = [], 0
    while found := _ENUM_VALUE.match(raw, at):
        values.append(unquoted(found[1]))
        at = found.end()
        if not found[2]:
            break
    if not values or at < len(raw) or raw.rstrip().endswith("|"):
        reason = 'a type is bool, number, string, or its values, as in "calm" | "angry"'
        raise ScriptError(line.number, line.column, reason)
    return VariableType.ENUM, tuple(values)


def _value(line: SourceLine, raw: str, column: int) -> Value:
    try:
        tree = parse_expression(raw.strip())
    except ExpressionError as error:
        raise ScriptError(line.number, column + error.column - 1, error.reason) from error
    match tree:
        case Literal(value=value):
            return value
        case Unary(operator="-", operand=Literal(value=float() as number)):
            return -number
    raise ScriptError(line.number, column, "a variable begins with a plain value")
