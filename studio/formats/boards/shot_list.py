"""The shot list: a row a shot, for people and for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.document.storyboard.numbering import scene_numbers, shot_labels
from studio.document.storyboard.timing import duration_of
from studio.formats.loose import printable_xml

if TYPE_CHECKING:
    from studio.document.storyboard.model import Shot, Storyboard

COLUMNS = (
    *("Sequence", "Scene", "Shot", "Heading", "Size", "Angle", "Lens", "Movement"),
    *("Transition", "Duration (s)", "Action", "Dialogue", "Notes"),
)
"""The headings; those of custom fields follow, in the order in which they come up."""

LONGEST_CELL = 32_767
"""Characters of a cell of a spreadsheet (ECMA-376)."""

_FORMULA = re.compile(r"[=+\-@\t\r]")
_WIDTHS = {"Heading": 28, "Action": 50, "Dialogue": 50, "Notes": 30}  # characters


@dataclass(frozen=True, slots=True)
class ShotList:
    """`rows` have a cell for each of `columns`; durations are seconds."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


def shot_list(board: Storyboard) -> ShotList:
    """All shots in their order."""
    labels, numbers = shot_labels(board), scene_numbers(board)
    custom = tuple(dict.fromkeys(name for shot in board.shots for name in shot.custom))
    rows: list[tuple[str | float, ...]] = []
    for sequence in board.sequences:
        for scene in sequence.scenes:
            for shot in scene.shots:
                texts = (shot.action, dialogue_text(shot), shot.notes)
                own = tuple(shot.custom.get(name, "") for name in custom)
                rows.append(
                    (
                        *(sequence.title, numbers[scene.id], labels[shot.id], scene.heading),
                        *(shot.size, shot.angle, shot.lens, shot.movement, shot.transition),
                        round(duration_of(shot), 3),
                        *texts,
                        *own,
                    )
                )
    return ShotList((*COLUMNS, *custom), tuple(rows))


def dialogue_text(shot: Shot) -> str:
    """“MARA (V.O.): (quietly) You came back.”, a line for each speech."""
    return "\n".join(
        f"{' '.join(filter(None, (speech.speaker, speech.extension)))}: "
        f"{' '.join(filter(None, (speech.manner, speech.text)))}"
        for speech in shot.dialogue
    )


def camera_text(shot: Shot) -> str:
    """“CU, low, 50 mm, dolly in, dissolve”; a cut goes without saying."""
    lens = f"{shot.lens} mm" if shot.lens.isdecimal() else shot.lens
    transition = "" if shot.transition == "cut" else shot.transition
    return ", ".join(filter(None, (shot.size, shot.angle, lens, shot.movement, transition)))


def shot_list_csv(board: Storyboard) -> bytes:
    """UTF-8 with a BOM, without which Excel takes it for another encoding (RFC 4180).

    A text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    table = shot_list(board)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(map(_harmless, table.columns))
    for row in table.rows:
        writer.writerow(_harmless(cell) if isinstance(cell, str) else cell for cell in row)
    return file.getvalue().encode("utf-8-sig", "replace")


def shot_list_xlsx(board: Storyboard) -> bytes:
    """A workbook with one sheet, its heading frozen; texts are never formulas."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    table = shot_list(board)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Shots"
    for row_number, row in enumerate((table.columns, *table.rows), start=1):
        for column_number, value in enumerate(row, start=1):
            cell = sheet.cell(row_number, column_number)
            cell.value = _printable(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=row_number == 1)
    for column_number, name in enumerate(table.columns, start=1):
        width = _WIDTHS.get(name, 14)
        sheet.column_dimensions[get_column_letter(column_number)].width = width
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _printable(text: str) -> str:
    """Without what XML cannot hold; a cell that is too long ends with a mark."""
    text = printable_xml(text)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 4]} […]"[:LONGEST_CELL]
