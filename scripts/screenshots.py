"""Draws every screen of the real program with the starter model, for the README and for looking at.

Run: python scripts/screenshots.py [FOLDER] [--themes dark,light] [--scales 1,1.5,2] [--pseudo]
With `--pseudo` every text is a third longer, as a translation may be.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.panels.imagine.panel import ImaginePanel

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

PROMPTS = ("a castle on a blue background", "an owl on a purple background")
LABELS = (
    "a robot on a teal background", "fox", "a crown on a navy background", "a rocket", "pizza",
    "a mushroom on a green background", "a key on a red background", "a whale on a blue background",
    "penguin", "a guitar on an orange background", "a ghost on a black background", "strawberry",
    "a sailboat on a pink background", "snowman", "a volcano on a grey background", "teddy bear",
)  # fmt: skip
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <alias binding="same"><family>sans-serif</family><prefer><family>Inter</family></prefer></alias>
  <alias binding="same"><family>Sans Serif</family><prefer><family>Inter</family></prefer></alias>
</fontconfig>
"""


def draw(out: Path, theme: str, pseudo: bool) -> None:
    """In a process of its own: starts the program, uses it, and keeps what it looks like."""
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    if pseudo:
        from pseudo import PseudoTranslator

        translator = PseudoTranslator(application)
        application.installTranslator(translator)
    stage = Stage(out, theme)
    for scene in (first_start, drawing, settings_open, long_prompt, trouble, close_look, windows):
        scene(stage)
    library(stage)
    models(stage)
    for menu in ("File", "Edit", "View", "Picture", "Models", "Help"):
        menu_open(stage, menu)
    queue(stage)
    stage.restart()
    stage.keep("restart")
    stage.close()


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
        picture.save(str(self._out / f"{name}_{self._theme}.png"))

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


def library(stage: Stage) -> None:
    stage.panel._edit({"count": 1})
    for words in LABELS:
        stage.generate(words)
    stage.finish()
    stage.window.show_panel("library")
    pause(2000)
    stage.keep("library")
    stage.window.show_panel("imagine")
    stage.panel._edit({"count": 4})


def first_start(stage: Stage) -> None:
    stage.keep("first_start")


def drawing(stage: Stage) -> None:
    context = stage.context
    for words in PROMPTS:
        stage.generate(words)
    wait_for(lambda: len(context.library.recent(99)) >= 4)
    context.actions.trigger("imagine.keep")
    wait_for(lambda: any(j.progress and j.progress.part == 2 for j in context.jobs.running()))
    wait_for(lambda: any(j.progress and j.progress.step % 20 > 11 for j in context.jobs.running()))
    stage.keep("imagine")
    stage.finish()


def settings_open(stage: Stage) -> None:
    stage.panel._edit({"more_open": True, "negative_open": True})
    stage.keep("imagine_more")
    stage.panel._edit({"more_open": False, "negative_open": False})


def long_prompt(stage: Stage) -> None:
    words = stage.panel.state.prompt
    stage.panel.view.prompt.set_text(("a (very:1.2) long prompt, " * 400)[:10_000])
    wait_for(lambda: stage.panel._tokens.count > stage.panel._tokens.limit)
    stage.keep("long_prompt")
    stage.panel.view.prompt.set_text(words)


def trouble(stage: Stage) -> None:
    from studio.errors import Problem

    stage.context.messages.report(
        Problem(
            "There is not enough memory for a picture of this size.",
            "Choose a smaller size, or a smaller model.",
            "out of memory",
            "out_of_memory",
        )
    )
    stage.panel.view.notice.tell("There is no LoRA “ink”; it was left out.")
    stage.keep("error")
    stage.window.banner._on_close_clicked()
    stage.panel.view.notice.tell("")


def close_look(stage: Stage) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    stage.context.actions.trigger("imagine.zoom")
    stage.keep("zoom")
    QTest.keyClick(stage.panel.view.zoom, Qt.Key.Key_Escape)


def windows(stage: Stage) -> None:
    from PySide6.QtTest import QTest

    for name, action in (
        ("palette", "window.find_action"),
        ("preferences", "window.preferences"),
        ("shortcuts", "window.shortcuts"),
        ("about", "window.about"),
    ):
        stage.context.actions.trigger(action)
        QTest.qWait(400)
        stage.keep(name)
        close_dialog()


def close_dialog() -> None:
    from PySide6.QtWidgets import QApplication

    dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
    if dialog is not None:
        dialog.close()


def menu_open(stage: Stage, name: str) -> None:
    from PySide6.QtCore import QPoint

    menu = stage.window.menu_bar.menu(name)
    menu.popup(stage.window.pos() + QPoint(200, 40))
    stage.keep(f"menu_{name.lower()}")
    menu.close()


def models(stage: Stage) -> None:
    stage.context.actions.trigger("panel.model_files")
    stage.keep("models")
    stage.context.actions.trigger("models.get")
    stage.keep("models_hub")
    close_dialog()
    stage.context.actions.trigger("panel.imagine")


def queue(stage: Stage) -> None:
    """A job that failed, and three that wait and are found waiting at the next start."""
    stage.panel._edit({"vae": "/gone/another.safetensors"})
    stage.generate("a robot that cannot be drawn")
    stage.finish()
    stage.window.banner._on_close_clicked()
    stage.panel._edit({"vae": ""})
    stage.context.jobs.set_paused(True)
    for words in ("a crown", "a key", "a mountain in the evening light, seen from a boat"):
        stage.generate(words)
    stage.keep("paused")
    stage.context.actions.trigger("jobs.queue")
    stage.keep("queue")
    stage.window.strip._queue.close()


def wait_for(done: Callable[[], bool], seconds: float = 120) -> None:
    """Lets the program run until `done`. Raises TimeoutError."""
    from PySide6.QtTest import QTest

    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise TimeoutError("the program did not get there")
        QTest.qWait(20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--themes", default="dark,light")
    parser.add_argument("--scales", default="1")
    parser.add_argument("--pseudo", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        draw(options.folder, options.one, options.pseudo)
        return
    with tempfile.TemporaryDirectory() as scratch:
        fonts = Path(scratch) / "fonts.conf"
        fonts.write_text(FONTS, encoding="utf-8")
        for scale in options.scales.split(","):
            out = options.folder if scale == "1" else options.folder / f"x{scale}"
            out.mkdir(parents=True, exist_ok=True)
            for theme in options.themes.split(","):
                home = Path(scratch) / f"{scale}-{theme}"
                arguments = [str(out), "--one", theme, *(["--pseudo"] if options.pseudo else [])]
                subprocess.run(
                    [sys.executable, __file__, *arguments],
                    env=os.environ
                    | {
                        "FABULA_HOME": str(home),
                        "FONTCONFIG_FILE": str(fonts),
                        "QT_SCALE_FACTOR": scale,
                        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
                    },
                    check=True,
                )


if __name__ == "__main__":
    main()
