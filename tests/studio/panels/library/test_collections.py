"""Collections in the panel: by menu, by key, by dropping, by their chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QPushButton, QWidget

from studio.widgets.ask import Ask
from studio.widgets.chip import Chip
from studio.widgets.filter_chip import FilterChip
from studio.widgets.picture_mime import files_mime
from tests.studio.dragging import drag_away, drag_over, drop_on
from tests.studio.panels.library.seen import chip, found, pick
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QMimeData
    from pytestqt.qtbot import QtBot

    from studio.panels.library.panel import LibraryPanel
    from tests.studio.panels.library.conftest import Make
    from tests.studio.panels.library.fakes import Window

pytestmark = OFFSCREEN


@pytest.fixture
def panel(window: Window, make: Make) -> Iterator[LibraryPanel]:
    """With an owl and a fox, and a collection with the fox in it."""
    window.put("owl", "an owl", seed=7)
    fox = window.put("fox", "a fox", 1)
    covers = window.library.marks.make("Covers")
    window.library.marks.collect(covers.id, window.library.contents([fox.path]))
    panel = make()
    yield panel
    for dialog in panel.window().findChildren(Ask):
        dialog.reject()


def held(window: Window, collection: str) -> int:
    by_name = {each.name: each.pictures for each in window.library.marks.collections()}
    return by_name[collection]


def by_menu(window: Window, action: str, text: str) -> list[str]:
    """Triggers an action that opens a menu and takes an entry; returns those with a tick."""
    ticked: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        ticked.extend(entry.text() for entry in menu.actions() if entry.isChecked())
        next(entry for entry in menu.actions() if entry.text() == text).trigger()
        menu.close()

    QTimer.singleShot(0, choose)
    window.actions.trigger(action)
    return ticked


def test_the_first_collection_is_taken_with_enter(panel: LibraryPanel, window: Window) -> None:
    def press() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        menu.close()

    panel.view.wall.select_all()
    QTimer.singleShot(0, press)
    window.actions.trigger("library.collect")
    assert held(window, "Covers") == 2


def answer(panel: QWidget, text: str) -> None:
    """Writes into the window that asks, and agrees."""
    (dialog,) = (each for each in panel.window().findChildren(Ask) if each.isVisible())
    dialog.field.setText(text)
    dialog.yes.click()


def test_pictures_are_put_in_and_taken_out_by_menu(
    qtbot: QtBot, panel: LibraryPanel, window: Window
) -> None:
    panel.view.wall.select_all()
    assert by_menu(window, "library.collect", "Covers") == [], "not all are in it"
    assert held(window, "Covers") == 2
    assert by_menu(window, "library.collect", "Covers") == ["Covers"]
    assert held(window, "Covers") == 0
    by_menu(window, "library.collect", "New collection…")
    answer(panel, " Night ")
    assert held(window, "Night") == 2
    by_menu(window, "library.collect", "New collection…")
    answer(panel, "night")
    assert "already" in window.problems[-1].message


def test_a_collection_is_shown_renamed_and_deleted(
    qtbot: QtBot, panel: LibraryPanel, window: Window
) -> None:
    found(qtbot, panel, "owl", "fox")
    entries = pick(chip(panel, "Collection"), "Covers")
    assert entries[:3] == ["Covers  (1)", "", "New collection…"]
    found(qtbot, panel, "fox")
    window.actions.trigger("library.rename_collection")
    answer(panel, "Best covers")
    assert chip(panel, "Collection").value == "Best covers"

    def agree(text: str) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert "1 pictures stay" in box.informativeText()
        next(b for b in box.findChildren(QPushButton) if b.text() == text).click()

    QTimer.singleShot(0, lambda: agree("Cancel"))
    window.actions.trigger("library.delete_collection")
    assert held(window, "Best covers") == 1
    QTimer.singleShot(0, lambda: agree("Delete collection"))
    window.actions.trigger("library.delete_collection")
    assert window.library.marks.collections() == []
    found(qtbot, panel, "owl", "fox")
    assert panel.state.query.collection is None


def test_the_key_takes_out_of_the_collection_that_is_shown(
    qtbot: QtBot, panel: LibraryPanel, window: Window
) -> None:
    panel.view.wall.choose("fox.png")
    assert not window.actions.can_run("library.uncollect"), "none is shown"
    pick(chip(panel, "Collection"), "Covers")
    found(qtbot, panel, "fox")
    panel.view.wall.choose("fox.png")
    window.actions.trigger("library.uncollect")
    assert held(window, "Covers") == 0
    assert (window.library.folder / "fox.png").exists()


def test_the_inspector_shows_where_a_picture_is(
    qtbot: QtBot, panel: LibraryPanel, window: Window
) -> None:
    def chips() -> list[FilterChip]:
        QApplication.processEvents()  # a layout shows what is new to it a moment later
        return [each for each in panel.inspector.findChildren(FilterChip) if each.isVisible()]

    panel.view.wall.choose("owl.png")
    assert chips() == []
    panel.view.wall.choose("fox.png")
    assert [each.value for each in chips()] == ["Covers"]
    chips()[0].click()
    found(qtbot, panel, "fox")
    panel.view.wall.choose("fox.png")
    chips()[0].cleared.emit()
    assert held(window, "Covers") == 0
    assert chips() == []


def test_what_cannot_be_written_is_said(
    panel: LibraryPanel, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("studio.library_marks.write_text", full)
    panel.view.wall.choose("owl.png")
    by_menu(window, "library.collect", "Covers")
    assert "the disk is full" in window.problems[0].message
    assert held(window, "Covers") == 1


# ---- dropping ------------------------------------------------------------------------------------


def place_of(panel: LibraryPanel, title: str) -> QPoint:
    """Where a collection lies in the tray, for the panel."""
    tray = panel._arrivals.tray
    (target,) = (each for each in tray.findChildren(Chip) if each.text() == title)
    return target.mapTo(panel, target.rect().center())


def drop_into(panel: LibraryPanel, mime: QMimeData, title: str) -> None:
    assert drag_over(panel, mime)
    assert panel._arrivals.tray.isVisible()
    QApplication.processEvents()
    assert drop_on(panel, mime, place_of(panel, title))


def test_a_stranger_is_copied_and_put_in_where_it_is_dropped(
    qtbot: QtBot, panel: LibraryPanel, window: Window, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.png"
    theirs.write_bytes((window.library.folder / "owl.png").read_bytes()[:-4] + b"more")
    drop_into(panel, files_mime([str(theirs)]), "Covers")
    assert held(window, "Covers") == 2
    assert theirs.exists()
    qtbot.waitUntil(lambda: len(panel.view.wall.chosen()) == 1)
    (name,) = panel.view.wall.chosen()
    assert (window.library.folder / name).read_bytes() == theirs.read_bytes()
    qtbot.waitUntil(lambda: not panel._arrivals.tray.isVisible())


def test_a_picture_that_is_there_is_not_doubled_and_can_found_a_collection(
    qtbot: QtBot, panel: LibraryPanel, window: Window
) -> None:
    mime = files_mime([str(window.library.folder / "owl.png")])
    drop_into(panel, mime, "New collection…")
    answer(panel, "Owls")
    assert held(window, "Owls") == 1
    found(qtbot, panel, "owl", "fox")


def test_the_tray_goes_when_the_pointer_does(qtbot: QtBot, panel: LibraryPanel) -> None:
    assert drag_over(panel, files_mime(["/somewhere/a.png"]))
    drag_away(panel)
    qtbot.waitUntil(lambda: not panel._arrivals.tray.isVisible())
    assert not drag_over(panel, files_mime(["/somewhere/a.txt"]))
    assert not panel._arrivals.tray.isVisible()
