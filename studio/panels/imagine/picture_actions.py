"""What can be done with the chosen pictures: keep, delete, copy, save."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from pipelines.io_requests import Copy
from studio.errors import Problem
from studio.jobs.job import Job
from studio.panels.imagine.copy_dialog import ask_for_copy, unused
from studio.panels.imagine.recall import cell_of
from studio.picture_sending import PictureSending
from studio.widgets.picture_mime import image_mime

if TYPE_CHECKING:
    from pipelines.api import Failed
    from studio.context import Context
    from studio.library import Entry
    from studio.panels.imagine.results import Cell, Results
    from studio.widgets.picture_grid import PictureGrid
    from studio.widgets.picture_loader import PictureLoader


class PictureActions(QObject):
    """Signals:
    batch_changed: the batch of this id lost, regained or starred a picture.
    """

    batch_changed = Signal(str)

    def __init__(
        self,
        context: Context,
        results: Results,
        grid: PictureGrid,
        loader: PictureLoader,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context, self._results = context, results
        self._grid, self._loader, self._window = grid, loader, window
        self._deleted: dict[str, tuple[str, Cell]] = {}
        self._copied = ""
        PictureSending(context, "imagine", lambda: [Path(path) for path in self._paths()], self)
        loader.loaded.connect(self._on_loader_loaded)

    def keep(self) -> None:
        """Stars the chosen pictures; where all have a star, takes it away."""
        found = [place for path in self._paths() if (place := self._results.cell_at(path))]
        on = not all(cell.kept for _, cell in found)
        for batch, cell in found:
            try:
                self._context.library.keep(Path(cell.path), on)
            except (LookupError, sqlite3.Error, OSError) as error:
                self._fail(
                    self.tr("The picture could not be marked: {why}.").format(why=error),
                    self.tr("The picture itself is safe in its folder."),
                )
                return
            self._results.set_kept(cell.path, on)
            self.batch_changed.emit(batch.id)

    def delete(self) -> None:
        """Moves the chosen pictures to the trash; Undo brings them back."""
        paths = self._paths()
        try:
            self._context.trash.delete(*map(Path, paths))
        except (OSError, LookupError, sqlite3.Error) as error:
            self._fail(
                self.tr("The picture could not be deleted: {why}.").format(why=error),
                self.tr("It is still in the library; delete it in the file manager."),
            )
        for path in paths:
            # Some may have gone before the one that could not.
            if (found := self._results.cell_at(path)) and not Path(path).exists():
                batch, cell = found
                self._deleted[path] = (batch.id, cell)
                self._results.remove(path)
                self._loader.forget(path)
                self.batch_changed.emit(batch.id)

    def can_undo(self) -> bool:
        return self._context.trash.can_undo

    def undo_delete(self) -> None:
        """Brings back what was deleted last."""
        entries: tuple[Entry, ...] = ()
        try:
            entries = self._context.trash.undo()
        except (OSError, LookupError, sqlite3.Error) as error:
            self._fail(
                self.tr("The picture could not be brought back: {why}.").format(why=error),
                self.tr("Look for it in the system's trash."),
            )
        # Of several that were deleted, those before the failure are back.
        for path in [path for path in self._deleted if Path(path).exists()]:
            self._put_back(*self._deleted.pop(path))
        for entry in entries:
            batch = self._results.find(entry.batch)
            if batch and not self._results.cell_at(str(entry.path)):
                # Another picture has its name meanwhile, so it got a new one.
                self._put_back(batch.id, cell_of(entry, len(batch.cells)))

    def _put_back(self, batch_id: str, cell: Cell) -> None:
        self._results.put_back(batch_id, cell)
        self.batch_changed.emit(batch_id)

    def copy_image(self) -> None:
        """Puts the current picture on the clipboard, at once or as soon as it has been read."""
        if not (item := self._grid.current()):
            return
        self._copied = item.path
        if self._loader.image(item.path):
            self._on_loader_loaded(item.path)

    def copy_seed(self) -> None:
        if not (item := self._grid.current()):
            return
        found = self._results.cell_at(item.path)
        if found and found[1].seed is not None:
            QGuiApplication.clipboard().setText(str(found[1].seed))

    def save_as(self) -> None:
        """Copies one chosen picture under a new name, or several into a folder."""
        paths = [Path(path) for path in self._paths()]
        if len(paths) == 1:
            if target := ask_for_copy(self._window, paths[0].name):
                self._copy(paths[0], target)
        elif paths:
            folder = QFileDialog.getExistingDirectory(self._window, self.tr("Save copies into"))
            taken: set[Path] = set()
            for path in paths if folder else ():
                target = unused(Path(folder) / path.name, taken)
                taken.add(target)
                self._copy(path, target)

    def _copy(self, source: Path, target: Path) -> None:
        job = Job("pipelines.io_tasks:copy", Copy(source, target), parent=self)
        job.failed.connect(self._on_copy_failed)
        job.settled.connect(job.deleteLater)
        self._context.jobs.run_aside("io", job)

    def _on_copy_failed(self, failure: Failed) -> None:
        self._context.messages.report(
            Problem(failure.message, failure.hint, failure.trace, failure.code)
        )

    def _fail(self, message: str, hint: str = "") -> None:
        self._context.messages.report(Problem(message, hint))

    def _paths(self) -> list[str]:
        return [item.path for item in self._grid.chosen()]

    def _on_loader_loaded(self, path: str) -> None:
        # A small version may come first: only the whole picture is copied.
        if path == self._copied and (image := self._loader.image(path)):
            self._copied = ""
            QGuiApplication.clipboard().setMimeData(image_mime(image, path))
