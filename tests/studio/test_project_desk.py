"""The project in the real window: actions, status, offers, dialogs, drops and the end."""

from __future__ import annotations

import os
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
)

from studio import theme
from studio.actions import Actions
from studio.composition import Composition
from studio.document.backups import find_backups
from studio.document.documents import Change
from studio.document.opening import open_project
from studio.document.recovery import find_discarded
from studio.messages import Messages
from studio.paths import Paths
from studio.settings_store import SettingsStore
from studio.settings_table import HISTORY_MB, load_settings
from studio.shell.backup_list import BackupList
from studio.shell.data_list import DataList
from studio.shell.history_list import HistoryList
from studio.shell.unsaved_work import UnsavedWork
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.notice import Notice
from studio.window import MainWindow
from tests.document.making import card, make_file
from tests.studio.scenery import OFFSCREEN, PANELS, SamplePanel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.open_project import OpenProject

pytestmark = OFFSCREEN
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Program:
    """The window with everything behind it but the children that hold models."""

    def __init__(self, home: Path, qtbot: QtBot) -> None:
        self.qtbot, self.is_over = qtbot, False
        self.paths = Paths.below(home)
        self.settings = SettingsStore(load_settings(self.paths.settings_file))
        self.actions, messages = Actions(), Messages()
        self.window = MainWindow(self.settings, theme.current(), self.actions, self.paths, PANELS)
        self.composition = Composition(
            self.paths, self.settings, self.actions, messages, self.window
        )
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def desk(self) -> OpenProject:
        return self.composition.context.project

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.composition.desk.busy)

    def put(self, key: str, value: object) -> None:
        assert self.desk.edit(f"Rename {key}", Change(puts=(card(key, value=value),)))

    def status(self) -> str:
        return self.window.status.findChildren(ElidedLabel)[-1].full_text()

    def notices(self) -> list[str]:
        found = self.window.findChildren(Notice)
        return [notice.text for notice in found if notice.isVisible()]

    def press(self, text: str) -> None:
        buttons = self.window.findChildren(QPushButton)
        (found,) = (b for b in buttons if b.text() == text and b.isVisible())
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def dialog(self, kind: type[QDialog]) -> QDialog:
        (found,) = self.window.findChildren(kind)
        assert found.isVisible()
        return found

    def end(self) -> None:
        if self.is_over:
            return
        self.is_over = True
        self.window.strip.close_decoder()
        self.composition.close()
        assert self.window.close(), "what is over asks nothing"
        self.window.deleteLater()


@pytest.fixture
def start(
    home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Program]]:
    monkeypatch.setattr(Composition, "_start_children", lambda self: self.context.jobs.start({}))
    running: list[Program] = []

    def begin() -> Program:
        while running:
            running.pop().end()
        running.append(Program(home, qtbot))
        running[0].settle()
        return running[0]

    yield begin
    for program in running:
        program.end()


@pytest.fixture
def program(start: Callable[[], Program]) -> Program:
    return start()


