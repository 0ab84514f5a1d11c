"""A storyboard as a script, with what only the board knows in notes, so that it reads back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from studio.formats.boards.board_notes import scene_note, shot_note
from studio.formats.fountain.elements import Element, ElementType
from studio.formats.fountain.lines import BLANKS
from studio.formats.fountain.markup import escape
from studio.formats.fountain.writing import write_fountain

if TYPE_CHECKING:
    from studio.document.storyboard.model import Shot, Storyboard


def board_as_fountain(board: Storyboard) -> str:
    """The text of a `.fountain` file; `script_boards.board_from_script` reads it back.

    Pictures and prompts have no place there.
    """
    return write_fountain(board_elements(board))


def board_elements(board: Storyboard) -> Iterator[Element]:
    """The script element by element."""
    if board.title:
        yield Element(ElementType.TITLE, escape(_line(board.title)), key="Title")
    for sequence in board.sequences:
        if sequence.title or len(board.sequences) > 1:
            yield Element(ElementType.SECTION, escape(_line(sequence.title)), level=1)
        for scene in sequence.scenes:
            heading = escape(_line(scene.heading))
            if heading:
                yield Element(ElementType.SCENE_HEADING, heading, number=scene.number)
            yield Element(ElementType.NOTE, scene_note(scene))
            for line in _lines(scene.synopsis):
                yield Element(ElementType.SYNOPSIS, escape(line))
            for shot in scene.shots:
                yield from _shot_elements(shot)


def _shot_elements(shot: Shot) -> Iterator[Element]:
    yield Element(ElementType.NOTE, shot_note(shot))
    lines = [line for line in _lines(shot.action) if line.strip(BLANKS)]
    if lines:
        yield Element(ElementType.ACTION, escape("\n".join(lines)))
    for speech in shot.dialogue:
        cue = " ".join(filter(None, (_line(speech.speaker) or "?", _line(speech.extension))))
        yield Element(ElementType.CHARACTER, escape(cue), dual=speech.dual)
        if speech.manner:
            yield Element(ElementType.PARENTHETICAL, escape(_line(speech.manner)))
        yield Element(ElementType.DIALOGUE, escape(speech.text))


def _lines(text: str) -> list[str]:
    """Not str.splitlines: to Fountain a form feed or U+2028 is text."""
    return re.split(r"\r\n|\r|\n", text)


def _line(text: str) -> str:
    return " ".join(text.split())
