"""Batches as the grid shows them: titles, facts, captions and notes in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.panels.imagine.results import Batch, BatchState, Cell
from studio.panels.imagine.timing import duration
from studio.widgets.picture_item import PictureItem, PictureSection
from studio.widgets.seed_field import seed_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.api import Progress
    from studio.document.bible.fingerprint import MadeFrom


OlderThan = Callable[["Iterable[MadeFrom]"], str]
"""A sentence for a picture that is older than what it was made from, or ""."""


def section_of(batch: Batch, older_than: OlderThan) -> PictureSection:
    """Everything the grid shows of a batch."""
    items = tuple(item_of(batch, cell, older_than(cell.made_from)) for cell in batch.cells)
    return PictureSection(batch.id, batch.title, facts_of(batch), items)


def item_of(batch: Batch, cell: Cell, warning: str) -> PictureItem:
    """One cell; the one that is drawn now carries the note and the bar."""
    seed = ""
    if cell.seed is not None:
        seed = _say("Seed {seed}").format(seed=seed_text(cell.seed))
    note, fraction = ("", None) if cell.path else _standing(batch, cell)
    name = _say("{title}, picture {number}").format(title=batch.title, number=cell.index + 1)
    name = ", ".join(part for part in (name, seed, warning) if part)
    return PictureItem(
        key=cell_key(batch.id, cell.index),
        width=max(1, cell.width),
        height=max(1, cell.height),
        name=_say("{name}, kept").format(name=name) if cell.kept else name,
        path=cell.path,
        caption=" · ".join(part for part in (seed, warning) if part),
        note=note,
        fraction=fraction,
        starred=cell.kept,
        warned=bool(warning),
    )


def cell_key(batch_id: str, index: int) -> str:
    """The grid's key of a cell."""
    return f"{batch_id}/{index}"


def facts_of(batch: Batch) -> str:
    """ "4 pictures · 1 kept"."""
    if len(batch.cells) == 1:
        parts = [_say("1 picture")]
    else:
        parts = [_say("{n} pictures").format(n=len(batch.cells))]
    if batch.kept:
        parts.append(_say("{n} kept").format(n=batch.kept))
    return " · ".join(parts)


def progress_note(progress: Progress, together: int) -> str:
    """ "Step 14 of 20 · 3 s left": of the cells drawn now, not of the whole batch."""
    note = progress.message or _say("Drawing")
    if not progress.step or not progress.total:
        return note
    end = (progress.part + together) * progress.total / progress.parts
    left = progress.seconds / progress.step * (end - progress.step)
    if left <= 0:
        return note
    return _say("{note} · {time} left").format(note=note, time=duration(left))


def fraction_of(progress: Progress, together: int) -> float:
    """How much of the cells drawn now is done, 0 to 1."""
    if not progress.total:
        return 0.0
    each = progress.total / progress.parts
    return min(1.0, max(0.0, (progress.step / each - progress.part) / together))


def _standing(batch: Batch, cell: Cell) -> tuple[str, float | None]:
    if batch.state is BatchState.WAITING:
        return (_say("Waiting") if cell.index == 0 else ""), None
    progress = batch.progress
    if progress is None:
        return (batch.message, None) if cell.index == 0 else ("", None)
    together = min(batch.together, progress.parts - progress.part)
    if progress.part <= cell.index < progress.part + together:
        return progress_note(progress, together), fraction_of(progress, together)
    return "", None


def _say(text: str) -> str:
    return QCoreApplication.translate("ImagineSections", text)
