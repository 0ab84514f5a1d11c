"""The results on the panel: batches, grid, zoom, and the line of actions above them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from pipelines import api
from studio.action_menu import show_actions
from studio.icons import icon
from studio.panels.imagine.job_watch import JobWatch
from studio.panels.imagine.picture_actions import PictureActions
from studio.panels.imagine.recall import recalled
from studio.panels.imagine.results import BatchState, Results, waiting_batch
from studio.panels.imagine.sections import cell_key, section_of

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from studio.context import Context
    from studio.jobs.job import Job
    from studio.panels.imagine.results import Batch
    from studio.panels.imagine.view import ImagineView
    from studio.stale_pictures import StalePictures
    from studio.widgets.picture_item import PictureSection
    from studio.widgets.picture_loader import PictureLoader

_RECALLED = 60  # pictures of earlier runs
_MENU = (
    ("imagine.keep", "imagine.zoom"),
    ("imagine.use_settings", "imagine.variations", "imagine.inpaint"),
    ("imagine.style", "imagine.enlarge_2", "imagine.enlarge_3", "imagine.enlarge_4"),
    ("imagine.copy_image", "imagine.copy_seed", "imagine.save_as"),
    ("imagine.delete", "imagine.undo"),
)


class Gallery(QObject):
    """Shows every job of this panel and what it made.

    Signals:
        batch_drawn: a job succeeded; its request and result.
        batch_failed: a job failed.
    """

    batch_drawn = Signal(object, object)
    batch_failed = Signal(api.Failed)

    def __init__(
        self, context: Context, view: ImagineView, loader: PictureLoader, stale: StalePictures
    ) -> None:
        super().__init__(view)
        self._context, self._view, self._stale = context, view, stale
        self._results = Results()
        self._section = ""
        self._requests: dict[str, api.TextToImageRequest] = {}
        self.pictures = PictureActions(context, self._results, view.grid, loader, view)
        self._connect()
        self._offer_actions()
        for batch in recalled(context.library.recent(_RECALLED)):
            self._results.add(batch)
        for job in (*context.jobs.running(), *context.jobs.waiting()):
            self._watch(job)
        self.refresh()

    def _watch(self, job: Job) -> None:
        """Shows `job` as a batch from here on, if it draws pictures."""
        request = job.request
        if not isinstance(request, api.TextToImageRequest):
            return
        self._requests[job.id] = request
        self._results.add(waiting_batch(job.id, job.title, request))
        for item in job.items:  # it may have begun before the panel was there
            if isinstance(item, api.Picture):
                self._results.produced(job.id, item)
        if job.progress:
            self._results.progressed(job.id, job.progress)
        watch = JobWatch(job, self._results, self)
        watch.batch_changed.connect(self.refresh)
        watch.cells_progressed.connect(self._on_watch_cells_progressed)
        watch.cell_previewed.connect(self._on_watch_cell_previewed)
        watch.picture_produced.connect(self._on_watch_picture_produced)
        watch.batch_drawn.connect(self._on_watch_batch_drawn)
        watch.batch_failed.connect(self._on_watch_batch_failed)
        self.refresh()

    def _follow_queue(self) -> None:
        """Takes over its order, and ends the batches whose jobs are not in it any more.

        A job that was interrupted with the program says nothing itself.
        """
        jobs = self._context.jobs
        before = self._results.ordered()
        self._results.arrange_waiting([job.id for job in jobs.waiting()])
        active = {job.id for job in (*jobs.running(), *jobs.waiting())}
        absent = [
            batch.id
            for batch in self._results.ordered()
            if batch.state is not BatchState.SETTLED and batch.id not in active
        ]
        for batch_id in absent:
            self._results.settle(batch_id)
        if self._results.ordered() != before:
            self.refresh()

    def show_newest(self) -> None:
        """Back to the top, nothing chosen: the next picture that is finished will be."""
        self._view.show_zoom(False)
        self._view.grid.clear_selection()
        self._view.grid.scroll_to_top()

    def show_picture(self, path: Path) -> bool:
        """Chooses this picture and shows it large; an older one is fetched from the library.

        False for one that is not in the library.
        """
        if not self._results.cell_at(str(path)) and not self._fetch(path):
            return False
        found = self._results.cell_at(str(path))
        assert found is not None
        batch, cell = found
        self._view.grid.choose(cell_key(batch.id, cell.index))
        self._on_grid_opened()
        return True

    def _fetch(self, path: Path) -> bool:
        library = self._context.library
        try:
            entry = library.get(path)
            entries = library.batch(entry.batch) if entry.batch else [entry]
        except (LookupError, ValueError, sqlite3.Error):
            return False
        for batch in recalled(entries[::-1]):
            self._results.add(batch)
        self.refresh()
        return True

    def focus(self) -> None:
        """The keyboard goes to the pictures; the first is chosen where none is."""
        self._view.show_zoom(False)
        self._view.grid.setFocus()
        if not self._view.grid.current():
            self._view.grid.step(1)

    def current_path(self) -> str:
        """The file of the current picture, "" for none."""
        item = self._view.grid.current()
        return item.path if item else ""

    def has_choice(self) -> bool:
        return bool(self._view.grid.chosen())

    # ---- showing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows everything as it is now, also what is stale by now."""
        batches = self._results.ordered()
        self._view.grid.set_sections([self._section_of(batch) for batch in batches])
        self._view.show_grid(bool(batches))
        self._show_head()
        self._show_zoomed()

    def _section_of(self, batch: Batch) -> PictureSection:
        return section_of(batch, self._stale.older_than)

    def _show_head(self) -> None:
        batch = self._results.find(self._section)
        section = self._section_of(batch) if batch else None
        self._view.head.show_batch(
            section.title if section else "", section.facts if section else ""
        )
        actions = self._context.actions
        items = self._view.grid.chosen()
        chosen = bool(items)
        kept = chosen and all(item.starred for item in items)
        self._view.head.keep.setIcon(icon("star-fill" if kept else "star"))
        for control, action_id in (
            (self._view.head.keep, "imagine.keep"),
            (self._view.head.vary, "imagine.variations"),
            (self._view.head.closer, "imagine.zoom"),
        ):
            control.setEnabled(chosen)
            reason = self.tr("Choose a picture first")
            control.setToolTip(actions.tooltip(action_id) if chosen else reason)

    def _show_zoomed(self) -> None:
        if self._view.currentWidget() is not self._view.zoom:
            return
        if item := self._view.grid.current():
            self._view.zoom.show_picture(item, self._view.grid.position())
        else:
            self._view.show_zoom(False)

    def _menu(self, at: QPoint) -> None:
        show_actions(self._context.actions, _MENU, self._view, at)

    def _connect(self) -> None:
        view = self._view
        self._context.jobs.job_added.connect(self._watch)
        self._context.jobs.queue_changed.connect(self._follow_queue)
        view.grid.selection_changed.connect(self._on_grid_selection_changed)
        view.grid.opened.connect(self._on_grid_opened)
        view.grid.keep_asked.connect(self.pictures.keep)
        view.grid.menu_asked.connect(self._menu)
        view.grid.section_shown.connect(self._on_grid_section_shown)
        view.zoom.closed.connect(self._on_zoom_closed)
        view.zoom.stepped.connect(self._on_zoom_stepped)
        view.zoom.keep_asked.connect(self.pictures.keep)
        view.head.keep.clicked.connect(self.pictures.keep)
        view.head.closer.clicked.connect(self._on_grid_opened)
        view.head.rest.clicked.connect(self._on_rest_clicked)
        self.pictures.batch_changed.connect(self.refresh)

    def _offer_actions(self) -> None:
        connect = self._context.actions.connect
        connect("imagine.keep", self.pictures.keep, self.has_choice)
        connect("imagine.delete", self.pictures.delete, self.has_choice)
        connect("imagine.undo", self.pictures.undo_delete, self.pictures.can_undo)
        connect("imagine.copy_image", self.pictures.copy_image, self.has_choice)
        connect("imagine.copy_seed", self.pictures.copy_seed, self.has_choice)
        connect("imagine.save_as", self.pictures.save_as, self.has_choice)
        connect("imagine.zoom", self._on_grid_opened, self.has_choice)
        connect("imagine.focus_pictures", self.focus)
        connect("imagine.select_all", self._view.grid.select_all)

    # ---- slots -------------------------------------------------------------------------------

    def _on_watch_cells_progressed(self, batch_id: str) -> None:
        if batch := self._results.find(batch_id):
            for item in self._section_of(batch).items:
                if not item.path:
                    self._view.grid.update_item(item)

    def _on_watch_cell_previewed(self, batch_id: str, part: int, image: QImage) -> None:
        self._view.grid.set_preview(cell_key(batch_id, part), image)

    def _on_watch_picture_produced(self, batch_id: str, path: str) -> None:
        found = self._results.cell_at(path)
        if found and not self.has_choice():
            self._view.grid.choose(cell_key(batch_id, found[1].index))

    def _on_watch_batch_drawn(self, batch_id: str, result: object) -> None:
        self.batch_drawn.emit(self._requests.pop(batch_id), result)

    def _on_watch_batch_failed(self, batch_id: str, failure: api.Failed) -> None:
        self._requests.pop(batch_id)
        self.batch_failed.emit(failure)

    def _on_grid_selection_changed(self) -> None:
        self._show_head()
        self._show_zoomed()

    def _on_grid_opened(self) -> None:
        if self._view.grid.current():
            self._view.show_zoom(True)
            self._show_zoomed()

    def _on_grid_section_shown(self, batch_id: str) -> None:
        self._section = batch_id
        self._show_head()

    def _on_zoom_closed(self) -> None:
        self._view.show_zoom(False)

    def _on_zoom_stepped(self, by: int) -> None:
        self._view.grid.step(by)

    def _on_rest_clicked(self) -> None:
        corner = self._view.head.rest.rect().bottomLeft()
        self._menu(self._view.head.rest.mapToGlobal(corner))
