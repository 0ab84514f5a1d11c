"""The questions about a project's files, asked over the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from studio.errors import Problem
from studio.project_talk import Unsaved, Way
from studio.shell.backup_list import BackupList
from studio.shell.project_drop import SUFFIX, is_project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.document.backups import Backup
    from studio.document.errors import ProjectError
    from studio.messages import Messages
    from studio.window import MainWindow


class WindowTalk(QObject):
    """Fulfils `studio.project_talk.Talk`."""

    def __init__(self, window: MainWindow, messages: Messages, documents: Path) -> None:
        """`documents` is the folder that is offered for a project without a file."""
        super().__init__(window)
        self._window, self._messages = window, messages
        self._folder = documents
        self._filter = self.tr("Fabula projects (*.fabula)")

    def ask_unsaved(self, name: str) -> Unsaved:
        """One question for closing, new and open."""
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Unsaved changes"),
            self.tr("“%1” has changes that were not saved.").replace("%1", name),
            parent=self._window,
        )
        question.setInformativeText(
            self.tr("What you do not save is kept for thirty days. The File menu brings it back.")
        )
        role = QMessageBox.ButtonRole
        save = question.addButton(self.tr("Save"), role.AcceptRole)
        give_up = question.addButton(self.tr("Close without saving"), role.DestructiveRole)
        stay = question.addButton(self.tr("Go on working"), role.RejectRole)
        question.setDefaultButton(save)
        question.setEscapeButton(stay)
        question.exec()
        answers = {save: Unsaved.SAVE, give_up: Unsaved.GIVE_UP}
        pressed = question.clickedButton()
        return next((answers[b] for b in answers if b is pressed), Unsaved.STAY)

    def ask_name(self, suggested: str) -> Path | None:
        """Begins in the documents folder, then where the last one was."""
        start = str(self._existing_folder() / f"{suggested}{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save the project"), start, self._filter
        )
        if not name:
            return None
        path = Path(name)
        self._folder = path.parent
        return path if is_project(path) else path.with_name(path.name + SUFFIX)

    def ask_file(self) -> Path | None:
        """Which project is to be opened? None for none."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a project"), str(self._existing_folder()), self._filter
        )
        if not name:
            return None
        self._folder = Path(name).parent
        return Path(name)

    def choose_backup(self, path: Path, use: Callable[[Backup], None]) -> None:
        """A list of them."""
        dialog = BackupList(path, self._window)
        dialog.backup_chosen.connect(use)
        self._window.show_dialog(dialog, "backups")

    def tell(
        self, error: ProjectError, ways: Sequence[tuple[Way, Callable[[], None]]] = ()
    ) -> None:
        """At the top of the workspace."""
        names = {
            Way.OVERWRITE: self.tr("Overwrite it"),
            Way.SAVE_AS: self.tr("Save as…"),
            Way.BACKUPS: self.tr("Open a backup…"),
        }
        problem = Problem(str(error), error.hint, code=error.code)
        self._window.show_problem(problem, [(names[way], do) for way, do in ways])

    def note(self, sentence: str) -> None:
        """In the status bar."""
        self._messages.notice(sentence)

    def _existing_folder(self) -> Path:
        found = (folder for folder in (self._folder, *self._folder.parents) if folder.is_dir())
        return next(found, Path.home())
