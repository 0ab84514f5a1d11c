"""The running program, and a camera before it: what the scenes of the screenshots share."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.panels.imagine.panel import ImaginePanel


class Stage:
    """The running program and a camera."""

    def __init__(self, out: Path, theme: str) -> None:
        self._out, self._theme = out, theme
        self.start()

    def start(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        from studio.app import Studio
        from studio.messages import Messages
        from studio.paths import Paths

        self.studio = Studio(Paths.default(), Messages())
        self.window = self.studio.window
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1440, 900)
        self.window.show()
        wait_for(lambda: self.studio.ready)
        self.context = self.studio.context
        self.context.theme.set(self._theme)
        QTest.qWait(1500)

    @property
    def panel(self) -> ImaginePanel:
        from studio.panels.imagine.panel import ImaginePanel

        panel = self.window.panel("imagine")
        assert isinstance(panel, ImaginePanel)
        return panel

    def close(self) -> None:
        from studio.settings_table import CONFIRM_QUIT_WITH_JOBS

        self.context.settings.set(CONFIRM_QUIT_WITH_JOBS, False)
        self.window.close()
        self.studio.close()

    def restart(self) -> None:
        self.close()
        self.start()

    def keep(self, name: str) -> None:
        """A picture of the window with every dialog and menu that is open over it."""
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QApplication

        pause(250)
        picture = self.window.grab()
        painter = QPainter(picture)
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and widget is not self.window:
                painter.drawPixmap(widget.pos() - self.window.pos(), widget.grab())
        painter.end()
        smallest = 0  # "quality" of a PNG is how little it is compressed
        picture.save(str(self._out / f"{name}_{self._theme}.png"), None, smallest)

    def generate(self, words: str) -> None:
        self.panel.view.prompt.set_text(words)
        self.context.actions.trigger("imagine.generate")

    def finish(self) -> None:
        """Waits until nothing runs."""
        jobs = self.context.jobs
        wait_for(lambda: not jobs.running() and (jobs.paused or not jobs.waiting()))


def pause(milliseconds: int) -> None:
    """Lets the program run; unlike QTest's wait it leaves Python's lock to other threads."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(done: Callable[[], bool], seconds: float = 120) -> None:
    """Lets the program run until `done`. Raises TimeoutError."""
    from PySide6.QtTest import QTest

    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise TimeoutError("the program did not get there")
        QTest.qWait(20)
