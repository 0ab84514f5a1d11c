"""Boards on pages: one to twelve on each, for printing and for clients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.api import PipelineError
from studio.document.storyboard.model import ASPECTS, Speech
from studio.document.storyboard.timing import clock, duration_of, total_duration
from studio.formats.boards.shot_list import camera_text
from studio.formats.boards.timeline import Cut, Pictures, cuts
from studio.formats.pdf.glyphs import missing_glyphs, missing_note
from studio.formats.pdf.print_pictures import fitting_pixels, print_picture
from studio.formats.pdf.typesetting import FONTS, Printed, typeset

if TYPE_CHECKING:
    from studio.document.storyboard.model import Storyboard

GRIDS = ("1", "2", "3x2", "3x3", "4x3")
"""Boards on a page: columns by rows."""

PAPERS = {"a4": (210.0, 297.0), "us-letter": (215.9, 279.4), "a3": (297.0, 420.0)}
"""Width and height in millimetres, by the names that Typst has."""

_SIZES = {1: 11.0, 2: 10.0, 6: 8.5, 9: 7.5, 12: 7.0}  # points of the text, by boards on a page
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """`grid` is one of GRIDS, two boards lie in the longer direction of the page; `paper` one of
    PAPERS."""

    grid: str = "3x2"
    landscape: bool = True
    paper: str = "a4"

    @property
    def columns_and_rows(self) -> tuple[int, int]:
        """Raises PipelineError("bad_grid") for a grid that there is not."""
        if self.grid not in GRIDS:
            raise PipelineError(
                "bad_grid", f"There is no grid “{self.grid}”.", f"Use one of {', '.join(GRIDS)}."
            )
        if self.grid in ("1", "2"):
            number = int(self.grid)
            return (number, 1) if self.landscape else (1, number)
        columns, rows = map(int, self.grid.split("x"))
        return (columns, rows) if self.landscape else (rows, columns)

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of the page divided by the boards on it, in millimetres."""
        columns, rows = self.columns_and_rows
        short, long = PAPERS[self.paper]
        width, height = (long, short) if self.landscape else (short, long)
        return width / columns, height / rows


def boards_as_pdf(board: Storyboard, pictures: Pictures, layout: Layout) -> Printed:
    """The PDF; its notes say which texts are clipped and which characters no font has.

    A shot without a picture has an empty frame. Raises PipelineError.
    """
    columns, rows = layout.columns_and_rows
    count = columns * rows
    files: dict[str, bytes] = {}
    made = cuts(board, pictures)
    number = sum(cut.picture is not None for cut in made)
    largest = fitting_pixels(*layout.cell, number)
    shots = [(cut.scene.heading, _shot(cut, files, largest)) for cut in made]
    pages = [shots[at : at + count] for at in range(0, len(shots), count)]
    data = {
        "title": board.title or "Storyboard",
        "aspect": board.aspect,
        "ratio": ASPECTS[board.aspect],
        "total": clock(total_duration(board)),
        "columns": columns,
        "rows": rows,
        "size": _SIZES[count],
        "paper": layout.paper,
        "landscape": layout.landscape,
        "fonts": FONTS,
        "pages": [{"scene": page[0][0], "shots": [shot for _, shot in page]} for page in pages],
    }
    pdf, clipped = typeset("boards.typ", data, files, ask="clipped")
    missing = missing_glyphs(_all_texts(data), FONTS)
    return Printed(pdf, (*_clipped_note(clipped), *missing_note(missing)))


def _shot(cut: Cut, files: dict[str, bytes], largest: tuple[int, int]) -> dict[str, Any]:
    shot = cut.shot
    name = None
    if cut.picture is not None:
        name = f"{len(files)}.jpg"
        files[name] = print_picture(cut.picture, largest)
    texts = [("dialogue", _speech(speech)) for speech in shot.dialogue]
    texts += [("action", shot.action), ("notes", shot.notes)]
    texts += [("notes", f"{name}: {text}") for name, text in shot.custom.items()]
    return {
        "label": cut.label,
        "duration": clock(duration_of(shot)),
        "camera": camera_text(shot),
        "picture": name,
        "texts": [{"kind": kind, "text": text} for kind, text in texts if text.strip()],
    }


def _speech(speech: Speech) -> str:
    cue = " ".join(filter(None, (speech.speaker.upper(), speech.extension)))
    return f"{cue}: {' '.join(filter(None, (speech.manner, speech.text)))}"


def _clipped_note(labels: list[str]) -> tuple[str, ...]:
    unique = list(dict.fromkeys(labels))
    if not unique:
        return ()
    named = ", ".join(unique[:_MOST_NAMED])
    more = f" and {len(unique) - _MOST_NAMED} more" if len(unique) > _MOST_NAMED else ""
    return (f"Texts of shots {named}{more} are too long for their cells and end with “[…]”.",)


def _all_texts(value: object) -> list[str]:
    """Every text in the data, at any depth."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = tuple(value.values())
    return (
        [t for each in value for t in _all_texts(each)] if isinstance(value, list | tuple) else []
    )
