"""The window as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMessageBox,
    QWidget,
)

from pipelines import api
from studio import theme
from studio.errors import Problem
from studio.settings_table import CONFIRM_QUIT_WITH_JOBS, MODEL_FOLDERS, SHORTCUTS, THEME
from studio.shell.palette import CommandPalette
from studio.shell.preferences import Preferences
from studio.shell.shortcuts import ShortcutEditor
from studio.widgets.elided_label import ElidedLabel
from studio.wishes import UseSettings
from tests.studio.scenery import (
    OFFSCREEN,
    WISHING,
    GrantingPanel,
    SamplePanel,
    context,
    make_window,
    request,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.context import Context
    from studio.window import MainWindow

__all__ = ["context"]
pytestmark = OFFSCREEN


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    context.settings.set(CONFIRM_QUIT_WITH_JOBS, False)
    made = make_window(context)
    qtbot.addWidget(made)
    made.setWindowState(Qt.WindowState.WindowNoState)  # the screen that is none is small
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.strip.close_decoder()


def test_the_parts_have_the_measures_of_the_design(window: MainWindow) -> None:
    heights = [part.height() for part in (window.menu_bar, window.strip, window.status)]
    assert heights == [36, 112, 28]
    assert window.rail.width() == 168
    panel = window.panel("imagine")
    assert isinstance(panel, SamplePanel)
    assert panel.inspector.width() == 296
    assert window.strip.width() == window.status.width() == 1440


def test_the_first_panel_is_built_and_has_the_focus(window: MainWindow) -> None:
    panel = window.panel("imagine")
    assert isinstance(panel, SamplePanel)
    assert panel.field.hasFocus()


def test_a_panel_is_built_when_it_is_first_shown(context: Context, qtbot: QtBot) -> None:
    window = make_window(context)
    qtbot.addWidget(window)
    assert window.panel("plain") is None
    with pytest.raises(KeyError):
        window.show_panel("nowhere")
    window.strip.close_decoder()


def test_every_control_has_a_name(window: MainWindow, context: Context) -> None:
    context.jobs.submit(request(), title="Running")
    context.jobs.submit(request(), title="Waiting")
    window.show_problem(Problem("Something went wrong.", details="Traceback"))
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.isHidden()
        and not widget.accessibleName()
        and not (isinstance(widget, (QAbstractButton, QLabel)) and widget.text())
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_every_control_can_be_reached_by_tab(window: MainWindow, qtbot: QtBot) -> None:
    reached = set()
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {"Prompt", "Imagine", "Settings", "Find an action", "Project Untitled"} <= reached


def test_a_key_opens_the_palette_and_the_palette_acts(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    (palette,) = window.findChildren(CommandPalette)
    assert palette.isVisible()
    palette.close()
    palette.chosen.emit("window.theme_light")
    assert context.settings.get(THEME) == "light"
    assert theme.current().name == "light"


def test_settings_opens_the_preferences_and_esc_closes_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(Preferences)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(Preferences))


def test_edited_shortcuts_are_kept(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    context.actions.trigger("window.shortcuts")
    (editor,) = window.findChildren(ShortcutEditor)
    editor.choose("window.quit")
    editor.try_keys("Ctrl+Alt+Q")
    assert context.settings.get(SHORTCUTS) == {"window.quit": "Ctrl+Alt+Q"}
    assert context.actions.action("window.quit").shortcut() == QKeySequence("Ctrl+Alt+Q")
    editor.close()


@pytest.mark.parametrize("action_id", ["window.about", "window.preferences", "window.shortcuts"])
def test_dialogs_remember_their_size(
    window: MainWindow, context: Context, qtbot: QtBot, action_id: str
) -> None:
    for _ in range(2):
        context.actions.trigger(action_id)
        (dialog,) = window.findChildren(QDialog)
        before = dialog.size()
        dialog.resize(600, 500)
        dialog.reject()
        qtbot.waitUntil(lambda: not window.findChildren(QDialog))
    assert (before.width(), before.height()) == (600, 500)


def test_a_problem_is_shown_in_the_workspace(window: MainWindow) -> None:
    window.show_problem(Problem("The card is full.", "Try a smaller size."))
    assert window.banner.isVisible()
    assert window.banner.accessibleName() == "The card is full. Try a smaller size."


def words_on_buttons(window: MainWindow) -> dict[str, QAbstractButton]:
    return {button.text(): button for button in window.banner.findChildren(QAbstractButton)}


def test_a_problem_offers_what_its_hint_says(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    done: list[str] = []
    window.show_problem(Problem("No room.", "Choose a smaller size.", code="out_of_memory"))
    assert "Take a smaller size" not in words_on_buttons(window)  # nobody does it yet
    context.actions.connect("imagine.smaller", lambda: done.append("smaller"))
    window.show_problem(Problem("No room.", "Choose a smaller size.", code="out_of_memory"))
    offer = words_on_buttons(window)["Take a smaller size"]
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert done == ["smaller"]
    assert not window.banner.isVisible()


def test_the_inspector_can_be_hidden(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.panel("imagine")
    assert isinstance(panel, SamplePanel)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert not panel.inspector.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert panel.inspector.isVisible()


def test_the_status_says_what_the_worker_does(window: MainWindow, context: Context) -> None:
    job = context.jobs.submit(request(), title="A castle")
    job.apply(api.Started())
    job.apply(api.Progress(14, 20, "Drawing step 14 of 20"))
    said = window.status.findChildren(ElidedLabel)[0]
    assert said.full_text() == "Drawing step 14 of 20"
    job.apply(api.Done(None))
    assert said.full_text() == "Ready"


def test_keys_cancel_the_running_job(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    job = context.jobs.submit(request(), title="A castle")
    job.apply(api.Started())
    QTest.keyClick(window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert job.ticket.cancelled


def test_the_first_window_fits_a_small_screen(context: Context, qtbot: QtBot) -> None:
    window = make_window(context)
    qtbot.addWidget(window)
    window.show()
    assert window.isMaximized()  # the screen that is none has 800 pixels
    window.strip.close_decoder()


def test_the_queue_is_paused_and_stopped_by_actions(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    context.actions.trigger("jobs.pause_queue")
    assert context.jobs.paused
    context.actions.trigger("jobs.pause_queue")
    assert not context.jobs.paused
    assert not context.actions.can_run("jobs.stop_after")
    context.jobs.submit(request(), title="A castle").apply(api.Started())
    context.actions.trigger("jobs.stop_after")
    assert context.jobs.stop_after_current


def test_closing_ends_the_jobs_and_keeps_the_place(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    window.resize(960, 650)  # the screen that is none has 800 pixels
    assert window.close()
    again = make_window(context)
    qtbot.addWidget(again)
    assert again.height() == 650
    again.strip.close_decoder()


@pytest.mark.parametrize("leave", [True, False])
def test_a_running_job_asks_before_the_window_closes(
    window: MainWindow, context: Context, monkeypatch: pytest.MonkeyPatch, leave: bool
) -> None:
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        wanted = "Close anyway" if leave else "Go on working"
        (button,) = (one for one in box.buttons() if one.text() == wanted)
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    context.settings.set(CONFIRM_QUIT_WITH_JOBS, True)
    context.jobs.submit(request(), title="A castle").apply(api.Started())
    assert window.close() is leave
    assert asked == ["A castle is still running."]
    context.settings.set(CONFIRM_QUIT_WITH_JOBS, False)


def test_a_settings_file_that_cannot_be_written_is_told(
    window: MainWindow, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("studio.settings.write_json", full)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    for action_id in ("window.theme_light", "models.add_folder"):
        context.actions.trigger(action_id)
        assert "No space left on device" in window.banner.accessibleName()


def test_a_folder_of_models_can_be_added(
    window: MainWindow, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    context.actions.trigger("models.add_folder")
    assert context.settings.get(MODEL_FOLDERS) == (tmp_path,)


def test_a_recent_picture_is_shown_in_its_panel(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []

    def show(path: Path) -> bool:
        shown.append(path)
        return True

    monkeypatch.setattr(window.panel("imagine"), "show_picture", show, raising=False)
    window.strip.picture_activated.emit(tmp_path / "castle.png")
    assert shown == [tmp_path / "castle.png"]


def test_a_picture_no_panel_knows_is_opened_elsewhere_or_that_is_told(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def refuse(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", refuse)
    window.strip.picture_activated.emit(tmp_path / "castle.png")
    assert opened == [str(tmp_path / "castle.png")]
    assert "castle.png could not be opened" in window.banner.accessibleName()


def test_a_wish_brings_its_panel_to_the_front(
    context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(context, WISHING)
    qtbot.addWidget(window)
    window.show()
    wish = UseSettings(tmp_path / "a.png")
    context.wishes.send("library", wish)
    panel = window.panel("library")
    assert isinstance(panel, GrantingPanel)
    assert panel.isVisible()
    assert panel.wishes == [wish]
