"""The formats that a script and its storyboard are written in, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.formats.boards.board_script import board_as_fountain
from studio.formats.boards.edit_lists import board_as_edl, board_as_fcpxml
from studio.formats.boards.html import board_as_html
from studio.formats.boards.losses import losses
from studio.formats.boards.otio import board_as_otio
from studio.formats.boards.script_boards import lost_in_boards
from studio.formats.boards.shot_list import shot_list_csv, shot_list_xlsx
from studio.formats.fountain.reading import read_fountain
from studio.formats.pdf.boards import Layout, boards_as_pdf
from studio.formats.pdf.screenplay import screenplay_as_pdf
from studio.formats.pdf.typesetting import Printed

if TYPE_CHECKING:
    from studio.document.storyboard.model import Storyboard
    from studio.formats.boards.timeline import Pictures
    from studio.formats.fountain.elements import Script


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be written: the board, its pictures, how its pages look, and the script that it
    came from, if it did."""

    board: Storyboard
    pictures: Pictures
    layout: Layout
    script: Script | None = None

    @property
    def screenplay(self) -> Script:
        """The script as a person wrote it, or what the board says as one."""
        return self.script or read_fountain(board_as_fountain(self.board))


@dataclass(frozen=True, slots=True)
class Target:
    """A format: the end of its files' names, and what makes one."""

    suffix: str
    make: Callable[[Work], Printed]


def _text(make: Callable[[Work], str]) -> Callable[[Work], Printed]:
    # Half characters come from files of strangers; UTF-8 has none.
    return lambda work: Printed(make(work).encode("utf-8", "replace"))


TARGETS: Mapping[str, Target] = {
    "pdf": Target(".pdf", lambda work: boards_as_pdf(work.board, work.pictures, work.layout)),
    "screenplay": Target(
        ".pdf", lambda work: screenplay_as_pdf(work.screenplay, work.layout.paper)
    ),
    "fountain": Target(".fountain", _text(lambda work: board_as_fountain(work.board))),
    "csv": Target(".csv", lambda work: Printed(shot_list_csv(work.board))),
    "xlsx": Target(".xlsx", lambda work: Printed(shot_list_xlsx(work.board))),
    "otio": Target(".otio", _text(lambda work: board_as_otio(work.board, work.pictures))),
    "fcpxml": Target(".fcpxml", _text(lambda work: board_as_fcpxml(work.board, work.pictures))),
    "edl": Target(".edl", _text(lambda work: board_as_edl(work.board, work.pictures))),
    "html": Target(".html", _text(lambda work: board_as_html(work.board, work.pictures))),
}


def export(target: str, work: Work) -> Printed:
    """The file, and sentences about what it does not hold or show. Raises PipelineError, OSError
    for a picture that cannot be read, KeyError for a target that is none of TARGETS."""
    made = TARGETS[target].make(work)
    of_script = lost_in_boards(work.script) if work.script and target == "fountain" else ()
    return Printed(made.content, (*of_script, *losses(work.board, target), *made.notes))


def elements_as_json(script: Script) -> str:
    """Every element of a script with its type, text and line, from 1."""
    items = []
    for element in script.elements:
        item: dict[str, object] = {
            "type": element.type,
            "text": element.text,
            "line": element.line,
        }
        members = ("number", "level", "key", "dual", "forced")
        item |= {name: value for name in members if (value := getattr(element, name))}
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
