"""From the canvas to a job: the piece it needs becomes files, then the request is queued."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from pipelines.limits import MAX_SEED
from studio.canvas.raw_rows import write_raw
from studio.canvas_files import EncodePng, RawPixels
from studio.jobs.job import Job
from studio.panels.inpaint.requests import plan, request_for
from studio.panels.inpaint.wording import step_title
from studio.settings_table import WILDCARDS_FOLDER

if TYPE_CHECKING:
    from pipelines.api import Failed
    from pipelines.model_ref import ModelRef
    from studio.canvas.canvas import Work
    from studio.canvas.workbench import Workbench
    from studio.context import Context
    from studio.panels.inpaint.batch import Batch
    from studio.panels.inpaint.candidates import Candidates
    from studio.panels.inpaint.state import InpaintState


@dataclass(slots=True)
class _Order:
    """What was asked for, on its way through the child that packs the pictures."""

    state: InpaintState
    model: ModelRef | None
    piece: QRect
    key: str
    prompt: str
    folder: Path
    packed: int = 0

    @property
    def picture(self) -> Path:
        return self.folder / "picture.png"

    @property
    def mask(self) -> Path:
        return self.folder / "mask.png"


class Making(QObject):
    """Signals:
    refused: why nothing could be asked for, and what to do next.
    busy_changed: whether a piece of the canvas is on its way to the queue.
    """

    refused = Signal(str)
    busy_changed = Signal(bool)

    def __init__(
        self,
        context: Context,
        bench: Workbench,
        candidates: Candidates,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._bench, self._candidates = context, bench, candidates
        self._order: _Order | None = None

    @property
    def busy(self) -> bool:
        return self._order is not None

    def start(self, state: InpaintState, model: ModelRef | None, painted: QRect, key: str) -> None:
        """Asks for candidates for the canvas `key`, which is on the bench.

        `painted` holds all that is masked; `model` is None where none is used.
        """
        canvas = self._bench.canvas
        if self.busy or canvas.busy:
            return
        piece = plan(state, model, canvas.state.size, painted).piece
        folder = Path(tempfile.mkdtemp(prefix="fabula-inpaint-"))
        prompt = state.prompt if model is not None and state.mode != "remove" else ""
        self._order = _Order(state, model, piece, key, prompt, folder)
        self.busy_changed.emit(True)
        canvas.work(self._copied(self._order))

    def more(self, batch: Batch) -> None:
        """Other candidates like those, with seeds that were not used yet."""
        request = batch.request
        # One job may have been cancelled in between: nobody counts the gaps.
        seed = (request.seed + max(request.count, len(batch.cells))) % (MAX_SEED + 1)
        if not Path(request.picture).exists():
            words = self.tr("What these were made from is gone. Press {button} again.")
            self.refused.emit(words.format(button=batch.title))
            return
        self._candidates.start(replace(request, seed=seed), batch.title, joins=True)

    def finish(self) -> None:
        """Leaves no scratch behind."""
        self._end()

    # ---- on the way --------------------------------------------------------------------------

    def _copied(self, order: _Order) -> Work:
        """Nobody paints meanwhile."""
        state = self._bench.canvas.state
        mask = state.mask
        below = order.piece.translated(-mask.offset)
        try:
            picture = yield from write_raw(
                self._bench.composite.read, order.piece, order.folder / "picture.raw"
            )
            grey = yield from write_raw(mask.plane.read, below, order.folder / "mask.raw")
        except OSError as error:
            self._refuse(error.strerror or str(error))
            return None
        self._pack(order, picture, order.picture, grey=False)
        self._pack(order, grey, order.mask, grey=True)
        return None

    def _pack(self, order: _Order, pixels: RawPixels, path: Path, *, grey: bool) -> None:
        job = Job(
            "studio.canvas_job:encode_png",
            EncodePng(pixels, grey=grey, path=path),
            folder=str(order.folder),
            parent=self,
        )
        job.succeeded.connect(partial(self._on_packed, order))
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._end)
        job.settled.connect(job.deleteLater)
        self._context.jobs.run_aside("io", job)

    def _on_packed(self, order: _Order, _path: object) -> None:
        order.packed += 1
        if order.packed < 2 or order is not self._order:
            return
        context = self._context
        wildcards = context.settings.get(WILDCARDS_FOLDER) or context.paths.wildcards
        request = request_for(
            order.state,
            order.model,
            order.piece,
            str(order.picture),
            str(order.mask),
            order.key,
            str(wildcards),
            context.bible.bible,
        )
        self._candidates.start(request, step_title(order.state.mode, order.prompt), joins=False)
        self._end()

    def _on_job_failed(self, failure: Failed) -> None:
        self._refuse(f"{failure.message} {failure.hint}".strip())

    def _refuse(self, why: str) -> None:
        if self.busy:
            self._end()
            self.refused.emit(why)

    def _end(self) -> None:
        if self._order is not None:
            shutil.rmtree(self._order.folder, ignore_errors=True)
            self._order = None
            self.busy_changed.emit(False)
