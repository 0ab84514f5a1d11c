"""What is taken, from whom, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from studio.shell.rail_button import RailButton
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_mime import (
    dropped_folders,
    dropped_image,
    dropped_pictures,
    files_mime,
    has_image,
    image_mime,
)
from tests.studio.dragging import drag_away, drag_over, drop_on
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


@pytest.fixture
def target(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(200, 100)
    return made


def test_pictures_are_taken_and_told_where(target: QWidget) -> None:
    drops = PictureDrops(target)
    heard: list[object] = []
    drops.hovered.connect(heard.append)
    drops.left.connect(lambda: heard.append("left"))
    drops.dropped.connect(lambda mime, at: heard.append((dropped_pictures(mime), at)))
    at = QPoint(20, 30)
    assert drop_on(target, files_mime(["/a/one.PNG", "/a/two.webp", "/a/notes.txt"]), at)
    assert heard == [at, at, "left", (["/a/one.PNG", "/a/two.webp"], at)]
    heard.clear()
    assert drag_over(target, files_mime(["/a/one.png"]), at)
    drag_away(target)
    assert heard == [at, at, "left"]


def test_what_is_no_picture_is_refused(target: QWidget) -> None:
    PictureDrops(target)
    text = QMimeData()
    text.setText("an owl")
    far = QMimeData()
    far.setUrls([QUrl("https://example.org/owl.png")])
    for mime in (text, far, files_mime(["/a/notes.txt"])):
        assert not drop_on(target, mime)


def test_the_widget_may_want_something_else(target: QWidget) -> None:
    asked: list[QObject | None] = []

    def wanted(mime: QMimeData, source: QObject | None) -> bool:
        asked.append(source)
        return mime.hasText()

    PictureDrops(target, wanted)
    text = QMimeData()
    text.setText("an owl")
    assert drop_on(target, text)
    assert asked == [None]


def test_folders_and_pictures_without_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    mime = files_mime([str(tmp_path), str(tmp_path / "a.png")])
    assert dropped_folders(mime) == [str(tmp_path)]
    assert not has_image(mime)
    assert dropped_image(mime) == (b"", "")
    raw = QMimeData()
    raw.setData("image/webp", b"RIFF")
    assert has_image(raw)
    assert dropped_image(raw) == (b"RIFF", ".webp")
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data, suffix = dropped_image(image_mime(image, "/a/b.png"))
    assert suffix == ".png"
    assert QImage.fromData(data).pixelColor(1, 1) == image.pixelColor(1, 1)


def test_a_picture_held_over_the_rail_presses_it(qtbot: QtBot) -> None:
    button = RailButton("image", "Library")
    qtbot.addWidget(button)
    button.setCheckable(True)
    with qtbot.waitSignal(button.clicked, timeout=2_000):
        assert drag_over(button, files_mime(["/a/one.png"]))
    assert button.isChecked()
    assert drag_over(button, files_mime(["/a/one.png"]))
    assert not button._spring.isActive(), "it is in front already"
    button.setChecked(False)
    assert drag_over(button, files_mime(["/a/one.png"]))
    drag_away(button)
    assert not button._spring.isActive()
