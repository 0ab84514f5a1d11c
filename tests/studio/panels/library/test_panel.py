"""The whole panel with a real library, by what a person does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
    QWidget,
)

from studio.library_query import Query
from studio.wishes import DrawVariations, StylePicture, UseSettings
from tests.studio.panels.library.seen import chip, found, pick, words_of
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from studio.panels.library.panel import LibraryPanel
    from tests.studio.panels.library.conftest import Make
    from tests.studio.panels.library.fakes import Window

pytestmark = OFFSCREEN


# ---- finding ------------------------------------------------------------------------------------


def test_typing_finds_and_counts(qtbot: QtBot, panel: LibraryPanel) -> None:
    found(qtbot, panel, "owl", "fox", "lamp")
    assert "3 pictures" in words_of(panel.view.bar)
    panel.focus_first()
    QTest.keyClicks(panel.view.bar.field, "even")
    found(qtbot, panel, "owl", "fox")
    assert "2 of 3 pictures" in words_of(panel.view.bar)
    QTest.keyClick(panel.view.bar.field, Qt.Key.Key_Escape)
    found(qtbot, panel, "owl", "fox", "lamp")


def test_filters_and_order(qtbot: QtBot, panel: LibraryPanel) -> None:
    entries = pick(chip(panel, "Model"), "SDXL")
    assert entries == ["SDXL base 1.0  (2)", "Starter icons  (1)"]
    found(qtbot, panel, "owl", "fox")
    assert chip(panel, "Model").value == "SDXL base 1.0"
    order = next(b for b in panel.view.bar.findChildren(QPushButton) if "Newest" in b.text())
    pick(order, "Oldest")
    found(qtbot, panel, "fox", "owl")
    chip(panel, "Model").cleared.emit()
    found(qtbot, panel, "lamp", "fox", "owl")
    pick(chip(panel, "Size"), "513")
    qtbot.waitUntil(lambda: "No picture is like that" in words_of(panel.view))
    next(b for b in panel.view.no_hits.findChildren(QPushButton)).click()
    found(qtbot, panel, "lamp", "fox", "owl")
    assert panel.state.query == Query(order="oldest")


def test_only_kept_ones(qtbot: QtBot, panel: LibraryPanel, window: Window) -> None:
    panel.view.wall.choose("fox.png")
    window.actions.trigger("library.keep")
    assert window.library.get(window.library.folder / "fox.png").kept
    chip(panel, "Kept").click()
    found(qtbot, panel, "fox")
    panel.view.wall.choose("fox.png")
    window.actions.trigger("library.keep")
    qtbot.waitUntil(lambda: "No picture is like that" in words_of(panel.view))
    chip(panel, "Kept").click()
    found(qtbot, panel, "owl", "fox", "lamp")


def test_what_was_looked_for_comes_back(qtbot: QtBot, window: Window, make: Make) -> None:
    window.put("owl", "an owl")
    window.put("fox", "a fox", 1)
    first = make()
    first.view.bar.query_edited.emit(replace(first.state.query, words="fox", order="prompt"))
    first.view.bar.row_height_edited.emit(222)
    first.hide()
    again = make()
    assert again.view.bar.field.text() == "fox"
    assert again.state == first.state
    found(qtbot, again, "fox")


def test_the_empty_library_says_what_to_do(
    qtbot: QtBot, window: Window, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    triggered: list[str] = []
    monkeypatch.setattr(window.actions, "trigger", triggered.append)
    panel = make()
    assert "Every picture will be here" in words_of(panel.view)
    asked: list[str] = []

    def ask(_parent: QWidget, title: str, _start: str) -> str:
        asked.append(title)
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
    for each in panel.view.empty.findChildren(QPushButton):
        each.click()
    assert triggered == ["panel.imagine"]
    assert asked == ["Choose a folder of pictures"]
    window.put("owl", "an owl")  # drawn meanwhile
    found(qtbot, panel, "owl")


# ---- choosing -----------------------------------------------------------------------------------


def test_the_inspector_says_how_it_was_made(panel: LibraryPanel) -> None:
    assert "Choose a picture to see how it was made." in words_of(panel.inspector)
    panel.view.wall.choose("lamp.png")
    said = words_of(panel.inspector)
    assert said[0] == "A lighthouse"
    assert "60 × 40" in said[1]
    assert "a lighthouse" in said
    assert said[said.index("Model") + 1] == "Starter icons"
    assert said[said.index("Guidance") + 1] == "3.0"
    panel.view.wall.select_all()
    assert "One of 3 chosen" in words_of(panel.inspector)[1]


def test_trash_and_back(qtbot: QtBot, panel: LibraryPanel, window: Window) -> None:
    panel.view.wall.choose("fox.png")
    window.actions.trigger("library.delete")
    found(qtbot, panel, "owl", "lamp")
    assert panel.view.wall.chosen() == ("lamp.png",), "its neighbour"
    window.actions.trigger("library.undo")
    found(qtbot, panel, "owl", "fox", "lamp")
    qtbot.waitUntil(lambda: panel.view.wall.chosen() == ("fox.png",))
    assert not window.actions.can_run("library.undo")


def test_what_the_trash_does_not_take_is_said(
    panel: LibraryPanel, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError("“fox.png” could not be moved to the trash")

    monkeypatch.setattr(window.trash, "delete", refuse)
    panel.view.wall.choose("fox.png")
    window.actions.trigger("library.delete")
    (problem,) = window.problems
    assert "could not be deleted" in problem.message
    assert (window.library.folder / "fox.png").exists()


def test_copies(qtbot: QtBot, panel: LibraryPanel, window: Window) -> None:
    panel.view.wall.choose("owl.png")
    window.actions.trigger("library.copy_seed")
    assert QGuiApplication.clipboard().text() == "7"
    window.actions.trigger("library.copy_image")
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: clipboard.image().width() == 60)
    panel.view.wall.choose("lamp.png")
    assert not window.actions.can_run("library.copy_seed")


def test_the_file_is_shown_or_missed(
    panel: LibraryPanel, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr("studio.panels.library.picture_actions.reveal", shown.append)
    path = window.library.folder / "owl.png"
    panel.view.wall.choose("owl.png")
    window.actions.trigger("library.reveal")
    assert shown == [path]
    path.unlink()
    window.actions.trigger("library.reveal")
    assert "not in its folder any more" in window.problems[0].message


def test_wishes_reach_the_other_panel(panel: LibraryPanel, window: Window) -> None:
    path = window.library.folder / "fox.png"
    panel.view.wall.choose("fox.png")
    for each in panel.inspector.findChildren(QPushButton):
        if each.accessibleName() == "Variations":
            each.click()
    window.actions.trigger("library.use_settings")
    assert window.wished == [("imagine", DrawVariations(path)), ("imagine", UseSettings(path))]


def test_looking_closer_and_leafing(panel: LibraryPanel) -> None:
    panel.view.wall.choose("owl.png")
    QTest.keyClick(panel.view.wall, Qt.Key.Key_Return)
    assert panel.view.is_zoomed()
    QTest.keyClick(panel.view.zoom, Qt.Key.Key_Right)
    assert panel.view.wall.chosen() == ("fox.png",)
    QTest.keyClick(panel.view.zoom, Qt.Key.Key_Escape)
    assert not panel.view.is_zoomed()


# ---- comparing ----------------------------------------------------------------------------------


def test_two_are_compared(qtbot: QtBot, panel: LibraryPanel, window: Window) -> None:
    wall, card = panel.view.wall, panel.view.compare
    wall.choose("owl.png")
    assert not window.actions.can_run("library.compare")
    wall._selection.toggle("fox.png")
    wall._tell_selection()
    window.actions.trigger("library.compare")
    assert card.isVisible()
    said = words_of(card)
    assert "Model" not in said, "both have the same"
    assert said[said.index("Seed") : said.index("Seed") + 3] == ["Seed", "7", "8"]
    assert said[said.index("Words") : said.index("Words") + 3] == ["Words", "an owl", "a fox"]
    next(b for b in card.findChildren(QPushButton) if b.text() == "Use B").click()
    assert window.wished == [("imagine", UseSettings(window.library.folder / "fox.png"))]
    wall.choose("lamp.png")
    assert card.isVisible(), "one chosen picture ends nothing"
    wall._selection.toggle("owl.png")
    wall._tell_selection()
    qtbot.waitUntil(lambda: "Model" in words_of(card))
    wall.choose("owl.png")
    window.actions.trigger("library.delete")
    qtbot.waitUntil(lambda: not card.isVisible())


def test_the_comparison_is_closed_by_key(panel: LibraryPanel, window: Window) -> None:
    panel.view.wall.select_all()
    window.actions.trigger("library.compare")
    QTest.keyClick(panel.view.compare.view, Qt.Key.Key_Escape)
    assert not panel.view.compare.isVisible()


# ---- all of it ----------------------------------------------------------------------------------


def test_every_control_has_a_name(panel: LibraryPanel, window: Window) -> None:
    panel.view.wall.select_all()
    window.actions.trigger("library.compare")
    for root in (panel, panel.inspector):
        for control in root.findChildren(QWidget):
            if control.focusPolicy() != Qt.FocusPolicy.NoFocus and control.isVisible():
                assert control.accessibleName(), control


def test_actions_need_a_choice(panel: LibraryPanel, window: Window) -> None:
    for name in ("keep", "delete", "copy_image", "reveal", "zoom", "use_settings", "variations"):
        assert not window.actions.can_run(f"library.{name}"), name
    panel.view.wall.choose("fox.png")
    for name in ("keep", "delete", "copy_image", "reveal", "zoom", "use_settings", "variations"):
        assert window.actions.can_run(f"library.{name}"), name
    window.actions.trigger("library.style")
    assert window.wished == [("style", StylePicture(window.library.folder / "fox.png"))]
    window.actions.trigger("library.find")
    assert panel.view.bar.field.selectedText() == panel.view.bar.field.text()
