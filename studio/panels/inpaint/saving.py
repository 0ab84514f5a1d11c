"""Writes the canvas: as a picture, with its layers, into the library; and the mask."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, Signal

from pipelines.pictures import DigitalSource
from pipelines.recipe import Recipe
from studio.canvas.raw_rows import write_raw
from studio.canvas_files import EncodePng, RawLayer, SaveOpenRaster, SavePicture
from studio.document.errors import ProjectError
from studio.jobs.job import Job
from studio.library import Entry
from studio.panels.inpaint.intake import ORA_ATTRIBUTES
from studio.panels.inpaint.looking import RECIPE

if TYPE_CHECKING:
    from pipelines.api import Failed
    from studio.canvas.canvas import Work
    from studio.canvas.layer import CanvasState
    from studio.canvas.workbench import Workbench
    from studio.context import Context
    from studio.document.canvas.canvas_record import CanvasRecord

_LOSSY = (".jpg", ".jpeg")


class Saving(QObject):
    """Signals:
    saved: where to, and a note or "".
    refused: why not, and what to do next. What was there before still is.
    """

    saved = Signal(str, str)
    refused = Signal(str)

    def __init__(self, context: Context, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._bench = context, bench
        self._folders: set[Path] = set()

    def save(self, record: CanvasRecord, path: Path) -> None:
        """To the kind of file that the suffix of `path` names."""
        if path.suffix.lower() == ".ora":
            self._begin(partial(self._layers, record, path), partial(self._on_written, ""))
            return
        note = ""
        if path.suffix.lower() in _LOSSY:
            note = self.tr(
                "JPEG is lossy: pixels that were not painted change a little."
                " PNG, WebP and OpenRaster keep them."
            )
        self._begin(partial(self._picture, record, path), partial(self._on_written, note))

    def save_to_library(self, record: CanvasRecord) -> None:
        """As a picture of its own, with all that is known of how it was made."""
        self._begin(partial(self._picture, record, None), self._on_written_for_library)

    def save_mask(self, path: Path) -> None:
        """A grey PNG as large as the canvas; white changes."""
        self._begin(partial(self._mask, path), partial(self._on_written, ""))

    def finish(self) -> None:
        """Leaves no scratch behind."""
        for folder in list(self._folders):
            self._forget(folder)

    # ---- the pixels --------------------------------------------------------------------------

    def _begin(
        self, write: Callable[[Path, Callable[[Job], None]], Work], done: Callable[[Path], None]
    ) -> None:
        """Nobody paints while the pixels are copied; the rest is done in a child."""
        if self._bench.canvas.busy:
            return
        folder = Path(tempfile.mkdtemp(prefix="fabula-save-"))
        self._folders.add(folder)
        self._bench.canvas.work(self._written(folder, write, done))

    def _written(
        self,
        folder: Path,
        write: Callable[[Path, Callable[[Job], None]], Work],
        done: Callable[[Path], None],
    ) -> Work:
        def start(job: Job) -> None:
            job.setParent(self)
            job.succeeded.connect(done)
            job.failed.connect(self._on_job_failed)
            job.settled.connect(partial(self._forget, folder))
            job.settled.connect(job.deleteLater)
            self._context.jobs.run_aside("io", job)

        try:
            yield from write(folder, start)
        except (OSError, ProjectError) as error:
            self._forget(folder)
            why = getattr(error, "strerror", None) or str(error)
            self.refused.emit(self.tr("The canvas could not be saved: {why}.").format(why=why))
        return None

    def _picture(
        self, record: CanvasRecord, path: Path | None, folder: Path, start: Callable[[Job], None]
    ) -> Work:
        state = self._bench.canvas.state
        pixels = yield from write_raw(
            self._bench.composite.read, state.rect, folder / "picture.raw"
        )
        profile = self._context.project.asset(record.profile).data if record.profile else b""
        made = _made(state)
        target = path or folder / f"{Path(record.name).stem or 'canvas'}.png"
        request = SavePicture(target, pixels, made.recipe, made.source, profile)
        start(Job("studio.canvas_job:save_flat", request, folder=str(folder)))
        return None

    def _layers(
        self, record: CanvasRecord, path: Path, folder: Path, start: Callable[[Job], None]
    ) -> Work:
        state = self._bench.canvas.state
        layers = []
        for number, layer in enumerate(state.layers):
            bounds = layer.plane.bounds.united(
                QRect(0, 0, 1, 1).translated(layer.plane.bounds.topLeft())
            )
            pixels = yield from write_raw(layer.plane.read, bounds, folder / f"layer{number}.raw")
            at = bounds.topLeft() + layer.offset
            layers.append(
                RawLayer(
                    layer.name,
                    pixels,
                    at.x(),
                    at.y(),
                    layer.visible,
                    layer.opacity,
                    layer.blend,
                    layer.locked,
                    layer.extras.get(ORA_ATTRIBUTES, {}),
                )
            )
        merged = yield from write_raw(self._bench.composite.read, state.rect, folder / "merged.raw")
        attributes = record.extras.get(ORA_ATTRIBUTES, {})
        request = SaveOpenRaster(path, tuple(layers), merged, attributes)
        start(Job("studio.canvas_job:save_openraster", request, folder=str(folder)))
        return None

    def _mask(self, path: Path, folder: Path, start: Callable[[Job], None]) -> Work:
        state = self._bench.canvas.state
        frame = state.rect.translated(-state.mask.offset)
        pixels = yield from write_raw(state.mask.plane.read, frame, folder / "mask.raw")
        request = EncodePng(pixels, grey=True, path=path)
        start(Job("studio.canvas_job:encode_png", request, folder=str(folder)))
        return None

    # ---- slots -------------------------------------------------------------------------------

    def _on_written(self, note: str, path: Path) -> None:
        self.saved.emit(str(path), note)

    def _on_written_for_library(self, path: Path) -> None:
        state, library = self._bench.canvas.state, self._context.library
        recipe, when = _made(state).recipe, datetime.now().astimezone()
        try:
            home = library.adopt(path, recipe.prompt or path.stem, when)
            library.add(
                Entry(home, when, state.width, state.height, recipe.prompt, recipe.seed or None)
            )
        except (OSError, sqlite3.Error) as error:
            words = self.tr("The picture could not be put into the library: {why}.")
            self.refused.emit(words.format(why=error))
            return
        self.saved.emit(str(home), self.tr("It is in the library now."))

    def _on_job_failed(self, failure: Failed) -> None:
        self.refused.emit(f"{failure.message} {failure.hint}".strip())

    def _forget(self, folder: Path) -> None:
        self._folders.discard(folder)
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Made:
    recipe: Recipe
    source: DigitalSource


def _made(state: CanvasState) -> _Made:
    """How the newest visible part that was made here came about; a model's goes before others."""
    known = {each.name for each in fields(Recipe)}
    best: _Made | None = None
    for layer in state.layers:
        data: Any = layer.extras.get(RECIPE)
        if not layer.visible or not isinstance(data, Mapping):
            continue
        try:
            source = DigitalSource(str(data.get("digital_source")))
            recipe = Recipe(**{name: data[name] for name in known if name in data})
        except (TypeError, ValueError):  # of another version
            continue
        if best is None or source is DigitalSource.COMPOSITE or best.source is source:
            best = _Made(recipe, source)
    return best or _Made(Recipe(request={}), DigitalSource.EDITED)
