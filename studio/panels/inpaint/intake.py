"""Pictures that become canvases or layers: read by a child, taken over in slices."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Signal

from studio.canvas import layer_operations, mask_work
from studio.canvas.layer import CanvasState, Layer, new_layer
from studio.canvas.plane import Plane
from studio.canvas.raw_rows import read_raw
from studio.canvas.slices import Slices
from studio.canvas.tiling import COLOUR, GREY
from studio.canvas_files import OpenCanvas, OpenedCanvas, OpenMask, RawPixels
from studio.document.assets import Asset
from studio.document.canvas.canvas_record import CanvasRecord
from studio.document.errors import ProjectError
from studio.jobs.job import Job

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from pipelines.api import Failed
    from studio.canvas.canvas import Canvas
    from studio.context import Context
    from studio.panels.inpaint.session import Session

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".ora")

ORA_ATTRIBUTES = "openraster"
"""The member of a record that keeps an OpenRaster file's unknown attributes."""


class Intake(QObject):
    """Signals:
    reading_changed: the name of what is being read, "" when it is done.
    noted: a sentence on what had to be changed in a picture.
    refused: why a file cannot be taken, what to do next, and the path if a smaller one could be.
    """

    reading_changed = Signal(str)
    noted = Signal(str)
    refused = Signal(str, str, str)

    def __init__(
        self, context: Context, canvas: Canvas, session: Session, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._canvas, self._session = context, canvas, session
        self._slices = Slices(self)
        self._folders: dict[Job, Path] = {}

    # ---- what can come in --------------------------------------------------------------------

    def open(self, path: Path, *, smaller: bool = False) -> None:
        """A canvas of its own for this file."""
        self._read(OpenCanvas(path, smaller), partial(self._make_canvas, path.name))

    def place(self, path: Path) -> None:
        """The file's pixels as a layer above the current one."""
        self._read(OpenCanvas(path), self._make_layers)

    def make(self, image: QImage, name: str) -> None:
        """A canvas of its own for a picture in memory."""
        plane = Plane.from_image(image)
        base = replace(new_layer(name, plane), locked=True)
        self._create(name, CanvasState(image.width(), image.height(), (base,)), "")

    def paste(self, image: QImage, name: str) -> None:
        """A picture in memory as a layer."""
        layer_operations.add(self._canvas, new_layer(name, Plane.from_image(image)))

    def load_mask(self, path: Path) -> None:
        """The file in place of the mask."""
        state = self._canvas.state
        self._read(OpenMask(path, state.width, state.height), self._make_mask)

    def paste_mask(self, image: QImage) -> None:
        """A picture in memory in place of the mask: what is light in it changes."""
        plane = Plane.from_image(image.convertToFormat(GREY), GREY)
        self._canvas.work(mask_work.paste(self._canvas, plane, QPoint()))

    def finish(self) -> None:
        """Gives up what is being read, and leaves no scratch behind."""
        self._slices.drop()
        for job in list(self._folders):
            job.cancel()
            self._forget(job)

    # ---- the child ---------------------------------------------------------------------------

    def _read(self, request: OpenCanvas | OpenMask, take: Callable[[Job, Any], None]) -> None:
        target = "open_canvas" if isinstance(request, OpenCanvas) else "open_mask"
        folder = Path(tempfile.mkdtemp(prefix="fabula-canvas-"))
        job = Job(f"studio.canvas_job:{target}", request, folder=str(folder), parent=self)
        self._folders[job] = folder
        job.succeeded.connect(partial(take, job))
        job.failed.connect(partial(self._on_failed, job))
        self.reading_changed.emit(request.path.name)
        self._context.jobs.run_aside("io", job)

    def _on_failed(self, job: Job, failure: Failed) -> None:
        request = job.ticket.request
        smaller = ""
        if failure.code == "picture_too_large" and isinstance(request, OpenCanvas):
            smaller = "" if request.smaller else str(request.path)
        self._forget(job)
        self.refused.emit(failure.message, failure.hint, smaller)

    def _forget(self, job: Job) -> None:
        shutil.rmtree(self._folders.pop(job), ignore_errors=True)
        job.deleteLater()
        if not self._folders:
            self.reading_changed.emit("")

    # ---- what becomes of it ------------------------------------------------------------------

    def _make_canvas(self, name: str, job: Job, opened: OpenedCanvas) -> None:
        def take(layers: tuple[Layer, ...] | OSError) -> None:
            self._forget(job)
            if isinstance(layers, OSError):
                self.refused.emit(str(layers), "", "")
                return
            profile = ""
            if opened.profile:
                asset = Asset.from_bytes(opened.profile, "application/vnd.iccprofile")
                try:
                    profile = self._context.project.store(asset)
                except ProjectError as error:
                    self.refused.emit(str(error), error.hint, "")
                    return
            state = CanvasState(opened.width, opened.height, layers)
            extras: dict[str, Any] = {}
            if opened.attributes:
                extras[ORA_ATTRIBUTES] = opened.attributes
            self._create(name, state, profile, extras)
            self.noted.emit(" ".join(opened.notes))

        self._slices.run(_layers_of(opened, base=True), take)

    def _make_layers(self, job: Job, opened: OpenedCanvas) -> None:
        def take(layers: tuple[Layer, ...] | OSError) -> None:
            self._forget(job)
            if isinstance(layers, OSError):
                self.refused.emit(str(layers), "", "")
                return
            for layer in layers:
                layer_operations.add(self._canvas, layer)
            self.noted.emit(" ".join(opened.notes))

        self._slices.run(_layers_of(opened, base=False), take)

    def _make_mask(self, job: Job, pixels: RawPixels) -> None:
        def take(plane: Plane | OSError) -> None:
            self._forget(job)
            if isinstance(plane, OSError):
                self.refused.emit(str(plane), "", "")
                return
            self._canvas.work(mask_work.paste(self._canvas, plane, QPoint()))

        self._slices.run(_plane_of(pixels, is_mask=True), take)

    def _create(
        self, name: str, state: CanvasState, profile: str, extras: dict[str, Any] | None = None
    ) -> None:
        record = CanvasRecord(
            secrets.token_hex(6),
            name,
            state.width,
            state.height,
            profile=profile,
            extras=extras or {},
        )
        self._session.create(record, state, self.tr("Open {name}").format(name=name))


def _plane_of(pixels: RawPixels, *, is_mask: bool) -> Generator[None, None, Plane | OSError]:
    """The scratch file may have been lost: then why."""
    try:
        return (yield from read_raw(pixels, GREY if is_mask else COLOUR))
    except EOFError as error:
        return OSError(str(error))
    except OSError as error:
        return error


def _layers_of(
    opened: OpenedCanvas, *, base: bool
) -> Generator[None, None, tuple[Layer, ...] | OSError]:
    """With `base` a single layer is locked: what was painted over can always be had back."""
    layers = []
    locks = base and len(opened.layers) == 1
    for raw in opened.layers:
        plane = yield from _plane_of(raw.pixels, is_mask=False)
        if isinstance(plane, OSError):
            return plane
        made = replace(
            new_layer(raw.name, plane, raw.x, raw.y),
            visible=raw.visible,
            opacity=raw.opacity,
            blend=raw.blend,
            locked=raw.locked or locks,
            extras={ORA_ATTRIBUTES: raw.attributes} if raw.attributes else {},
        )
        layers.append(made)
    return tuple(layers)
