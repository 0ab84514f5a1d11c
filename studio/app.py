"""Starts the window: as little as it takes to paint it, then everything else."""

from __future__ import annotations

import logging
import os
import sqlite3
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from studio import fast_start, theme
from studio.actions import Actions
from studio.document.errors import ProjectError
from studio.error_hooks import install_hooks, watch_for_crashes
from studio.logs import start_log
from studio.messages import Messages
from studio.paths import Paths
from studio.qt_messages import install_qt_messages
from studio.settings_store import SettingsStore
from studio.settings_table import SHORTCUTS, load_settings
from studio.shell.project_drop import is_project
from studio.single_instance import SingleInstance
from studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.composition import Composition
    from studio.context import Context

log = logging.getLogger(__name__)

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp"})


def run_window(arguments: Sequence[str]) -> int:
    """Opens the window, or hands over to the one that is open; returns the exit code."""
    paths = Paths.default()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Fabula Studio")
    application.setDesktopFileName("org.fabula_studio.Fabula")
    instance = SingleInstance(str(paths.state), application)
    try:
        if instance.try_hand_over([os.path.abspath(name) for name in arguments]):
            return 0
    except TimeoutError:
        print(  # noqa: T201 - there is no window to say it in
            "fabula: another Fabula Studio is open and does not answer. End it, then start again.",
            file=sys.stderr,
        )
        return 1
    messages = Messages(application)
    try:
        start_log(paths.log_file)
        crash = watch_for_crashes(paths.crash_file)
    except OSError as error:
        print(f"fabula: {error.filename} cannot be written.", file=sys.stderr)  # noqa: T201
        return 1
    install_hooks(messages.report)
    install_qt_messages()
    if crash:
        log.error("the last run ended in a native crash:\n%s", crash)
    try:
        studio = Studio(paths, messages, application)
    except OSError as error:
        log.exception("cannot start")
        refuse(error, paths)
        return 1
    instance.arguments_received.connect(studio.on_arguments_received)
    studio.furnished.connect(partial(studio.open_files, arguments))
    studio.window.show()
    code = application.exec()
    studio.close()
    return code


def refuse(error: Exception, paths: Paths) -> None:
    """Says why there will be no window."""
    from PySide6.QtWidgets import QMessageBox

    QMessageBox.critical(
        None,
        "Fabula Studio",
        f"Fabula Studio cannot read or write its own files: {error}.\n\n"
        f"They lie in {paths.state} and {paths.config}. Make room on the disk or check who owns "
        "them, then start again.",
    )


class Studio(QObject):
    """A running program.

    Signals:
        furnished: queue, library, models and the first panel are there.
    """

    furnished = Signal()

    def __init__(self, paths: Paths, messages: Messages, parent: QObject | None = None) -> None:
        """Makes the window and nothing that it does not show. Raises OSError."""
        super().__init__(parent)
        self._paths, self._messages = paths, messages
        self._settings = SettingsStore(load_settings(paths.settings_file), self)
        self._actions = Actions(self._settings.get(SHORTCUTS))
        self._composition: Composition | None = None
        self.window = MainWindow(self._settings, theme.current(), self._actions, paths)
        self.window.painted.connect(self._on_window_painted)

    @property
    def ready(self) -> bool:
        """Whether everything is there."""
        return self._composition is not None

    @property
    def context(self) -> Context:
        """The parts of the program. RuntimeError before `furnished`."""
        if self._composition is None:
            raise RuntimeError("the window is not furnished yet")
        return self._composition.context

    def close(self) -> None:
        """Writes what is not written yet and ends every child. Safe to call twice."""
        if self._composition is not None:
            self._composition.close()

    def on_arguments_received(self, arguments: list[str]) -> None:
        """A second start: this window comes to the front and opens what that was to open."""
        if self.ready:
            self.open_files(arguments)
        else:
            self.furnished.connect(partial(self.open_files, arguments))
        self.window.setWindowState(
            self.window.windowState() & ~self.window.windowState().WindowMinimized
        )
        self.window.raise_()
        self.window.activateWindow()

    def open_files(self, arguments: Sequence[str]) -> None:
        """Opens the projects and pictures among the arguments; the last one is in front."""
        assert self._composition is not None
        for name in arguments:
            path = Path(name).absolute()
            if is_project(path):
                self._composition.desk.open(path)
            elif path.suffix.lower() in PICTURES and path.is_file():
                self.window.open_picture("imagine", path)

    def _on_window_painted(self) -> None:
        from studio.composition import Composition

        fast_start.release_collector()
        try:
            self._composition = Composition(
                self._paths, self._settings, self._actions, self._messages, self.window, self
            )
        except (OSError, sqlite3.Error, ProjectError) as error:
            log.exception("cannot start")
            refuse(error, self._paths)
            QApplication.exit(1)
            return
        self.furnished.emit()
