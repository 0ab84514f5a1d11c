"""Pictures of entries: dropped, pasted, chosen; stored in the project and shown from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMenu, QPlainTextEdit

from studio.asset_pictures import AssetPictures
from studio.document.assets import Asset
from studio.document.errors import ProjectError
from studio.panels.bible.pictures import store_pictures
from tests.studio.dragging import drop_on
from tests.studio.panels.bible.fakes import picture
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.panels.bible.panel import BiblePanel
    from studio.widgets.picture_tile import PictureTile
    from tests.studio.panels.bible.fakes import Window

pytestmark = OFFSCREEN


def references(window: Window, entry_id: str = "mara") -> list[str]:
    return [reference.asset for reference in window.entry(entry_id).references]


def test_a_picture_comes_back_as_it_was(window: Window, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    (hash_,) = store_pictures(window.project, [str(path)])
    assert window.project.asset(hash_).data == path.read_bytes()
    pictures = AssetPictures(window.project)
    assert pictures.read(hash_, QSize()).size() == QSize(40, 60)
    assert pictures.read(hash_, QSize(20, 20)).height() == 20
    assert pictures.read("0" * 64, QSize()).isNull()


def test_what_is_no_picture_is_refused_by_name(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "letter.png"
    path.write_text("Dear Tom,")
    with pytest.raises(ProjectError, match=r"“letter\.png” is no picture"):
        store_pictures(window.project, [str(path)])


def test_a_picture_with_a_stranger_as_its_start_is_refused(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "half.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    with pytest.raises(ProjectError, match="is no picture"):
        store_pictures(window.project, [str(path)])


def test_dropped_pictures_become_references_and_the_first_the_portrait(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [picture(tmp_path / "a.png"), picture(tmp_path / "b.png", "#2030c0")]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    entries = panel.view.entries.entries
    assert entries.dropMimeData(mime, Qt.DropAction.CopyAction, -1, -1, entries.index(1))
    qtbot.waitUntil(lambda: len(references(window, "tom")) == 2)
    assert window.entry("tom").portrait == references(window, "tom")[0]
    assert window.project.undo_text == "Old Tom: pictures"
    panel.show_entry("tom")
    assert len(panel.inspector.references.tiles) == 2
    assert panel.view.card.head.portrait.path == window.entry("tom").portrait
    with qtbot.waitSignal(panel._loader.loaded):
        panel.inspector.references.tiles[0].repaint()
    panel.inspector.references.tiles[1].click()
    assert window.entry("tom").portrait == references(window, "tom")[1]


def test_a_picture_dropped_on_the_portrait_is_the_entrys_and_no_text(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "a.png")))])
    assert drop_on(panel.view.card.head, mime)
    qtbot.waitUntil(lambda: len(references(window)) == 1)
    for field in panel.view.card.fields():
        inside = field.viewport() if isinstance(field, QPlainTextEdit) else field
        assert not inside.acceptDrops()


def test_a_pasted_picture_is_added(panel: BiblePanel, window: Window, qtbot: QtBot) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    panel.inspector.references.paste()
    qtbot.waitUntil(lambda: len(references(window)) == 1)
    assert window.project.asset(references(window)[0]).media == "image/png"


def test_the_same_picture_is_added_once(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = str(picture(tmp_path / "a.png"))
    panel.pictures.add("mara", [path])
    qtbot.waitUntil(lambda: len(references(window)) == 1)
    panel.pictures.add("mara", [path])
    qtbot.waitUntil(lambda: panel.view.notice.text == "The entry has this picture already.")
    assert len(references(window)) == 1


def test_a_broken_picture_is_told_and_nothing_is_changed(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "letter.png"
    path.write_text("Dear Tom,")
    panel.pictures.add("mara", [str(picture(tmp_path / "a.png")), str(path)])
    qtbot.waitUntil(lambda: bool(window.problems))
    assert window.problems[0].message == "“letter.png” is no picture."
    assert references(window) == []


def test_pictures_are_moved_and_removed_by_keys(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [str(picture(tmp_path / f"{c}.png", f"#{c}0{c}0{c}0")) for c in "123"]
    panel.pictures.add("mara", paths)
    qtbot.waitUntil(lambda: len(references(window)) == 3)
    one, two, three = references(window)
    shown = panel.inspector.references
    panel.inspector.activateWindow()
    shown.tiles[0].setFocus()
    qtbot.waitUntil(shown.tiles[0].hasFocus)
    QTest.keyClick(shown.tiles[0], Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert references(window) == [two, one, three]
    QTest.keyClick(shown.tiles[0], Qt.Key.Key_Delete)
    assert references(window) == [one, three]
    # The first of the others stands for the entry when its portrait is gone.
    panel.pictures.change("mara", window.entry("mara").references[1:])
    assert window.entry("mara").portrait == three
    panel.pictures.change("mara", ())
    assert window.entry("mara").portrait == ""


def test_a_caption_is_what_a_picture_is_called(
    panel: BiblePanel,
    window: Window,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel.pictures.add("mara", [str(picture(tmp_path / "a.png"))])
    qtbot.waitUntil(lambda: len(references(window)) == 1)
    tile = panel.inspector.references.tiles[0]

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(each for each in menu.actions() if each.text() == "Caption…").trigger()
        menu.close()

    def describe(tile: PictureTile) -> None:
        QTimer.singleShot(0, choose)
        tile.customContextMenuRequested.emit(QPoint(1, 1))

    answers = iter([("", False), ("  By the <i>sea</i> ", True)])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: next(answers))
    describe(tile)
    assert window.project.undo_text == "Mara: pictures"
    assert window.entry("mara").references[0].caption == ""
    describe(tile)
    assert window.entry("mara").references[0].caption == "By the <i>sea</i>"
    again = panel.inspector.references.tiles[0]
    assert again.accessibleName() == "By the <i>sea</i>, the portrait"
    assert "<i>" not in again.toolTip()


def test_chosen_files_come_from_the_library_first(
    panel: BiblePanel,
    window: Window,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = str(picture(tmp_path / "a.png"))
    asked: list[str] = []

    def choose(_window: object, _title: str, folder: str, _kinds: str) -> tuple[list[str], str]:
        asked.append(folder)
        return [path], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    panel.view.card.head.portrait.click()
    qtbot.waitUntil(lambda: len(references(window)) == 1)
    assert asked == [str(window.folder)]


def test_pictures_for_an_entry_that_was_deleted_meanwhile_are_dropped(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.pictures.add("tom", [str(picture(tmp_path / "a.png"))])
    assert panel.entries.delete("Delete", [window.entry("tom")])
    window.background.finish()
    qtbot.wait(1)
    assert window.bible.get("tom") is None
    assert window.problems == []


def test_an_imported_asset_is_stored_as_it_is(window: Window) -> None:
    asset = Asset.from_bytes(b"\x89PNG\r\n\x1a\n rest", "image/png")
    assert store_pictures(window.project, [asset]) == [asset.hash]
