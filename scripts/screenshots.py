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
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stage import Stage

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

PROMPTS = ("@Lighthouse, @Night", "@Soot on a yellow background")
LABELS = ("fox", "a rocket", "pizza", "penguin", "strawberry", "snowman", "teddy bear")
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
    import picture_scenes
    import story_scenes
    from PySide6.QtWidgets import QApplication
    from stage import Stage

    application = QApplication([])
    if pseudo:
        from pseudo import PseudoTranslator

        translator = PseudoTranslator(application)
        application.installTranslator(translator)
    stage = Stage(out, theme)
    first_start(stage)
    story_scenes.bible_without_entries(stage)
    story_scenes.open_sample(stage)
    for scene in (drawing, settings_open, long_prompt, trouble, close_look, windows):
        scene(stage)
    for scene in (story_scenes.mentions, story_scenes.bible, story_scenes.narrow):
        scene(stage)
    story_scenes.project_dialogs(stage)
    library(stage)
    models(stage)
    picture_scenes.inpaint(stage)
    picture_scenes.style(stage)
    for menu in ("File", "Edit", "View", "Picture", "Story", "Models", "Help"):
        menu_open(stage, menu)
    queue(stage)
    stage.restart()
    stage.keep("restart")
    stage.close()


def library(stage: Stage) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from stage import pause

    from studio.panels.library.panel import LibraryPanel

    stage.window.show_panel("imagine")
    stage.panel._edit({"count": 1})
    for words in LABELS:
        stage.generate(words)
    stage.finish()
    stage.window.show_panel("library")
    pause(2000)
    panel = stage.window.panel("library")
    assert isinstance(panel, LibraryPanel)
    QTest.keyClick(panel.view.wall, Qt.Key.Key_Home)  # chooses the first
    pause(600)
    stage.keep("library")
    stage.window.show_panel("imagine")
    stage.panel._edit({"count": 4})


def first_start(stage: Stage) -> None:
    from stage import wait_for

    wait_for(lambda: stage.window.status._facts[0].isVisible())  # the child has said the device
    stage.keep("first_start")


def drawing(stage: Stage) -> None:
    from stage import wait_for

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
    from stage import wait_for

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
