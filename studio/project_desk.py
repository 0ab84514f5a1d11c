"""Puts together all that keeps the project of the window."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from studio.document.errors import ProjectError
from studio.project_files import ProjectFiles
from studio.project_start import ProjectStart
from studio.project_status import ProjectStatus
from studio.recent_projects import RecentProjects
from studio.settings_table import HISTORY_MB
from studio.shell.project_actions import ProjectActions
from studio.shell.project_talk import WindowTalk
from studio.shell.text_undo import TextUndo
from studio.turns import Turns

if TYPE_CHECKING:
    from pathlib import Path

    from studio.context import Context
    from studio.window import MainWindow

_log = logging.getLogger(__name__)

_MB = 1024 * 1024


class ProjectDesk(QObject):
    """Makes the parts, in the order in which they need each other."""

    def __init__(self, context: Context, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._project = context.settings, context.project
        root = context.paths.projects
        background = context.background
        recent = RecentProjects(context.paths.recent_projects, self)
        talk = WindowTalk(window, context.messages, context.paths.documents)
        self._turns = turns = Turns(background, self)
        self.files = ProjectFiles(context.project, root, recent, turns, background, talk, self)
        self._status = ProjectStatus(context.project, turns, self.files, window, self)
        self._start = ProjectStart(
            context.project,
            self.files,
            turns,
            background,
            recent,
            context.settings,
            root,
            window.messages.add_notice(),
            talk,
            self,
        )
        self._actions = ProjectActions(
            context, self.files, self._start, background, recent, talk, window
        )
        self._text_undo = TextUndo(self)
        window.ask_before_closing(self.files.may_close)
        # Later: now it is still the turn of what the window waits for.
        self.files.close_wanted.connect(window.close, Qt.ConnectionType.QueuedConnection)
        context.settings.changed.connect(self._on_settings_changed)
        self._on_settings_changed(HISTORY_MB.key)
        self._start.begin()

    def close(self) -> None:
        """Ends what is under way, and puts the project away."""
        try:
            self.files.close()
        except ProjectError as error:  # the window is gone; what is unsaved is found next time
            _log.error("%s %s", error, error.hint)
        self._status.stop()

    @property
    def busy(self) -> bool:
        """Whether a file is being read or written, or waits for its turn."""
        return self._turns.is_taken or self._turns.has_waiting

    def open(self, path: Path) -> None:
        """Opens a project's file."""
        self.files.open(path)

    def _on_settings_changed(self, key: str) -> None:
        if key == HISTORY_MB.key:
            self._project.limit_history(self._settings.get(HISTORY_MB) * _MB)
