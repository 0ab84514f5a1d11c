"""Indented lines of a script as blocks of statements."""

from __future__ import annotations

from studio.document.dialogue.nodes import (
    Branch,
    Chance,
    Condition,
    End,
    Jump,
    Menu,
    Random,
    Return,
)
from studio.document.dialogue.script_drafts import Block, Draft
from studio.document.dialogue.script_lines import SourceLine, statement_word
from studio.document.dialogue.script_statements import (
    Tags,
    choice_of,
    divert_of,
    expect_only,
    expression_of,
    fail,
    simple_statement,
    tags_of,
    weight_of,
)

DEEPEST = 100
"""Blocks in one another."""


class BlockParser:
    """Reads the lines of one section."""

    def __init__(self, lines: list[SourceLine]) -> None:
        self._lines, self._at = lines, 0

    def section(self) -> Block:
        """All lines. Raises ScriptError."""
        block = self._block(0, 0)
        if self._at < len(self._lines):
            fail(self._lines[self._at], "this line stands further left than its block")
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
            fail(line, "this is nested too deep")
        return self._block(line.indent, depth + 1)

    def _block(self, indent: int, depth: int) -> Block:
        block = Block()
        while (line := self._line) is not None and line.indent >= indent:
            if line.indent > indent:
                fail(line, "nothing above this line can hold a block; indent it less")
            if block.divert or (block.drafts and _leaves(block.drafts[-1])):
                fail(line, "nothing leads here; give it a heading, as in “== Name”")
            if statement_word(line.text) == "->":
                self._at += 1
                block.divert = divert_of(line, line.text[2:], line.column + 2)
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
                fail(line, "there is no “if” right above this")
            case "otherwise":
                fail(line, "there is no choice right above this")
            case "-":
                fail(line, "there is no “random” above this; begin with “: ” to have it said")
            case "==":
                fail(line, "a heading stands at the very left")
            case "var":
                fail(line, "declare variables above the first line of the conversation")
        self._at += 1
        return simple_statement(line)

    def _menu(self, line: SourceLine, depth: int) -> Draft:
        head = Tags()
        if statement_word(line.text) == "menu":
            head = tags_of(line, line.text, 4, quotes=False)[1]
            self._at += 1
        choices, blocks, fallback = [], [], None
        while (at := self._line) is not None and at.indent == line.indent:
            word = statement_word(at.text)
            if word not in ("+", "*", "otherwise") or fallback is not None:
                break
            self._at += 1
            if word == "otherwise":
                expect_only(at, word)
                fallback = ""
            else:
                choices.append(choice_of(at))
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
        source, tags = tags_of(line, line.text, 2, quotes=True)
        self._at += 1
        branches = [Branch(condition=expression_of(line, source, 2))]
        blocks = [self._inner(line.indent, depth)]
        otherwise = None
        while (at := self._line) is not None and at.indent == line.indent:
            word = statement_word(at.text)
            if word not in ("elif", "else") or otherwise is not None:
                break
            self._at += 1
            if word == "else":
                expect_only(at, word)
                otherwise = self._inner(line.indent, depth)
            else:
                source = at.text[4:]
                branches.append(Branch(condition=expression_of(at, source, 4)))
                blocks.append(self._inner(line.indent, depth))
        blocks.append(otherwise or Block())
        node = Condition(
            id=tags.id, tags=tags.tags, intended=tags.intended, branches=tuple(branches)
        )
        return Draft(node, line.number, line.column, blocks)

    def _random(self, line: SourceLine, depth: int) -> Draft:
        tags = tags_of(line, line.text, 6, quotes=False)[1]
        self._at += 1
        chances, blocks = [], []
        while (at := self._line) is not None and at.indent == line.indent:
            if statement_word(at.text) != "-":
                break
            self._at += 1
            chances.append(Chance(weight=weight_of(at)))
            blocks.append(self._inner(line.indent, depth))
        node = Random(id=tags.id, tags=tags.tags, intended=tags.intended, chances=tuple(chances))
        return Draft(node, line.number, line.column, blocks)


def _leaves(draft: Draft) -> bool:
    return isinstance(draft.node, Jump | Return | End)
