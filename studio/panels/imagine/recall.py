"""The last batches from the library, so that the panel comes back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.bible.fingerprint import MADE_FROM, read_made_from
from studio.panels.imagine.results import Batch, BatchState, Cell
from studio.prompt_title import title_of, typed_prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.library import Entry


def recalled(entries: Sequence[Entry]) -> list[Batch]:
    """Batches of pictures made together, the oldest first; `entries` come newest first."""
    groups: dict[str, list[Entry]] = {}
    for entry in reversed(entries):
        groups.setdefault(entry.batch or str(entry.path), []).append(entry)
    return [_batch(batch_id, group) for batch_id, group in groups.items()]


def cell_of(entry: Entry, index: int) -> Cell:
    """A picture of the library as the cell at `index` of its batch."""
    return Cell(
        index=index,
        seed=entry.seed,
        width=entry.width,
        height=entry.height,
        path=str(entry.path),
        prompt=entry.prompt,
        kept=entry.kept,
        made_from=read_made_from(entry.settings.get(MADE_FROM)),
    )


def _batch(batch_id: str, entries: Sequence[Entry]) -> Batch:
    cells = tuple(cell_of(entry, index) for index, entry in enumerate(entries))
    first = entries[0]
    title = title_of(typed_prompt(first.settings) or first.prompt) or first.path.stem
    return Batch(batch_id, title, BatchState.SETTLED, cells)
