"""Keeps title, rail and status bar true: the project's name, and whether it is saved."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studio.plain_facts import ago

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.open_project import OpenProject
    from studio.project_files import ProjectFiles
    from studio.turns import Turns
    from studio.window import MainWindow

_MINUTE = 60.0  # seconds


class ProjectStatus(QObject):
    """Says "Saved 12 s ago", and why a project can only be read."""

    def __init__(
        self,
        desk: OpenProject,
        turns: Turns,
        files: ProjectFiles,
        window: MainWindow,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._desk, self._files, self._window, self._clock = desk, files, window, clock
        self._notice = window.messages.add_notice()
        self._busy = ""
        self._saved: float | None = None  # when, in seconds since 1970
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show_saved)
        turns.busy_changed.connect(self._on_turns_busy_changed)
        desk.named.connect(self._show)
        desk.modified_changed.connect(self._show)
        desk.replaced.connect(self._on_desk_replaced)
        files.saved.connect(self._on_files_saved)
        self._on_desk_replaced()

    def stop(self) -> None:
        """Says nothing any more; the window may go."""
        self._timer.stop()

    def _show(self) -> None:
        self._window.set_project(self._desk.name, self._desk.modified)
        self._show_saved()
        reason = self._desk.read_only
        if reason is None:
            self._notice.tell("")
            return
        can_be_saved = reason.code != "newer"
        ways = [(self.tr("Save as…"), self._files.save_as)] if can_be_saved else []
        self._notice.offer(str(reason) if can_be_saved else f"{reason} {reason.hint}", *ways)

    def _show_saved(self) -> None:
        self._window.status.set_facts(saved=self._busy or self._saved_text())

    def _saved_text(self) -> str:
        if self._desk.read_only is not None:
            return self.tr("Read-only")
        if self._saved is None:
            return self.tr("Not saved yet")
        age = self._clock() - self._saved
        self._timer.start(1000 if age < _MINUTE else 20_000)
        text = self.tr("Changed, saved {ago}") if self._desk.modified else self.tr("Saved {ago}")
        return text.format(ago=ago(age))

    def _on_turns_busy_changed(self, sentence: str) -> None:
        self._busy = sentence
        self._show_saved()

    def _on_desk_replaced(self) -> None:
        path = self._desk.path
        try:
            self._saved = path.stat().st_mtime if path else None
        except OSError:  # a backup of a file that is gone
            self._saved = None
        self._timer.stop()
        self._show()

    def _on_files_saved(self) -> None:
        self._saved = self._clock()
        self._show()
