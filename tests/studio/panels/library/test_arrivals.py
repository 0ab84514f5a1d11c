"""What is dropped comes in; folders are added; more filters; where a picture is used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from studio.panels.library.work_line import WorkLine
from studio.settings_table import PICTURE_FOLDERS
from studio.widgets.ask import Ask
from studio.widgets.picture_mime import files_mime
from tests.studio.dragging import drop_on
from tests.studio.panels.library.seen import chip, found, pick, words_of
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.panels.library.panel import LibraryPanel
    from tests.studio.panels.library.conftest import Make
    from tests.studio.panels.library.fakes import Window

pytestmark = OFFSCREEN


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A folder of another program with a picture that says a prompt."""
    made = tmp_path / "outputs" / "txt2img"
    made.mkdir(parents=True)
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(0x884422)
    image.setText("parameters", "a frog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 99")
    assert image.save(str(made / "frog.png"))
    return made


def test_a_picture_of_a_browser_comes_in_as_it_came(
    qtbot: QtBot, panel: LibraryPanel, window: Window, theirs: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/frog.png")])
    data = (theirs / "frog.png").read_bytes()
    mime.setData("image/png", data)
    assert drop_on(panel, mime)
    (entry,) = (each for each in window.library.recent() if each.prompt == "a frog")
    assert entry.path.read_bytes() == data
    assert entry.seed == 99


def test_pixels_alone_come_in_too(panel: LibraryPanel, window: Window) -> None:
    image = QImage(12, 6, QImage.Format.Format_RGB32)
    image.fill(0x123456)
    mime = QMimeData()
    mime.setImageData(image)
    assert drop_on(panel, mime)
    (entry,) = (each for each in window.library.recent() if each.width == 12)
    assert QImage(str(entry.path)).pixel(3, 3) == image.pixel(3, 3)


def test_a_dropped_folder_is_shown_where_it_lies_and_forgotten(
    qtbot: QtBot, panel: LibraryPanel, window: Window, theirs: Path
) -> None:
    found(qtbot, panel, "owl", "fox", "lamp")
    assert drop_on(panel, files_mime([str(theirs)]))
    assert window.settings.get(PICTURE_FOLDERS) == (theirs,)
    entries = pick(chip(panel, "Folder"), "outputs/txt2img")
    assert entries[:2] == ["The library's own folder", "outputs/txt2img  (1)"]
    key = (theirs / "frog.png").as_posix()
    qtbot.waitUntil(lambda: panel.view.wall._keys == (key,))
    panel.view.wall.choose(key)
    said = words_of(panel.inspector)
    assert said[said.index("Made with") + 1] == "A1111"
    assert said[said.index("Folder") + 1] == "outputs/txt2img"
    window.actions.trigger("library.forget_folder")
    found(qtbot, panel, "owl", "fox", "lamp")
    assert (theirs / "frog.png").exists()
    assert not window.actions.can_run("library.forget_folder")


def test_a_folder_that_is_shown_already_is_said(
    panel: LibraryPanel, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = window.library.folder / "2026-11-24"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(inside))
    window.actions.trigger("library.add_folder")
    assert "already" in window.problems[0].message
    assert window.settings.get(PICTURE_FOLDERS) == ()


def test_a_folder_that_is_unplugged_is_marked(
    qtbot: QtBot, panel: LibraryPanel, window: Window, theirs: Path
) -> None:
    assert drop_on(panel, files_mime([str(theirs)]))
    key = (theirs / "frog.png").as_posix()
    qtbot.waitUntil(lambda: key in panel.view.wall._keys)
    theirs.rename(theirs.with_name("away"))
    window.actions.trigger("library.look_again")
    panel.view.wall.choose(key)

    def marked() -> bool:
        item = panel.view.wall.current()
        return item is not None and item.note == "Not here now"

    qtbot.waitUntil(marked)
    said = words_of(panel.inspector)
    assert said[said.index("Folder") + 1] == "outputs/txt2img, not there now"
    window.actions.trigger("library.open")
    assert "Plug in its disk" in window.problems[0].hint


def test_filters_by_program_and_seed(
    qtbot: QtBot, panel: LibraryPanel, window: Window, theirs: Path
) -> None:
    assert drop_on(panel, files_mime([str(theirs / "frog.png")]))
    assert pick(chip(panel, "Program"), "A1111") == ["A1111  (1)"]
    qtbot.waitUntil(lambda: len(panel.view.wall._keys) == 1)
    chip(panel, "Program").cleared.emit()
    qtbot.waitUntil(lambda: len(panel.view.wall._keys) == 4)
    panel.view.wall.choose("fox.png")
    chip(panel, "Seed").click()
    (dialog,) = panel.window().findChildren(Ask)
    assert dialog.field.text() == "8", "of the chosen picture"
    dialog.yes.click()
    found(qtbot, panel, "fox")
    assert chip(panel, "Seed").value == "8"
    panel.view.bar._on_seed_answered("no number")
    panel.view.bar._on_seed_answered(str(2**64))
    assert panel.state.query.seed == 8
    chip(panel, "Seed").cleared.emit()
    qtbot.waitUntil(lambda: len(panel.view.wall._keys) == 4)


def test_it_says_where_a_picture_is_used(panel: LibraryPanel, window: Window) -> None:
    window.used[window.library.folder / "owl.png"] = ("shot 1A", "shot 3B")
    panel.view.wall.choose("owl.png")
    said = words_of(panel.inspector)
    assert said[said.index("Used in") + 1] == "shot 1A, shot 3B"
    panel.view.wall.choose("fox.png")
    assert "Used in" not in words_of(panel.inspector)


def test_paths_are_copied_and_the_viewer_is_opened(
    panel: LibraryPanel, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return len(opened) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    panel.view.wall.choose("owl.png")
    owl = str(window.library.folder / "owl.png")
    window.actions.trigger("library.open")
    window.actions.trigger("library.open")
    assert opened == [owl, owl]
    assert "no viewer" in window.problems[0].message
    panel.view.wall.select_all()
    window.actions.trigger("library.copy_path")
    assert QGuiApplication.clipboard().text().splitlines()[0] == owl
    assert len(QGuiApplication.clipboard().text().splitlines()) == 3


def test_a_long_look_is_seen_and_can_be_stopped(
    qtbot: QtBot, panel: LibraryPanel, window: Window
) -> None:
    (line,) = panel.findChildren(WorkLine)
    cancelled: list[bool] = []
    line._patience.setInterval(0)
    window.work.progressed.emit(20, 1_000)
    qtbot.waitUntil(line.isVisible)
    assert words_of(line) == ["Looking through pictures: 20 of 1\N{NO-BREAK SPACE}000"]
    job = window.jobs.submit(None, title="")
    job.cancel_requested.connect(lambda: cancelled.append(True))
    window.work._under_way.append(job)
    line._cancel.click()
    assert cancelled == [True]
    window.work._under_way.clear()
    window.work.ended.emit()
    assert not line.isVisible()


def test_the_ranked_list_is_not_kept(window: Window, make: Make) -> None:
    first = make()
    query = replace(
        first.state.query, ranked=("b.png", "a.png"), seed=5, collection="x", tool="a1111"
    )
    first.view.bar.query_edited.emit(query)
    first.hide()
    assert make().state.query == replace(query, ranked=None)
