"""The batches on the panel and the cells of each: plain values and the list that keeps them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from studio.told_prompt import uses_of_request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.api import Picture, Progress, TextToImageRequest
    from studio.document.bible.fingerprint import MadeFrom


class BatchState(Enum):
    """Where a batch stands. The order is the order on the panel."""

    DRAWING = 0
    WAITING = 1
    SETTLED = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One picture of a batch; `path` is "" until it is finished, `seed` None if nobody knows it.

    `made_from` are the entries of the story bible that it is made from, as they were then.
    """

    index: int
    seed: int | None
    width: int
    height: int
    path: str = ""
    prompt: str = ""
    kept: bool = False
    made_from: tuple[MadeFrom, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """`id` is the job's. `message` says what is loaded, until the first step.

    `together` is how many cells are drawn at a time.
    """

    id: str
    title: str
    state: BatchState
    cells: tuple[Cell, ...]
    together: int = 1
    message: str = ""
    progress: Progress | None = None

    @property
    def ready(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.path)

    @property
    def kept(self) -> int:
        return sum(cell.kept for cell in self.cells)


def waiting_batch(job_id: str, title: str, request: TextToImageRequest) -> Batch:
    """A batch of empty cells for a job that was just submitted."""
    made_from = uses_of_request(request)
    cells = tuple(
        Cell(
            index,
            (request.seed + index) % 2**32,
            request.width,
            request.height,
            made_from=made_from,
        )
        for index in range(request.count)
    )
    return Batch(job_id, title, BatchState.WAITING, cells, together=max(1, request.batch_size))


class Results:
    """The batches, newest last; what a batch becomes goes through here."""

    def __init__(self) -> None:
        self._batches: dict[str, Batch] = {}

    def ordered(self) -> tuple[Batch, ...]:
        """As shown: the one being drawn, or else the one that is next, and the rest newest first.

        Others that wait are in the queue; as rows of empty cells they would only push finished
        pictures out of sight. A batch without a picture is not shown; it comes back in its place
        with its picture.
        """
        drawing, waiting, settled = (
            [batch for batch in self._batches.values() if batch.state is state and batch.cells]
            for state in BatchState
        )
        return (*(drawing or waiting[:1]), *reversed(settled))

    def arrange_waiting(self, ids: Sequence[str]) -> None:
        """Takes over the order of the queue."""
        waiting = {
            batch_id: self._batches.pop(batch_id) for batch_id in ids if self._waits(batch_id)
        }
        self._batches |= waiting

    def _waits(self, batch_id: str) -> bool:
        batch = self._batches.get(batch_id)
        return batch is not None and batch.state is BatchState.WAITING

    def find(self, batch_id: str) -> Batch | None:
        return self._batches.get(batch_id)

    def cell_at(self, path: str) -> tuple[Batch, Cell] | None:
        """Where the finished picture `path` stands."""
        for batch in self._batches.values():
            for cell in batch.cells:
                if path and cell.path == path:
                    return batch, cell
        return None

    def add(self, batch: Batch) -> None:
        self._batches[batch.id] = batch

    def loading(self, batch_id: str, message: str) -> None:
        self._change(batch_id, lambda b: replace(b, state=BatchState.DRAWING, message=message))

    def progressed(self, batch_id: str, progress: Progress) -> None:
        self._change(
            batch_id,
            lambda b: replace(b, state=BatchState.DRAWING, message="", progress=progress),
        )

    def produced(self, batch_id: str, picture: Picture) -> None:
        """Fills the cell of `picture`."""

        def filled(batch: Batch) -> Batch:
            cells = tuple(
                replace(
                    cell,
                    seed=picture.seed,
                    width=picture.width,
                    height=picture.height,
                    path=picture.path,
                    prompt=picture.prompt,
                )
                if cell.index == picture.index
                else cell
                for cell in batch.cells
            )
            return replace(batch, cells=cells)

        self._change(batch_id, filled)

    def settle(self, batch_id: str) -> None:
        """Nothing more comes: empty cells go."""
        self._change(
            batch_id,
            lambda b: replace(
                b, state=BatchState.SETTLED, message="", progress=None, cells=b.ready
            ),
        )

    def set_kept(self, path: str, kept: bool) -> None:
        self._change_cell(path, lambda cell: replace(cell, kept=kept))

    def remove(self, path: str) -> None:
        """Takes the picture off the panel."""
        if found := self.cell_at(path):
            batch, gone = found
            cells = tuple(cell for cell in batch.cells if cell is not gone)
            self._batches[batch.id] = replace(batch, cells=cells)

    def put_back(self, batch_id: str, cell: Cell) -> None:
        """Undoes `remove`."""
        now = self._batches[batch_id]
        cells = sorted((*now.cells, cell), key=lambda each: each.index)
        self._batches[batch_id] = replace(now, cells=tuple(cells))

    def _change(self, batch_id: str, change: Callable[[Batch], Batch]) -> None:
        # A late event of a batch that was taken off the panel changes nothing.
        if batch := self._batches.get(batch_id):
            self._batches[batch_id] = change(batch)

    def _change_cell(self, path: str, change: Callable[[Cell], Cell]) -> None:
        if found := self.cell_at(path):
            batch, cell = found
            cells = tuple(change(each) if each is cell else each for each in batch.cells)
            self._batches[batch.id] = replace(batch, cells=cells)