@pytest.fixture
def file(program: Program, tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    return make_file(program.paths.projects, tmp_path / "mine" / "harbour.fabula")


def key(program: Program, letter: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(QApplication.focusWidget() or program.window, letter, modifiers)


# ---- names, stars and times ----------------------------------------------------------------------


def test_a_new_project_is_not_saved_yet_and_a_change_puts_a_star(program: Program) -> None:
    assert program.window.windowTitle() == "Untitled[*] – Fabula Studio"
    assert not program.window.isWindowModified()
    assert program.status() == "Not saved yet"
    program.put("mara", 1)
    assert program.window.isWindowModified()
    (button,) = (
        b for b in program.window.rail.findChildren(QPushButton) if b.text() == "Untitled *"
    )
    assert button.accessibleName() == "Project Untitled, unsaved changes"
    program.desk.undo()
    assert not program.window.isWindowModified()


def test_ctrl_s_saves_and_the_status_says_when(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_window: object, _title: str, start: str, _filter: str) -> tuple[str, str]:
        asked.append(start)
        return str(tmp_path / "harbour"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    program.put("mara", 1)
    key(program, Qt.Key.Key_S)
    assert program.status() == "Saving…"
    program.settle()
    assert (tmp_path / "harbour.fabula").is_file(), "the suffix is added"
    assert asked[0].endswith("Untitled.fabula")
    assert program.status() == "Saved 0 s ago"
    assert program.window.windowTitle().startswith("harbour[*]")
    program.put("mara", 2)
    assert program.status() == "Changed, saved 0 s ago"


def test_the_time_of_an_opened_file_is_its_last_save(program: Program, file: Path) -> None:
    before = time.time() - 3 * 3600 - 60
    os.utime(file, (before, before))
    program.composition.desk.open(file)
    assert program.status() == "Opening harbour…"
    program.settle()
    assert program.status() == "Saved 3 h ago"


# ---- opening -------------------------------------------------------------------------------------


def test_a_project_that_is_dropped_is_opened(program: Program, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/a.png"), QUrl.fromLocalFile(str(file))])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, buttons, none)
    program.window.dropEvent(drop)
    program.settle()
    assert program.desk.path == file


def test_the_last_project_is_opened_again(
    program: Program, file: Path, start: Callable[[], Program]
) -> None:
    program.composition.desk.open(file)
    program.settle()
    again = start()
    assert again.desk.path == file
    again.end()
    file.rename(file.with_name("moved.fabula"))
    third = start()
    assert third.desk.path is None
    assert third.notices() == []


def test_unsaved_work_is_offered_and_opened(
    program: Program, file: Path, start: Callable[[], Program]
) -> None:
    program.composition.desk.open(file)
    program.settle()
    program.put("fox", 1)
    again = start()  # the first ended without a question
    (notice,) = again.notices()
    assert notice.startswith("“harbour” has unsaved work of today ")
    assert notice.endswith(": 1 new.")
    assert again.desk.path is None, "its file cannot be open beside it"
    again.press("Open it")
    again.settle()
    assert again.window.windowTitle().startswith("harbour[*]")
    assert again.desk.modified
    assert set(again.desk.documents) == {"mara", "owl", "fox"}
    assert again.notices() == []


@pytest.mark.parametrize(("word", "discarded"), [("Keep for later", 0), ("Give up", 1)])
def test_unsaved_work_that_is_not_wanted_now_lets_the_file_open(
    program: Program, file: Path, start: Callable[[], Program], word: str, discarded: int
) -> None:
    program.composition.desk.open(file)
    program.settle()
    program.put("fox", 1)
    again = start()
    again.press(word)
    again.settle()
    again.qtbot.waitUntil(lambda: again.desk.path == file)
    assert not again.desk.modified
    again.qtbot.waitUntil(lambda: len(find_discarded(again.paths.projects)) == discarded)


def test_a_project_that_can_only_be_read_says_so_and_how_to_go_on(
    program: Program, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = open_project(file, program.paths.projects)
    program.composition.desk.open(file)
    program.settle()
    (notice,) = program.notices()
    assert "can only be read here" in notice
    assert program.status() == "Read-only"
    name = str(tmp_path / "mine" / "copy.fabula")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (name, ""))
    program.press("Save as…")
    program.settle()
    assert program.notices() == []
    assert program.desk.name == "copy"
    elsewhere.close()


def test_a_file_that_is_none_is_told_in_the_banner(program: Program, tmp_path: Path) -> None:
    (tmp_path / "letter.fabula").write_text("Dear Mara", encoding="utf-8")
    program.composition.desk.open(tmp_path / "letter.fabula")
    program.settle()
    assert program.window.banner.accessibleName() == (
        "“letter.fabula” is no Fabula project. Choose a file that ends in .fabula."
    )


def test_the_sample_opens_as_a_copy_without_a_name(program: Program) -> None:
    program.actions.trigger("project.open_sample")
    program.settle()
    assert (program.desk.name, program.desk.modified) == ("Untitled", False)
    assert program.desk.documents


# ---- undo ----------------------------------------------------------------------------------------


def test_undo_is_named_after_the_step_and_has_its_keys(program: Program) -> None:
    program.put("Mara & Tom", 1)
    assert program.actions.text("project.undo") == "Undo Rename Mara & Tom"
    assert program.actions.action("project.undo").text() == "Undo Rename Mara && Tom"
    key(program, Qt.Key.Key_Z)
    assert program.desk.documents == {}
    assert program.actions.text("project.undo") == "Undo"
    assert program.actions.text("project.redo") == "Redo Rename Mara & Tom"
    key(program, Qt.Key.Key_Z, CTRL | SHIFT)
    assert set(program.desk.documents) == {"Mara & Tom"}


def test_a_panel_with_its_own_undo_has_the_keys(program: Program) -> None:
    done: list[str] = []
    program.actions.connect("imagine.undo", lambda: done.append("trash"))
    program.put("mara", 1)
    key(program, Qt.Key.Key_Z)
    assert done == ["trash"]
    assert set(program.desk.documents) == {"mara"}
    assert program.actions.tooltip("project.undo") == "Undo Rename mara"
    assert program.actions.action("project.redo").shortcuts() == []
    program.actions.set_scope("")
    assert program.actions.tooltip("project.undo") == "Undo Rename mara (Ctrl+Z)"
    key(program, Qt.Key.Key_Z)
    assert program.desk.documents == {}


def test_a_text_field_undoes_its_own_words_first(program: Program) -> None:
    panel = program.window.panel("imagine")
    assert isinstance(panel, SamplePanel)
    field: QLineEdit = panel.field
    field.setFocus()
    program.put("mara", 1)
    QTest.keyClicks(field, "fog")
    key(program, Qt.Key.Key_Z)
    assert field.text() == ""
    assert set(program.desk.documents) == {"mara"}
    key(program, Qt.Key.Key_Z)
    assert program.desk.documents == {}


def test_the_history_can_be_clicked(program: Program) -> None:
    for number in range(3):
        program.put(f"card {number}", number)
    program.actions.trigger("project.history")
    dialog = program.dialog(HistoryList)
    (steps,) = dialog.findChildren(QListWidget)
    assert [steps.item(row).text() for row in range(steps.count())] == [
        "As it was opened", "Rename card 0", "Rename card 1", "Rename card 2",
    ]  # fmt: skip
    place = steps.visualItemRect(steps.item(1)).center()
    QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert set(program.desk.documents) == {"card 0"}
    assert steps.currentRow() == 1
    QTest.keyClick(steps, Qt.Key.Key_Down)
    assert set(program.desk.documents) == {"card 0", "card 1"}
    program.put("card 9", 9)
    assert steps.item(steps.count() - 1).text() == "Rename card 9"


def test_the_memory_of_undo_is_a_setting(program: Program) -> None:
    program.settings.set(HISTORY_MB, 1)
    for number in range(4):
        program.put("page", f"{number}" * 300_000)
    program.actions.trigger("project.history")
    words = [label.text() for label in program.dialog(HistoryList).findChildren(ElidedLabel)]
    assert words == []
    assert program.desk.forgotten_steps > 0


# ---- dialogs -------------------------------------------------------------------------------------


def test_a_backup_is_restored_from_its_list(program: Program, file: Path) -> None:
    program.composition.desk.open(file)
    program.settle()
    program.put("fox", 1)
    program.actions.trigger("project.save")
    program.settle()
    assert len(find_backups(file)) == 1
    program.actions.trigger("project.restore")
    QTest.keyClick(program.dialog(BackupList), Qt.Key.Key_Return)
    program.settle()
    assert set(program.desk.documents) == {"mara", "owl"}
    assert program.desk.undo_text.startswith("Restore the backup of today ")
    program.desk.undo()
    assert set(program.desk.documents) == {"mara", "owl", "fox"}


def test_revert_is_there_only_with_something_to_revert(program: Program, file: Path) -> None:
    assert not program.actions.can_run("project.revert")
    program.composition.desk.open(file)
    program.settle()
    assert not program.actions.can_run("project.revert")
    program.put("fox", 1)
    program.actions.trigger("project.revert")
    program.settle()
    assert set(program.desk.documents) == {"mara", "owl"}
    assert program.desk.undo_text == "Revert to the saved file"


def test_what_was_given_up_is_brought_back(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.put("mara", 1)
    monkeypatch.setattr(QMessageBox, "exec", _pressing("Close without saving"))
    program.actions.trigger("project.new")
    program.settle()
    assert program.desk.documents == {}
    program.qtbot.waitUntil(lambda: bool(find_discarded(program.paths.projects)))
    program.actions.trigger("project.bring_back")
    dialog = program.dialog(UnsavedWork)
    (work,) = dialog.findChildren(QListWidget)
    program.qtbot.waitUntil(lambda: work.count() == 1)
    assert "1 new · given up today" in work.item(0).text()
    QTest.keyClick(work, Qt.Key.Key_Return)
    program.settle()
    assert set(program.desk.documents) == {"mara"}


def test_where_the_data_is(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    program.actions.trigger("window.data_places")
    dialog = program.dialog(DataList)
    named = {button.accessibleName(): button for button in dialog.findChildren(QPushButton)}
    QTest.mouseClick(named["Copy the path of Recovery"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == str(program.paths.projects)
    QTest.mouseClick(named["Open Recovery"], Qt.MouseButton.LeftButton)
    assert opened == [str(program.paths.projects)]
    dialog.reject()


# ---- closing -------------------------------------------------------------------------------------


def _pressing(word: str) -> Callable[[QMessageBox], int]:
    def answer(box: QMessageBox) -> int:
        (button,) = (one for one in box.buttons() if one.text() == word)
        button.click()
        return 0

    return answer


def test_closing_with_unsaved_work_asks(
    program: Program, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.composition.desk.open(file)
    program.settle()
    program.put("fox", 1)
    monkeypatch.setattr(QMessageBox, "exec", _pressing("Go on working"))
    assert not program.window.close()
    monkeypatch.setattr(QMessageBox, "exec", _pressing("Save"))
    program.window.close()
    program.qtbot.waitUntil(program.window.isHidden)
    program.end()
    with closing(open_project(file, program.paths.projects)) as again:
        assert "fox" in again.documents
