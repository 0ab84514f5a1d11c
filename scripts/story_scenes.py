"""Scenes of the project and its story bible, on the sample project."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stage import Stage

    from studio.panels.bible.panel import BiblePanel

_NARROW, _USUAL = (960, 700), (1440, 900)  # pixels


def bible_without_entries(stage: Stage) -> None:
    """Its empty state, also as narrow as the window can be."""
    stage.window.show_panel("bible")
    stage.keep("bible_empty")
    stage.window.resize(*_NARROW)
    stage.keep("bible_empty_narrow")
    stage.window.show_panel("imagine")
    stage.keep("first_start_narrow")
    stage.window.resize(*_USUAL)


def open_sample(stage: Stage) -> None:
    """A copy of the sample project, saved under its name and dropped on the window."""
    from stage import wait_for

    from studio.sample import sample_project

    sample = sample_project()
    assert sample is not None
    documents = stage.context.paths.documents
    documents.mkdir(parents=True, exist_ok=True)
    file = documents / "The Lighthouse.fabula"
    shutil.copyfile(sample, file)
    stage.window.project_dropped.emit(file)
    wait_for(lambda: stage.context.project.path == file)


def mentions(stage: Stage) -> None:
    """Completion of a name, and what the model is told."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    prompt = stage.panel.view.prompt
    before = stage.panel.state.prompt
    prompt.set_text("")
    prompt.setFocus()
    QTest.keyClicks(prompt, "@Mara by the @L")
    stage.keep("mention_completion")
    QTest.keyClick(prompt, Qt.Key.Key_Escape)
    prompt.set_text("@Mara and @Old Tom at the @Harbour, @Ink wash")
    stage.keep("mentions")
    prompt.set_text(before)


def bible(stage: Stage) -> None:
    """A card, and the windows that are opened from it."""
    from stage import pause

    panel = _bible(stage)
    panel.show_entry("mara")
    pause(600)  # until the words of its prompt are counted
    stage.keep("bible")
    stage.context.actions.trigger("bible.try_text")
    stage.keep("bible_try")
    assert panel._try is not None
    panel._try.close()


def narrow(stage: Stage) -> None:
    """The smallest window."""
    stage.window.resize(*_NARROW)
    for name in ("bible", "imagine", "library"):
        stage.window.show_panel(name)
        stage.keep(f"{name}_narrow")
    stage.window.resize(*_USUAL)


def project_dialogs(stage: Stage) -> None:
    """What is asked and shown about the project's file."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
    from stage import wait_for

    context, panel = stage.context, _bible(stage)
    for name in ("Mara Lind", "Mara"):
        panel.entries.rename(f"Rename to {name}", "mara", name)
        context.actions.trigger("project.save")
        wait_for(lambda: not context.project.modified)
    for name, action in (
        ("history", "project.history"),
        ("backups", "project.restore"),
        ("unsaved_work", "project.bring_back"),
        ("data_places", "window.data_places"),
    ):
        context.actions.trigger(action)
        QTest.qWait(600)
        stage.keep(name)
        for dialog in stage.window.findChildren(QDialog):
            dialog.close()
    panel.show_entry("soot")

    def answer() -> None:
        stage.keep("unsaved_question")
        question = QApplication.activeModalWidget()
        assert isinstance(question, QMessageBox)
        question.reject()

    context.actions.trigger("bible.duplicate")
    wait_for(lambda: context.project.modified)
    QTimer.singleShot(400, answer)
    context.actions.trigger("project.new")
    context.actions.trigger("project.undo")


def _bible(stage: Stage) -> BiblePanel:
    from studio.panels.bible.panel import BiblePanel

    stage.window.show_panel("bible")
    panel = stage.window.panel("bible")
    assert isinstance(panel, BiblePanel)
    return panel
