"""A Yarn file cut into its nodes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studio.document.dialogue.script_lines import SourceLine, source_lines
from studio.formats.dialogue_export import UnreadableStoryError

_HEADER = re.compile(r"(?P<key>[\w-]+)\s*:\s?(?P<value>.*)")


@dataclass(slots=True)
class Page:
    """A node of Yarn: its headers, and its lines."""

    title: str
    position: tuple[float, float] | None
    line: int
    lines: list[SourceLine] = field(default_factory=list)


def cut_pages(text: str) -> list[Page]:
    """Raises UnreadableStoryError with the line at fault."""
    pages: list[Page] = []
    headers: dict[str, str] = {}
    inside = False
    seen: set[str] = set()
    for line in source_lines(text):
        if inside and line.text == "===" and line.indent == 0:
            inside, headers = False, {}
        elif inside:
            pages[-1].lines.append(line)
        elif line.text == "---":
            title = headers.get("title", "")
            if not title or title in seen:
                reason = f"there are two nodes “{title}”" if title else "this node has no title"
                raise UnreadableStoryError(reason, line.number)
            seen.add(title)
            pages.append(Page(title, _position(headers.get("position", "")), line.number))
            inside = True
        elif found := _HEADER.fullmatch(line.text):
            headers[found["key"]] = found["value"].strip()
        elif not line.text.startswith(("#", "//", "===")):
            raise UnreadableStoryError("this is no header of a node", line.number, line.column)
    if inside:
        raise UnreadableStoryError("the last node has no “===” at its end", pages[-1].line)
    return pages


def _position(value: str) -> tuple[float, float] | None:
    found = re.fullmatch(r"(-?\d{1,9}(?:\.\d+)?)\s*,\s*(-?\d{1,9}(?:\.\d+)?)", value)
    return (float(found[1]), float(found[2])) if found else None
