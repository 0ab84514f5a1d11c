"""Escapes of the script language, and where a line's text ends and its tags begin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from studio.document.dialogue.script_error import ScriptError

_NAMED = {"n": "\n", "t": "\t", "r": "\r", "s": " "}
_WRITTEN = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|.|$)", re.DOTALL)
_TAG_END = re.compile(r"[ \t]")
_PLAIN_IN_TAGS = "_-.:/=+@!?"
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_LARGEST = 0x10FFFF


def escaped(text: str, special: str = "") -> str:
    """`text` on one line: it cannot be taken for tags or a condition, nor lose white space.

    `special` are characters that get a backslash wherever they stand.
    """
    written, last = [], len(text) - 1
    for at, character in enumerate(text):
        if character in _WRITTEN:
            written.append(_WRITTEN[character])
        elif character == " " and at in (0, last):
            written.append("\\s")
        elif character in special or character == "\\" or _opens(text, at):
            written.append(f"\\{character}")
        elif unicodedata.category(character) in _UNSEEN:
            written.append(f"\\u{{{ord(character):x}}}")
        else:
            written.append(character)
    return "".join(written)


def escaped_tag(tag: str, reserved: Iterable[str] = ()) -> str:
    """A tag behind its `#`; one that begins like a `reserved` word is told from it."""
    written = "".join(
        character
        if character.isalnum() or character in _PLAIN_IN_TAGS
        else _WRITTEN.get(character)
        or ("\\s" if character == " " else _escaped_character(character))
        for character in tag
    )
    if any(tag.startswith(word) for word in reserved):
        written = written.replace(":", "\\:", 1)
    return written


def unescaped(raw: str, line: int, column: int) -> str:
    """What was escaped. Raises ScriptError, with the column where `raw` begins given."""

    def meaning(found: re.Match[str]) -> str:
        name = found[1]
        if name in _NAMED:
            return _NAMED[name]
        if len(name) > 1:
            number = int(name[2:-1], 16)
            if number <= _LARGEST:
                return chr(number)
        elif name and not name.isalnum():
            return name
        raise ScriptError(
            line, column + found.start(), f"“\\{name}” is no escape; write \\\\ for a backslash"
        )

    return _ESCAPE.sub(meaning, raw) if "\\" in raw else raw


def cut_tags(raw: str, *, quotes: bool = False) -> tuple[str, list[tuple[int, str]]]:
    """What stands before the tags, and each tag with where it begins, counted from 0.

    With `quotes`, a `#` between double quotes begins no tag.
    """
    at = _first_tag(raw, quotes)
    tags = []
    head = raw[:at].rstrip(" \t")
    while at < len(raw):
        end = _TAG_END.search(raw, at)
        stop = end.start() if end else len(raw)
        if raw[at] == "#":
            tags.append((at + 1, raw[at + 1 : stop]))
        elif raw[at:stop]:
            tags.append((at, f"\0{raw[at:stop]}"))  # a word among tags: the parser says so
        at = stop + 1
    return head, tags


def _first_tag(raw: str, quotes: bool) -> int:
    at, inside = 0, False
    while at < len(raw):
        if raw[at] == "\\":
            at += 1
        elif raw[at] == '"' and quotes:
            inside = not inside
        elif raw[at] == "#" and not inside and (at == 0 or raw[at - 1] in " \t"):
            return at
        at += 1
    return len(raw)


def _opens(text: str, at: int) -> bool:
    """Whether tags or a condition would begin here."""
    if text[at] == "#":
        return at == 0 or text[at - 1].isspace()
    return text.startswith("[if ", at)


def _escaped_character(character: str) -> str:
    if unicodedata.category(character) in _UNSEEN or character.isspace():
        return f"\\u{{{ord(character):x}}}"
    return f"\\{character}"
