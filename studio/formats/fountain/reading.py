"""Reads Fountain: any text is a script, and every character of it belongs to an element."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from studio.formats.fountain.elements import Element, ElementType, Script
from studio.formats.fountain.lines import BLANKS, Line, cut_lines

# The keys of the syntax and those of the programs that write Fountain. Without a list every script
# that begins with “FADE IN:” would have a title page.
_TITLE_KEYS = frozenset(
    (
        *("title", "credit", "author", "authors", "source", "notes", "date", "draft date"),
        *("contact", "contact info", "watermark", "revision", "copyright", "font", "language"),
        *("tl", "tc", "tr", "cc", "br", "bl", "header", "footer", "format", "episode"),
    )
)

_TITLE_FIELD = re.compile(r"(?P<key>[^\s:][^:]*):(?P<value>.*)")
_HEADING = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I\.?/E)(?:[. ]|\Z)", re.IGNORECASE)
_NUMBER = re.compile(r"[ \t]*#(?P<number>[\w().-]+)#[ \t]*\Z")
_SECTION = re.compile(r"(?P<signs>#+)(?P<text>.*)")
_PAGE_BREAK = re.compile(r"={3,}[ \t]*")
_CENTRED = re.compile(r">(?P<text>.*)<[ \t]*")
_CUE = re.compile(r"(?P<name>[^(]*)(?:\(.*\))?[ \t]*")
_NOTE = re.compile(r"\[\[(?:(?!\]\]).)*\]\]", re.DOTALL)


def read_fountain(text: str) -> Script:
    """Reads `text`, which may have a BOM and line ends of any kind, in time linear to its length.

    There is no error: what is nothing else is action. `Script.source` is `text` again.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    return _Reader(cut_lines(text[len(bom) :])).read(bom)


