"""The composition root: makes every part of the window once and ties them together."""

from __future__ import annotations

import logging
import os
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from pipelines.how import How
from studio import theme
from studio.actions import Actions
from studio.context import Context
from studio.error_hooks import install_hooks, watch_for_crashes
from studio.errors import Problem
from studio.homecoming import Homecoming
from studio.job_watch import JobWatch
from studio.jobs.job import Job
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.library import Library
from studio.library_rebuild import RebuildRequest
from studio.logs import start_log
from studio.messages import Messages
from studio.model_shelf import ModelShelf
from studio.panel_states import PanelStates
from studio.paths import Paths
from studio.qt_messages import install_qt_messages
from studio.settings_store import SettingsStore
from studio.settings_table import (
    DEVICE,
    LIBRARY_FOLDER,
    MEMORY_SHARE,
    PREVIEWS,
    SHORTCUTS,
    load_settings,
)
from studio.single_instance import SingleInstance
from studio.status_facts import StatusFacts
from studio.token_counter import TokenCounter
from studio.trash import Trash
from studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

log = logging.getLogger(__name__)


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
    except (OSError, sqlite3.Error) as error:
        log.exception("cannot start")
        refuse(error, paths)
        return 1
    instance.arguments_received.connect(studio.on_arguments_received)
    studio.window.show()
    code = application.exec()
    studio.close()
    return code


def refuse(error: Exception, paths: Paths) -> None:
    """Says why there will be no window."""
    QMessageBox.critical(
        None,
        "Fabula Studio",
        f"Fabula Studio cannot read or write its own files: {error}.\n\n"
        f"They lie in {paths.state} and {paths.config}. Make room on the disk or check who owns "
        "them, then start again.",
    )


class Studio(QObject):
    """The parts of a running program. Nothing slow happens before the first paint."""

    def __init__(self, paths: Paths, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings = SettingsStore(load_settings(paths.settings_file), self)
        self._store = JobStore(paths.queue_db)
        library = Library(settings.get(LIBRARY_FOLDER) or paths.library, paths.library_db)
        self._jobs = JobService(
            self._store, Spool(paths.spool), Homecoming(library), self._how, self
        )
        self._jobs.restore()
        self.context = Context(
            paths=paths,
            settings=settings,
            theme=theme.current(),
            actions=Actions(settings.get(SHORTCUTS)),
            messages=messages,
            jobs=self._jobs,
            library=library,
            trash=Trash(library, self),
            models=ModelShelf(self._jobs, settings, self),
            tokens=TokenCounter(self._jobs, self),
            states=PanelStates(paths.state / "panels.json", self),
        )
        self.window = MainWindow(self.context)
        messages.problem_reported.connect(self.window.show_problem)
        self._facts = StatusFacts(self.window.status, self._jobs, self.context.models, self)
        self._watch = JobWatch(self.context, self.window)
        self._jobs.storage_failed.connect(self._on_storage_failed)
        QTimer.singleShot(0, self._on_painted)

    def close(self) -> None:
        """Writes what is not written yet and ends every child. Safe to call twice."""
        self.context.states.flush()
        self._jobs.shutdown()
        self.context.library.close()

    def on_arguments_received(self, arguments: list[str]) -> None:
        """A second start: this window comes to the front."""
        log.info("a second start handed over %s", [Path(name).name for name in arguments])
        self.window.setWindowState(
            self.window.windowState() & ~self.window.windowState().WindowMinimized
        )
        self.window.raise_()
        self.window.activateWindow()

    def _on_painted(self) -> None:
        """Starts the children, which then import what the first picture needs."""
        from pipelines.driver import Driver
        from studio.jobs.lane import Lane

        lanes = {name: Lane(Driver()) for name in ("gpu", "io")}
        self._jobs.start(lanes)
        self._facts.start(lambda: lanes["gpu"].driver.pid)
        self.context.models.look_again()
        # A picture that was moved in but not noted when the program died, or that came by hand.
        request = RebuildRequest(self.context.library.folder, self.context.paths.library_db)
        rebuild = Job("studio.library_job:rebuild_library", request, title="Library", parent=self)
        rebuild.succeeded.connect(self._watch.refresh)
        rebuild.settled.connect(rebuild.deleteLater)
        self._jobs.run_aside("io", rebuild)

    def _how(self) -> How:
        """What the settings say of how jobs are done."""
        get = self._settings.get
        return How(get(DEVICE), get(PREVIEWS), get(MEMORY_SHARE))

    def _on_storage_failed(self, reason: str) -> None:
        self.context.messages.report(
            Problem(
                f"The queue could not be written: {reason}.",
                "Make room on the disk. Finished pictures are in the library folder.",
                code="storage",
            )
        )
