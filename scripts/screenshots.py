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

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

PROMPTS = ("a castle on a blue background", "an owl on a purple background")
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
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from studio.app import Studio
    from studio.errors import Problem
    from studio.messages import Messages
    from studio.paths import Paths

    application = QApplication([])
    if pseudo:
        from pseudo import PseudoTranslator

        translator = PseudoTranslator(application)
        application.installTranslator(translator)
    studio = Studio(Paths.default(), Messages())
    window = studio.window
    window.resize(1440, 900)
    window.show()
    wait_for(lambda: studio.ready)
    context = studio.context
    context.theme.set(theme)
    QTest.qWait(1500)

    def keep(name: str) -> None:
        QTest.qWait(250)
        window.grab().save(str(out / f"{name}_{theme}.png"))

    keep("first_start")
    panel = window.panel("imagine")
    prompt = panel.view.prompt  # type: ignore[union-attr]
    for words in PROMPTS:
        prompt.clear()
        QTest.keyClicks(prompt, words)
        QTest.keyClick(prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: len(context.library.recent(99)) >= 4)
    context.actions.trigger("imagine.keep")
    wait_for(lambda: any(j.progress and j.progress.part == 2 for j in context.jobs.running()))
    wait_for(lambda: any(j.progress and j.progress.step % 20 > 11 for j in context.jobs.running()))
    keep("imagine")
    wait_for(lambda: not context.jobs.running() and not context.jobs.waiting())
    panel._edit({"more_open": True})  # type: ignore[union-attr]
    keep("imagine_more")
    panel._edit({"more_open": False})  # type: ignore[union-attr]
    context.messages.report(
        Problem(
            "There is not enough memory for a picture of this size.",
            "Choose a smaller size, or a smaller model.",
            "out of memory",
            "out_of_memory",
        )
    )
    keep("error")
    window.banner.hide()
    context.actions.trigger("imagine.zoom")
    keep("zoom")
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    for name, action in (
        ("palette", "window.find_action"),
        ("preferences", "window.preferences"),
        ("shortcuts", "window.shortcuts"),
    ):
        context.actions.trigger(action)
        QTest.qWait(400)
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if dialog is not None:
            dialog.grab().save(str(out / f"{name}_{theme}.png"))
            dialog.close()
    window.close()
    studio.close()


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
