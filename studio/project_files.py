"""The files of projects: new, open, save, revert, restore, and what becomes of unsaved work."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.document.backups import Backup, find_backups
from studio.document.errors import ProjectError
from studio.document.opening import new_project, open_backup, open_copy, open_project
from studio.document.recovery import Recoverable, reopen
from studio.project_talk import Unsaved, Way

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.background import Background
    from studio.document.contents import Contents
    from studio.document.project import Project
    from studio.document.saving import SavedFile
    from studio.open_project import OpenProject
    from studio.project_talk import Talk
    from studio.recent_projects import RecentProjects
    from studio.turns import Turns


class ProjectFiles(QObject):
    """Files are read and written in a thread, in `turns`; edits go on meanwhile.

    Signals:
        saved: the project was written to its file.
        close_wanted: what kept the window from closing is done.
    """

    saved = Signal()
    close_wanted = Signal()

    def __init__(
        self,
        desk: OpenProject,
        root: Path,
        recent: RecentProjects,
        turns: Turns,
        background: Background,
        talk: Talk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._root, self._recent = desk, root, recent
        self._turns, self._background, self._talk = turns, background, talk
        self._given_up: tuple[Project, int] | None = None  # and the revision that nobody wants

    # ---- one project after the other -----------------------------------------------------------

    def new(self) -> None:
        """An empty project without a name."""
        self._read_later("", partial(new_project, self._root))

    def open(self, path: Path) -> None:
        """The project in a file, unless it is open already."""
        self._turns.take(partial(self._open, path))

    def open_copy(self, path: Path) -> None:
        """A project without a name that holds what is in the file."""
        self._read_later(path.stem, partial(open_copy, path, self._root))

    def open_backup(self, backup: Path, path: Path) -> None:
        """What is in a backup of `path`, unsaved."""
        self._read_later(path.stem, partial(open_backup, backup, path, self._root))

    def reopen(self, found: Recoverable) -> None:
        """Unsaved work of an earlier run."""
        self._turns.take(partial(self._leave, partial(self._reopen, found)))

    # ---- the project that is open --------------------------------------------------------------

    def save(self, *, overwrite: bool = False) -> None:
        """To its file; one without a name is asked for it."""
        self._turns.take(partial(self._save, overwrite=overwrite))

    def save_as(self) -> None:
        """To another file, which is its own from then on."""
        self._turns.take(self._save_as)

    def revert(self, text: str) -> None:
        """Back to what is in its file, as a step of the history that is called `text`."""
        self._turns.take(partial(self._read_contents, None, partial(self._desk.revert, text)))

    def restore(self, backup: Path, text: str) -> None:
        """What is in a backup, unsaved, as a step of the history that is called `text`."""
        self._turns.take(partial(self._read_contents, backup, partial(self._desk.restore, text)))

    # ---- closing -------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether the window may close; asks what becomes of unsaved work.

        Where something has to be done before, `close_wanted` follows.
        """
        if self._turns.is_closed:
            return True
        if self._turns.is_taken:
            self._turns.take(self._want_to_close)
            return False
        allowed: list[bool] = []

        def allow() -> bool:
            allowed.append(True)
            return False

        self._turns.take(partial(self._leave, allow, after_save=self._want_to_close))
        return bool(allowed)

    def close(self) -> None:
        """Ends what is under way and puts the project away. Raises ProjectError."""
        self._turns.close()
        self._way_out(self._desk.project)()

    def _want_to_close(self) -> bool:
        self.close_wanted.emit()
        return False

    # ---- leaving one project for another -------------------------------------------------------

    def _leave(
        self, then: Callable[[], bool], after_save: Callable[[], bool] | None = None
    ) -> bool:
        project = self._desk.project
        if self._desk.modified and self._desk.read_only is None:
            match self._talk.ask_unsaved(self._desk.name):
                case Unsaved.SAVE:
                    return self._save(after=after_save or then)
                case Unsaved.STAY:
                    return False
                case Unsaved.GIVE_UP:
                    self._given_up = (project, project.revision)
        return then()

    def _read_later(self, name: str, read: Callable[[], Project]) -> None:
        go = partial(self._read, name, read, self._talk.tell)
        self._turns.take(partial(self._leave, go))

    def _open(self, path: Path) -> bool:
        if self._desk.path is not None and _is_same(path, self._desk.path):
            self._talk.note(self.tr("%1 is open already.").replace("%1", self._desk.name))
            return False
        failed = partial(self._on_open_failed, path)
        read = partial(open_project, path, self._root)
        return self._leave(partial(self._read, path.stem, read, failed))

    def _reopen(self, found: Recoverable) -> bool:
        if found.path is None or found.path != self._desk.path:
            return self._read(found.name, partial(reopen, found), self._talk.tell)
        # One file cannot be open twice: an empty project takes the place of the one that is.
        try:
            away = self._way_out(self._desk.replace(new_project(self._root)))
        except ProjectError as error:
            self._talk.tell(error)
            return False

        def put_away_and_read() -> Project:
            away()
            return reopen(found)

        return self._read(found.name, put_away_and_read, self._talk.tell)

    def _read(
        self, name: str, read: Callable[[], Project], failed: Callable[[ProjectError], object]
    ) -> bool:
        sentence = self.tr("Opening %1…").replace("%1", name) if name else ""
        return self._turns.begin(sentence, read, self._take, failed)

    def _take(self, project: Project) -> None:
        old = self._desk.replace(project)
        self._recent.note_open(project.path)
        self._background.run(self._way_out(old), _forget, self._talk.tell)

    def _way_out(self, project: Project) -> Callable[[], None]:
        given_up, self._given_up = self._given_up, None
        return project.discard if given_up == (project, project.revision) else project.close

    def _on_open_failed(self, path: Path, error: ProjectError) -> None:
        ways = []
        if find_backups(path):

            def use(backup: Backup) -> None:
                self.open_backup(backup.path, path)

            ways = [(Way.BACKUPS, partial(self._talk.choose_backup, path, use))]
        self._talk.tell(error, ways)

    # ---- saving --------------------------------------------------------------------------------

    def _save(self, *, overwrite: bool = False, after: Callable[[], bool] | None = None) -> bool:
        if self._desk.path is None or self._desk.read_only is not None:
            return self._save_as(after)
        return self._write(None, overwrite=overwrite, after=after)

    def _save_as(self, after: Callable[[], bool] | None = None) -> bool:
        path = self._talk.ask_name(self._desk.name)
        return path is not None and self._write(path, overwrite=False, after=after)

    def _write(
        self, path: Path | None, *, overwrite: bool, after: Callable[[], bool] | None
    ) -> bool:
        try:
            self._desk.about_to_save.emit()
            plan = self._desk.project.begin_save(path, overwrite=overwrite)
        except ProjectError as error:
            self._tell_save_failed(error)
            return False
        done = partial(self._on_written, after)
        return self._turns.begin(self.tr("Saving…"), plan.write, done, self._on_write_failed)

    def _on_written(self, after: Callable[[], bool] | None, file: SavedFile) -> None:
        try:
            self._desk.project.finish_save(file)
        except ProjectError as error:
            self._talk.tell(error)
        self._desk.note_saved()
        self._recent.note_open(self._desk.path)
        self.saved.emit()
        if after is not None:
            self._turns.take_next(after)

    def _on_write_failed(self, error: ProjectError) -> None:
        try:
            self._desk.project.abandon_save()
        except ProjectError as second:
            self._talk.tell(second)
        self._tell_save_failed(error)

    def _tell_save_failed(self, error: ProjectError) -> None:
        ways: list[tuple[Way, Callable[[], None]]] = []
        if error.code == "changed_on_disk":
            ways.append((Way.OVERWRITE, partial(self.save, overwrite=True)))
        if error.code != "newer":  # that can be saved nowhere
            ways.append((Way.SAVE_AS, self.save_as))
        self._talk.tell(error, ways)

    # ---- taking over what is in a file ---------------------------------------------------------

    def _read_contents(self, path: Path | None, use: Callable[[Contents], object]) -> bool:
        read = partial(self._desk.project.read, path)
        return self._turns.begin("", read, use, self._talk.tell)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def _forget(_: None) -> None:
    """The project is put away: nothing follows."""
