"""The composition root: makes every part of the window once and ties them together."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from pipelines.driver import Driver
from studio import theme
from studio.actions import Actions
from studio.context import Context
from studio.error_hooks import install_hooks, watch_for_crashes
from studio.homecoming import Homecoming
from studio.jobs.job import Job
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.library import Library
from studio.logs import start_log
from studio.messages import Messages
from studio.model_shelf import ModelShelf
from studio.panel_states import PanelStates
from studio.paths import Paths
from studio.qt_messages import install_qt_messages
from studio.settings_store import SettingsStore
from studio.settings_table import DEVICE, LIBRARY_FOLDER, SHORTCUTS, load_settings
from studio.single_instance import SingleInstance
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
    studio = Studio(paths, messages, application)
    instance.arguments_received.connect(studio.on_arguments_received)
    studio.window.show()
    code = application.exec()
    studio.close()
    return code


class Studio(QObject):
    """The parts of a running program. Nothing slow happens before the first paint."""

    def __init__(self, paths: Paths, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        settings = SettingsStore(load_settings(paths.settings_file), self)
        os.environ["FABULA_DEVICE"] = settings.get(DEVICE)  # for the children
        self._store = JobStore(paths.queue_db)
        library = Library(settings.get(LIBRARY_FOLDER) or paths.library, paths.library_db)
        home = Homecoming(library)
        lanes = {name: Lane(Driver()) for name in ("gpu", "io")}
        self._jobs = JobService(
            self._store, Spool(paths.spool), lanes, home.adopt, home.rescue, self
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
        settings.changed.connect(self._on_settings_changed)
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
        self._jobs.start()
        self.context.models.look_again()
        warm_up = Job("pipelines.io_tasks:warm_up", None, title="Warm-up", parent=self)
        self._jobs.run_aside("gpu", warm_up)

    def _on_settings_changed(self, key: str) -> None:
        if key == DEVICE.key:
            os.environ["FABULA_DEVICE"] = self.context.settings.get(DEVICE)
