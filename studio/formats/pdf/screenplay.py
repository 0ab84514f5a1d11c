"""A Fountain script as the pages of a screenplay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.formats.fountain.elements import Element, ElementType
from studio.formats.fountain.markup import plain, runs
from studio.formats.pdf.glyphs import missing_glyphs, missing_note
from studio.formats.pdf.typesetting import MONO_FONTS, Printed, typeset

if TYPE_CHECKING:
    from studio.formats.fountain.elements import Script

# Notes for the writer, which the syntax says are not printed.
_UNPRINTED = (
    ElementType.TITLE,
    ElementType.NOTE,
    ElementType.BONEYARD,
    ElementType.SECTION,
    ElementType.SYNOPSIS,
)
_SPOKEN = (ElementType.PARENTHETICAL, ElementType.DIALOGUE, ElementType.LYRICS)
_CENTRE = ("title", "credit", "author", "authors", "source")


def screenplay_as_pdf(script: Script, paper: str = "us-letter") -> Printed:
    """The PDF; its notes say which characters no font has. `paper` as in `boards.Layout`.

    Raises PipelineError.
    """
    fields = [e for e in script.elements if e.type is ElementType.TITLE and e.text]
    centre = [e for e in fields if e.key.casefold() in _CENTRE]
    corner = [e for e in fields if e.key.casefold() not in _CENTRE]
    groups = _groups([e for e in script.elements if e.type not in _UNPRINTED])
    data = {
        "title": plain(script.title) or "Screenplay",
        "paper": paper,
        "fonts": MONO_FONTS,
        "front": int(bool(fields)),
        "centre": [_runs(element.text) for element in centre],
        "corner": [_runs(element.text) for element in corner],
        "groups": [[[_printed(e) for e in column] for column in group] for group in groups],
    }
    pdf, _ = typeset("screenplay.typ", data, {})
    missing = missing_glyphs([plain(element.text) for element in script.elements], MONO_FONTS)
    return Printed(pdf, missing_note(missing))


def _groups(elements: list[Element]) -> list[list[list[Element]]]:
    """Columns that stand side by side: two for speeches at the same time, else one."""
    groups: list[list[list[Element]]] = []
    for element in elements:
        if element.type is ElementType.CHARACTER:
            is_pair = element.dual and groups and len(groups[-1]) == 1 and _is_speech(groups[-1][0])
            if is_pair:
                groups[-1].append([element])
            else:
                groups.append([[element]])
        elif element.type in _SPOKEN and groups and _is_speech(groups[-1][-1]):
            groups[-1][-1].append(element)
        else:
            groups.append([[element]])
    return groups


def _is_speech(column: list[Element]) -> bool:
    return column[0].type is ElementType.CHARACTER


def _printed(element: Element) -> dict[str, Any]:
    return {"type": element.type, "number": element.number, "runs": _runs(element.text)}


def _runs(text: str) -> list[dict[str, Any]]:
    return [
        {"text": r.text, "bold": r.bold, "italic": r.italic, "underline": r.underline}
        for r in runs(text)
    ]
