"""What is done to the library away from the window: looking through folders, taking pictures in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pipelines.api import PipelineError, Progress
from studio.jobs.job import Job
from studio.library_import import ImportRequest
from studio.library_rebuild import RebuildRequest, Rebuilt
from studio.settings_table import PICTURE_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.jobs.service import JobService
    from studio.library import Library
    from studio.library_import import Imported
    from studio.settings_store import SettingsStore

_LANE = "io"
_TURN = 3.0  # seconds of a long look, before others of the lane have theirs


class LibraryWork(QObject):
    """Any of it can be cancelled.

    Signals:
        progressed: how many files of how many are done.
        looked: the folders were looked through; what was found (a Rebuilt), and whether a person
            had asked.
        imported: pictures were taken in (an Imported).
        failed: a piece of work has failed.
        ended: there is nothing more to do.
    """

    progressed = Signal(int, int)
    looked = Signal(object, bool)
    imported = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        jobs: JobService,
        settings: SettingsStore,
        library: Library,
        db_path: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._settings = jobs, settings
        self._library, self._db_path = library, db_path
        self._under_way: list[Job] = []
        self._found = Rebuilt(0, 0, ())  # by the turns of this look so far
        self._asked = False
        settings.changed.connect(self._on_settings_changed)

    @property
    def is_busy(self) -> bool:
        return bool(self._under_way)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that were added, whether they are there or not."""
        return self._settings.get(PICTURE_FOLDERS)

    def look(self, *, asked: bool = True) -> None:
        """Looks for what is new, changed or gone; a look that is under way is begun anew."""
        self._asked = self._asked or asked
        for job in tuple(self._under_way):
            if isinstance(job.request, RebuildRequest):
                job.cancel()
        self._found = Rebuilt(0, 0, ())
        self._look_on()

    def add_folder(self, folder: Path) -> None:
        """Shows the pictures of `folder` where they lie, from now on.

        Raises PipelineError for one whose pictures are shown already, OSError when the settings
        cannot be written.
        """
        folder = folder.absolute()
        for known in (self._library.folder, *self.folders):
            if folder.is_relative_to(known):
                raise PipelineError(
                    "folder_known",
                    f"The pictures in “{folder.name}” are in the library already.",
                    f"They come with the folder {known}.",
                )
        inside = {known for known in self.folders if known.is_relative_to(folder)}
        kept = [known for known in self.folders if known not in inside]
        self._settings.set(PICTURE_FOLDERS, (*kept, folder))

    def forget_folder(self, folder: Path) -> None:
        """Shows its pictures no more; they stay where they are. Raises OSError."""
        left = tuple(known for known in self.folders if known != folder)
        self._settings.set(PICTURE_FOLDERS, left)

    def take_in(
        self, files: Sequence[Path], done: Callable[[Imported], None] = lambda imported: None
    ) -> None:
        """Copies pictures into the library, then calls `done`, before `imported` is told."""
        self._import(ImportRequest(self._library.folder, self._db_path, tuple(files)), done)

    def take_in_image(
        self, data: bytes, suffix: str, done: Callable[[Imported], None] = lambda imported: None
    ) -> None:
        """The same for a picture that is no file yet; `suffix` says what its bytes are."""
        folder, index = self._library.folder, self._db_path
        self._import(ImportRequest(folder, index, image=data, suffix=suffix), done)

    def cancel(self) -> None:
        """Ends what is done; what was found or copied so far stays."""
        for job in tuple(self._under_way):
            job.cancel()

    # ---- inside ------------------------------------------------------------------------------

    def _look_on(self) -> None:
        request = RebuildRequest(self._library.folder, self._db_path, self.folders, _TURN)
        self._start(Job("studio.library_job:rebuild_library", request, parent=self))

    def _import(self, request: ImportRequest, done: Callable[[Imported], None]) -> None:
        job = Job("studio.library_import:import_pictures", request, parent=self)
        job.succeeded.connect(done)
        self._start(job)

    def _start(self, job: Job) -> None:
        job.progressed.connect(self._on_job_progressed)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self.failed)
        job.settled.connect(self._on_job_settled)
        self._under_way.append(job)
        self._jobs.run_aside(_LANE, job)

    def _on_job_progressed(self, progress: Progress) -> None:
        self.progressed.emit(progress.step, progress.total)

    def _on_job_succeeded(self, result: object) -> None:
        if not isinstance(result, Rebuilt):
            self.imported.emit(result)
            return
        found = self._found
        self._found = replace(
            result,
            read=found.read + result.read,
            # A file that cannot be read is tried, and named, in every turn.
            unreadable=tuple(dict.fromkeys((*found.unreadable, *result.unreadable))),
        )
        if result.finished:
            asked, self._asked = self._asked, False
            self.looked.emit(self._found, asked)
        elif not self._sender().ticket.cancelled:
            self._look_on()

    def _on_job_settled(self) -> None:
        job = self._sender()
        self._under_way.remove(job)
        job.deleteLater()
        if not self._under_way:
            self.ended.emit()

    def _sender(self) -> Job:
        job = self.sender()
        assert isinstance(job, Job)
        return job

    def _on_settings_changed(self, key: str) -> None:
        if key == PICTURE_FOLDERS.key:
            self.look()