@dataclass
class _Reader:
    """`position` is the next line; `elements` are those that are read."""

    lines: tuple[Line, ...]
    position: int = 0
    elements: list[Element] = field(default_factory=list)

    def read(self, head: str) -> Script:
        head += self._blank_lines()
        if self._has_title_page():
            self._read_title_page()
        while self.position < len(self.lines):
            if self.lines[self.position].is_boneyard:
                line = self.lines[self.position]
                self._take(ElementType.BONEYARD, line.text.strip("\r\n" + BLANKS)[2:-2], 1)
            else:
                self._read_element()
        return Script(tuple(self.elements), head)

    # ---- where one stands -----------------------------------------------------------------------

    def _line(self, offset: int = 0) -> Line | None:
        place = self.position + offset
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def _is_free(self, offset: int) -> bool:
        """Whether nothing stands there: a blank line, a boneyard, or an end of the script."""
        line = self._line(offset)
        return line is None or line.is_blank

    def _blank_lines(self) -> str:
        start = self.position
        while (line := self._line()) is not None and line.is_blank and not line.is_boneyard:
            self.position += 1
        return "".join(line.source for line in self.lines[start : self.position])

    def _take(self, kind: ElementType, text: str, count: int, **members: object) -> None:
        """Makes an element of the next `count` lines and the blank ones after them."""
        taken = self.lines[self.position : self.position + count]
        self.position += count
        source = "".join(line.source for line in taken) + self._blank_lines()
        element = Element(kind, text, taken[0].number, source)
        self.elements.append(replace(element, **members))  # type: ignore[arg-type]

    def _count_while(self, goes_on: Callable[[Line], bool], start: int = 1) -> int:
        count = start
        while (line := self._line(count)) is not None and goes_on(line):
            count += 1
        return count

    # ---- the title page -------------------------------------------------------------------------

    def _has_title_page(self) -> bool:
        line = self._line()
        found = None if line is None or line.is_boneyard else _TITLE_FIELD.fullmatch(line.text)
        return found is not None and found["key"].strip().casefold() in _TITLE_KEYS

    def _read_title_page(self) -> None:
        while (line := self._line()) is not None and not line.is_blank:
            found = _TITLE_FIELD.fullmatch(line.text)
            if found is None:
                return
            count = self._count_while(
                lambda each: not each.is_blank and each.text[0] in BLANKS and not each.is_boneyard
            )
            more = [each.text for each in self.lines[self.position + 1 : self.position + count]]
            values = [value.strip(BLANKS) for value in (found["value"], *more)]
            text = "\n".join(values if values[0] else values[1:])
            before = self.position
            self._take(ElementType.TITLE, text, count, key=found["key"].strip())
            if self.position > before + count:  # a blank line ends it
                return

    # ---- the script -----------------------------------------------------------------------------

    def _read_element(self) -> None:
        line = self.lines[self.position]
        text = line.text.strip(BLANKS)
        after_blank = self._is_free(-1) or self._follows_one_liner()
        if self._read_marked(text, line.text):
            return
        if after_blank and text[0] == "." and text[1:2] not in ("", "."):
            self._take_heading(text[1:], forced=True)
        elif after_blank and _HEADING.match(text):
            self._take_heading(text, forced=False)
        elif after_blank and text[0] == "@" and len(text) > 1 and not self._is_free(1):
            self._read_speech(text[1:], forced=True)
        elif after_blank and self._is_free(1) and _is_transition(text):
            self._take(ElementType.TRANSITION, text, 1)
        elif after_blank and not self._is_free(1) and _is_cue(text):
            self._read_speech(text, forced=False)
        else:
            self._read_action()

    def _follows_one_liner(self) -> bool:
        """Whether the line before is complete in itself, so that a new paragraph begins here."""
        return bool(self.elements) and self.elements[-1].type in _ONE_LINERS

    def _read_marked(self, text: str, whole: str) -> bool:
        """What a sign at its beginning makes what it is, wherever it stands."""
        if _PAGE_BREAK.fullmatch(text):
            self._take(ElementType.PAGE_BREAK, "", 1)
        elif text[0] == "=":
            self._take(ElementType.SYNOPSIS, text[1:].strip(BLANKS), 1)
        elif found := _SECTION.fullmatch(text):
            level = len(found["signs"])
            self._take(ElementType.SECTION, found["text"].strip(BLANKS), 1, level=level)
        elif text[0] == "~":
            self._take(ElementType.LYRICS, text[1:].strip(BLANKS), 1)
        elif found := _CENTRED.fullmatch(text):
            self._take(ElementType.CENTRED, found["text"].strip(BLANKS), 1)
        elif text[0] == ">":
            self._take(ElementType.TRANSITION, text[1:].strip(BLANKS), 1, forced=True)
        elif text[0] == "!":
            self._read_action(whole.lstrip(BLANKS)[1:])
        elif text.startswith("[["):
            return self._read_note()
        else:
            return False
        return True

    def _read_note(self) -> bool:
        """A note that is a paragraph of its own; two spaces keep a blank line in it."""
        count = 1
        while (line := self._line(count - 1)) is not None and "]]" not in line.text:
            following = self._line(count)
            if following is None or following.is_boneyard or following.text in ("", " "):
                return False
            count += 1
        text = "\n".join(e.text for e in self.lines[self.position : self.position + count])
        if not self._is_free(count) or not _NOTE.fullmatch(text.strip(BLANKS)):
            return False
        self._take(ElementType.NOTE, text.strip(BLANKS)[2:-2].strip(BLANKS), count)
        return True

    def _take_heading(self, text: str, *, forced: bool) -> None:
        number = _NUMBER.search(text)
        title = text[: number.start()] if number else text
        self._take(
            ElementType.SCENE_HEADING,
            title.strip(BLANKS),
            1,
            forced=forced,
            number=number["number"] if number else "",
        )

    def _read_action(self, first: str | None = None) -> None:
        count = self._count_while(lambda line: not line.is_blank and not _is_marked(line.text))
        lines = [line.text for line in self.lines[self.position : self.position + count]]
        if first is not None:
            lines[0] = first
        self._take(ElementType.ACTION, "\n".join(lines), count, forced=first is not None)

    def _read_speech(self, cue: str, *, forced: bool) -> None:
        dual = cue.endswith("^")
        name = cue.removesuffix("^").strip(BLANKS)
        self._take(ElementType.CHARACTER, name, 1, forced=forced, dual=dual)
        while (line := self._line()) is not None and _goes_on(line):
            text = line.text.strip(BLANKS)
            if text.startswith("(") and text.endswith(")"):
                kind, count = ElementType.PARENTHETICAL, 1
            elif text.startswith("~"):
                kind, text, count = ElementType.LYRICS, text[1:].strip(BLANKS), 1
            else:
                kind = ElementType.DIALOGUE
                count = self._count_while(lambda each: _goes_on(each) and not _is_aside(each.text))
                taken = self.lines[self.position : self.position + count]
                text = "\n".join(each.text.strip(BLANKS) for each in taken)
            before = self.position
            self._take(kind, text, count)
            if self.position > before + count:
                return


_ONE_LINERS = frozenset(
    {
        ElementType.SCENE_HEADING,
        ElementType.SECTION,
        ElementType.SYNOPSIS,
        ElementType.PAGE_BREAK,
        ElementType.CENTRED,
    }
)


def _goes_on(line: Line) -> bool:
    """Whether a line is part of what is said: two spaces on it keep an empty one."""
    return not line.is_boneyard and (not line.is_blank or line.text.startswith("  "))


def _is_aside(text: str) -> bool:
    text = text.strip(BLANKS)
    return text.startswith("~") or (text.startswith("(") and text.endswith(")"))


def _is_marked(text: str) -> bool:
    """Whether a line within a paragraph is an element of its own all the same."""
    text = text.lstrip(BLANKS)
    return text[0] in "#=~>!"


def _is_transition(text: str) -> bool:
    return text.endswith("TO:") and text == text.upper()


def _is_cue(text: str) -> bool:
    """Whether a line is a name in capitals; scripts without them need the “@”."""
    found = _CUE.fullmatch(text.removesuffix("^").rstrip(BLANKS))
    if found is None:
        return False
    name = found["name"]
    return name == name.upper() and any(letter.isupper() for letter in name)
