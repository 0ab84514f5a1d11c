"""The canvas that is open, and its document: each edit becomes a step of the project's history."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from studio.canvas.history import CanvasHistory
from studio.canvas.layer import MASK_ID, CanvasState
from studio.canvas.layer_operations import OPACITY
from studio.canvas.slices import Slices
from studio.canvas.stored import CanvasStore, plane_of, state_of
from studio.document.canvas.canvas_record import CanvasRecord, from_document, to_document
from studio.document.documents import Change
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.canvas.edits import Edit
    from studio.canvas.plane import Plane
    from studio.document.assets import Asset
    from studio.document.documents import Changes
    from studio.open_project import OpenProject

_Encoded = tuple[CanvasRecord, tuple["Asset", ...]]

_SAME_DRAG = 1.0  # seconds between two values of one slider that is dragged


class Session(QObject):
    """Shows one document of the project on `canvas`, which stays the same object.

    What is done on the canvas is done at once; its tiles are packed between events and the step
    is in the project a moment later. `settle` does all of that now. Undo comes from the project.

    Signals:
        opened: a canvas is shown now.
        closed: none is; undo may have taken it away.
        loading_changed: whether pixels are being read.
        renamed: the canvas or the project's list of them has other names.
        failed: a canvas cannot be shown: the ProjectError.
    """

    opened = Signal()
    closed = Signal()
    loading_changed = Signal(bool)
    renamed = Signal()
    failed = Signal(object)

    def __init__(self, project: OpenProject, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project, self._canvas = project, canvas
        self._record: CanvasRecord | None = None
        self._loading: CanvasRecord | None = None
        self._commits, self._loads = Slices(self), Slices(self)
        self._last_edit, self._drags = 0.0, 0
        self._is_held = False
        self._reset(0)
        canvas.edited.connect(self._on_canvas_edited)
        project.changed.connect(self._on_project_changed)
        project.replaced.connect(self._on_project_replaced)
        project.leaving_step.connect(self.settle)

    @property
    def record(self) -> CanvasRecord | None:
        """Of the canvas that is shown, as it lies in the project; None while there is none."""
        return self._record

    @property
    def key(self) -> str:
        """Of the document that is shown or being read, "" for none."""
        record = self._loading or self._record
        return record.key if record else ""

    @property
    def is_loading(self) -> bool:
        return self._loading is not None

    # ---- opening -----------------------------------------------------------------------------

    def open(self, key: str) -> None:
        """Reads the canvas of this document; `opened` or `failed` follows. LookupError for none."""
        self.settle()
        self._give_up_loading()
        try:
            record = from_document(self._project.documents[key])
        except ProjectError as error:
            self.close()
            self.failed.emit(error)
            return
        self._loading = record
        self.loading_changed.emit(True)
        self._loads.run(self._read(record), self._on_read)

    def create(self, record: CanvasRecord, state: CanvasState, text: str) -> None:
        """Puts a new canvas into the project, as a step of this name, and shows it."""
        self.settle()
        self._give_up_loading()
        self._record = None
        self._reset(record.step)
        self._show(record, state)
        self._store_step(text, "")

    def close(self) -> None:
        """Shows none; the document stays where it is."""
        self.settle()
        self._give_up_loading()
        if self._record is not None:
            self._record = None
            self._canvas.replace(CanvasState(1, 1))
            self._reset(0)
            self.closed.emit()

    def settle(self) -> None:
        """Has every edit in the project."""
        self._commits.finish()

    def hold(self, on: bool) -> None:
        """While held, the canvas shows what is not its own, and every edit is taken back."""
        self._is_held = on

    def rename(self, name: str) -> None:
        """As one step; an empty name changes nothing."""
        self.settle()
        if self._record is None or not name.strip() or name == self._record.name:
            return
        record = replace(self._record, name=name.strip())
        text = self.tr("Rename {name}").format(name=record.name)
        if self._project.edit(text, Change(puts=(to_document(record),)), by=self):
            self._take(record)
            self.renamed.emit()

    # ---- reading -----------------------------------------------------------------------------

    def _read(self, record: CanvasRecord) -> Generator[None, None, CanvasState | ProjectError]:
        planes: dict[str, Plane] = {}
        try:
            for layer in (*record.layers, record.mask):
                patches = (self._project.asset(each.asset).data for each in layer.pixels.patches)
                planes[layer.id] = yield from plane_of(
                    layer.pixels, None, patches, layer.id == MASK_ID
                )
        except (LookupError, ValueError):
            return ProjectError(
                "bad_canvas",
                f"Pixels of the canvas “{record.name}” are damaged.",
                "Restore a backup of the project.",
            )
        except ProjectError as error:
            return error
        return state_of(record, planes)

    def _on_read(self, state: CanvasState | ProjectError) -> None:
        record = self._loading
        assert record is not None
        self._loading = None
        self.loading_changed.emit(False)
        if isinstance(state, ProjectError):
            self.close()
            self.failed.emit(state)
            return
        self._reset(record.step)
        self._adopt(record, state)
        self._show(record, state)

    def _give_up_loading(self) -> None:
        if self._loading is not None:
            self._loads.drop()
            self._loading = None
            self.loading_changed.emit(False)

    def _show(self, record: CanvasRecord, state: CanvasState) -> None:
        self._canvas.settle()
        self._take(record)
        self._canvas.replace(state)
        self.opened.emit()

    def _reset(self, step: int) -> None:
        self._history = CanvasHistory(self._canvas, step=step)
        self._store = CanvasStore()
        self._known: dict[int, CanvasRecord] = {}

    def _adopt(self, record: CanvasRecord, state: CanvasState) -> None:
        """The planes are what the record says."""
        for layer in (*record.layers, record.mask):
            self._store.adopt(state.layer(layer.id).plane, layer.pixels)

    def _take(self, record: CanvasRecord) -> None:
        self._record = record
        self._known[record.step] = record
        for step in [step for step in self._known if step < self._history.oldest]:
            del self._known[step]

    # ---- edits -------------------------------------------------------------------------------

    def _on_canvas_edited(self, edit: Edit) -> None:
        if self._record is None:
            return
        if self._is_held:
            edit.undo(self._canvas)
            return
        merge_key = ""
        if edit.name == OPACITY:
            now = time.monotonic()
            fresh = now - self._last_edit > _SAME_DRAG or not self._history.merge(edit)
            self._last_edit = now
            self._drags += fresh
            merge_key = f"{self.key}/{edit.name}/{self._drags}"
            if fresh:
                self._history.add(edit)
        else:
            self._last_edit = 0.0
            self._history.add(edit)
        self._store_step(QCoreApplication.translate("Edits", edit.name), merge_key)

    def _store_step(self, text: str, merge_key: str) -> None:
        assert self._record is not None
        work = self._store.update(self._record, self._canvas.state)
        self._commits.run(work, partial(self._commit, text, merge_key, self._history.step))

    def _commit(self, text: str, merge_key: str, step: int, encoded: _Encoded) -> None:
        if self._record is None:
            return
        made, assets = encoded
        record = replace(
            self._record,
            width=made.width,
            height=made.height,
            layers=made.layers,
            mask=made.mask,
            step=step,
        )
        change = Change(puts=(to_document(record),), assets=assets)
        if self._project.edit(text, change, by=self, merge_key=merge_key):
            self._take(record)
        else:
            self._go_back()

    def _go_back(self) -> None:
        """The project could not take the last edits: the canvas shows what it has."""
        self._commits.drop()
        record, self._record = self._record, None
        if record is not None and record.key in self._project.documents:
            self.open(record.key)
        else:
            self._canvas.replace(CanvasState(1, 1))
            self.closed.emit()

    # ---- the project -------------------------------------------------------------------------

    def _on_project_changed(self, changes: Changes, by: object) -> None:
        if by is self or not self.key:
            return
        if self.key in changes.removed:
            self._commits.drop()
            self.close()
        elif self.key in changes.updated:
            self._follow()

    def _follow(self) -> None:
        """The document is another one: by undo the canvas goes along, else it is read anew."""
        key = self.key
        try:
            record = from_document(self._project.documents[key])
        except ProjectError as error:
            self.close()
            self.failed.emit(error)
            return
        known = self._known.get(record.step)
        same_pixels = known is not None and _pixels(known) == _pixels(record)
        if self._loading is None and same_pixels and self._history.go_to(record.step):
            self._adopt(record, self._canvas.state)
            self._take(record)
            self.renamed.emit()
        else:
            self._record = None
            self.open(key)

    def _on_project_replaced(self) -> None:
        self._commits.drop()
        self.close()


def _pixels(record: CanvasRecord) -> tuple[object, ...]:
    return record.width, record.height, record.layers, record.mask
