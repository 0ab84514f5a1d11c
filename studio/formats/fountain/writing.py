"""Writes elements as Fountain that every reader takes for the same: everything is forced."""

from __future__ import annotations

from collections.abc import Iterable

from studio.formats.fountain.elements import Element, ElementType
from studio.formats.fountain.lines import BLANKS
from studio.formats.fountain.markup import ZERO_WIDTH

_SPOKEN = (ElementType.PARENTHETICAL, ElementType.DIALOGUE, ElementType.LYRICS)


def write_fountain(elements: Iterable[Element]) -> str:
    """The script, with a blank line between its paragraphs and line feeds for ends.

    `read_fountain` gives elements of the same types and texts, apart from white space at the ends
    of lines. Where Fountain has no way to say a thing, a zero-width space keeps it from being read
    as another; an empty line within a paragraph holds two spaces, or ends an action.
    """
    blocks: list[str] = []
    speaks = False
    in_title = False
    for element in elements:
        text = _written(element, speaks)
        is_title = element.type is ElementType.TITLE
        joined = (speaks and element.type in _SPOKEN) or (in_title and is_title)
        if joined:
            blocks[-1] += "\n" + text
        else:
            blocks.append(text)
        speaks = element.type is ElementType.CHARACTER or (speaks and element.type in _SPOKEN)
        in_title = is_title
    return "".join(f"{block}\n\n" for block in blocks)[:-1]


def _written(element: Element, speaks: bool) -> str:
    text = element.text
    line = " ".join(text.split("\n"))
    match element.type:
        case ElementType.TITLE:
            return _title_field(element)
        case ElementType.SCENE_HEADING:
            number = f" #{element.number}#" if element.number else ""
            return f".{line}{number}"
        case ElementType.CHARACTER:
            return f"@{line}{' ^' if element.dual else ''}"
        case ElementType.PARENTHETICAL:
            return line if line.startswith("(") and line.endswith(")") else f"({line})"
        case ElementType.DIALOGUE:
            return "\n".join(map(_spoken_line, text.split("\n")))
        case ElementType.LYRICS:
            return f"~{line}"
        case ElementType.TRANSITION:
            return f"> {line}{ZERO_WIDTH if line.endswith('<') else ''}"
        case ElementType.CENTRED:
            return f"> {line} <"
        case ElementType.NOTE:
            return f"[[{text}]]"
        case ElementType.BONEYARD:
            return f"/*{text}*/"
        case ElementType.SECTION:
            return f"{'#' * max(1, element.level)} {line}"
        case ElementType.SYNOPSIS:
            return f"= {line}"
        case ElementType.PAGE_BREAK:
            return "==="
        case ElementType.ACTION:
            return _action(text)


def _title_field(element: Element) -> str:
    lines = element.text.split("\n")
    if len(lines) == 1:
        return f"{element.key}: {element.text}".rstrip(BLANKS)
    return f"{element.key}:" + "".join(f"\n    {line}" for line in lines)


def _spoken_line(line: str) -> str:
    if not line.strip(BLANKS):
        return "  "
    return f"{ZERO_WIDTH}{line}" if line.lstrip(BLANKS)[0] in "~(" else line


def _action(text: str) -> str:
    first, *rest = text.split("\n")
    lines = [f"!{first}"]
    for line in rest:
        marked = line.lstrip(BLANKS)[:1] in tuple("#=~>!")
        lines.append(f"{ZERO_WIDTH}{line}" if marked else line)
    # Readers that look for transitions before they look for “!” find one in “CUT TO:”.
    if lines[-1].endswith("TO:"):
        lines[-1] += ZERO_WIDTH
    return "\n".join(lines)
