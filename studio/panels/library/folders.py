"""Folders of other programs: added, looked through again, forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from pipelines.api import PipelineError
from studio.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.context import Context


class FolderActions(QObject):
    """`current` gives the folder that is shown, "" or None where it is none that was added.

    Signals:
        gone: the folder of this name was forgotten.
    """

    gone = Signal(str)

    def __init__(
        self, context: Context, current: Callable[[], str | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._current, self._window = context, current, parent

    def ask(self) -> None:
        """Asks for a folder of pictures and shows what lies in it."""
        folder = QFileDialog.getExistingDirectory(
            self._window, self.tr("Choose a folder of pictures"), str(Path.home())
        )
        if folder:
            self.add(Path(folder))

    def add(self, folder: Path) -> None:
        """Shows the pictures of a folder where they lie."""
        try:
            self._context.library_work.add_folder(folder)
        except PipelineError as error:
            self._context.messages.report(Problem(str(error), error.hint, "", error.code))
        except OSError as error:
            self._say_unsaved(error)

    def forget(self) -> None:
        """Shows the pictures of the current folder no more; they stay where they are."""
        current = self._current()
        if not current:
            return
        try:
            self._context.library_work.forget_folder(Path(current))
        except OSError as error:
            self._say_unsaved(error)
            return
        self.gone.emit(current)

    def can_forget(self) -> bool:
        return bool(self._current())

    def look(self) -> None:
        """Looks through all folders for what is new, changed or gone."""
        self._context.library_work.look()

    def _say_unsaved(self, error: OSError) -> None:
        text = self.tr("The settings could not be saved: {why}.")
        self._context.messages.report(
            Problem(
                text.format(why=error.strerror or error),
                self.tr("Make room on the disk or check the folder's permissions."),
            )
        )
