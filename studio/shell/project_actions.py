"""What the window does for the actions of the project."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices

from studio.data_places import data_places, size_on_disk
from studio.document.recovery import find_discarded, find_recoverable
from studio.plain_facts import moment
from studio.sample import sample_project
from studio.settings_table import LIBRARY_FOLDER, MODEL_FOLDERS
from studio.shell.recent_menu import RecentMenu

if TYPE_CHECKING:
    from studio.background import Background
    from studio.context import Context
    from studio.document.backups import Backup
    from studio.document.recovery import Recoverable
    from studio.project_files import ProjectFiles
    from studio.project_start import ProjectStart
    from studio.recent_projects import RecentProjects
    from studio.shell.data_list import DataList
    from studio.shell.project_talk import WindowTalk
    from studio.shell.unsaved_work import UnsavedWork
    from studio.window import MainWindow


class ProjectActions(QObject):
    """Binds the actions, and opens the dialogs that they need."""

    def __init__(
        self,
        context: Context,
        files: ProjectFiles,
        start: ProjectStart,
        background: Background,
        recent: RecentProjects,
        talk: WindowTalk,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._context, self._desk, self._actions = context, context.project, context.actions
        self._files, self._start, self._background = files, start, background
        self._talk, self._window = talk, window
        self._data: DataList | None = None
        self._work: UnsavedWork | None = None
        self._sample = sample_project()
        self._recent_menu = RecentMenu(recent, background, window)
        self._recent_menu.path_chosen.connect(files.open)
        self._actions.action("project.open_recent").setMenu(self._recent_menu)
        self._bind()
        self._desk.history_changed.connect(self._name_steps)
        self._desk.replaced.connect(self._name_steps)
        start.all_asked.connect(self.bring_back)
        window.project_dropped.connect(files.open)

    def open_file(self) -> None:
        """Asks which project to open."""
        path = self._talk.ask_file()
        if path is not None:
            self._files.open(path)

    def show_recent(self) -> None:
        """Opens the list of recent projects on its own, as the command palette asks for it."""
        rail = self._window.rail
        self._recent_menu.popup(rail.mapToGlobal(QPoint(rail.width(), 0)))

    def open_sample(self) -> None:
        """Opens a copy of the sample project."""
        if self._sample is not None:
            self._files.open_copy(self._sample)

    def restore(self) -> None:
        """Lists the backups of the project, to choose one from."""
        if self._desk.path is not None:
            self._talk.choose_backup(self._desk.path, self._restore)

    def bring_back(self) -> None:
        """Lists what is unsaved or was given up."""
        from studio.shell.unsaved_work import UnsavedWork

        self._work = UnsavedWork(self._window)
        self._work.open_asked.connect(self._files.reopen)
        self._work.give_up_asked.connect(self._on_work_give_up_asked)
        self._work.finished.connect(self._on_work_finished)
        self._window.show_dialog(self._work, "unsaved_work")
        self._look_for_work()

    def show_history(self) -> None:
        """Lists the steps of the history, beside the window."""
        from studio.shell.history_list import HistoryList

        self._window.show_dialog(HistoryList(self._desk, self._window), "history", modal=False)

    def show_data_places(self) -> None:
        """Lists where everything lies."""
        from studio.shell.data_list import DataList

        paths, settings = self._context.paths, self._context.settings
        library = settings.get(LIBRARY_FOLDER) or paths.library
        places = data_places(paths, library, self._desk.path, settings.get(MODEL_FOLDERS))
        self._data = DataList(places, self._window)
        self._data.open_asked.connect(self._on_data_open_asked)
        self._data.finished.connect(self._on_data_finished)
        self._window.show_dialog(self._data, "data_places")
        count = partial(_sizes, [place.path for place in places])
        self._background.run(count, self._show_sizes)

    def _bind(self) -> None:
        connect, files, desk = self._actions.connect, self._files, self._desk
        connect("project.new", files.new)
        connect("project.open", self.open_file)
        connect("project.open_recent", self.show_recent)
        connect("project.save", files.save)
        connect("project.save_as", files.save_as)
        connect("project.revert", self._revert, self._can_revert)
        connect("project.restore", self.restore, self._has_own_file)
        connect("project.bring_back", self.bring_back)
        connect("project.undo", desk.undo, lambda: desk.can_undo)
        connect("project.redo", desk.redo, lambda: desk.can_redo)
        connect("project.history", self.show_history)
        connect("window.data_places", self.show_data_places)
        if self._sample is not None:
            connect("project.open_sample", self.open_sample)

    def _name_steps(self) -> None:
        for action_id, step, name in (
            ("project.undo", self._desk.undo_text, self.tr("Undo %1")),
            ("project.redo", self._desk.redo_text, self.tr("Redo %1")),
        ):
            self._actions.set_text(action_id, name.replace("%1", step) if step else "")

    def _has_own_file(self) -> bool:
        return self._desk.path is not None and self._desk.read_only is None

    def _can_revert(self) -> bool:
        return self._has_own_file() and self._desk.modified

    def _revert(self) -> None:
        self._files.revert(self.tr("Revert to the saved file"))

    def _restore(self, backup: Backup) -> None:
        text = self.tr("Restore the backup of %1").replace("%1", moment(backup.saved))
        self._files.restore(backup.path, text)

    def _look_for_work(self) -> None:
        look = partial(_all_work, self._context.paths.projects)
        self._background.run(look, self._show_work, self._talk.tell)

    def _show_work(self, found: list[Recoverable]) -> None:
        if self._work is not None:
            self._work.show_work(found)

    def _show_sizes(self, sizes: list[int]) -> None:
        if self._data is not None:
            self._data.show_sizes(sizes)

    def _on_work_give_up_asked(self, found: Recoverable) -> None:
        self._start.give_up(found)
        self._look_for_work()

    def _on_work_finished(self) -> None:
        self._work = None

    def _on_data_finished(self) -> None:
        self._data = None

    def _on_data_open_asked(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))


def _all_work(root: Path) -> list[Recoverable]:
    return [*find_recoverable(root), *find_discarded(root)]


def _sizes(paths: list[Path]) -> list[int]:
    return [size_on_disk(path) for path in paths]
