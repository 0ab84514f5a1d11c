"""The wall of pictures: what it fetches, how one moves and chooses, and that it stays put."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from studio import theme
from studio.widgets.picture_item import PictureItem
from studio.widgets.picture_wall import PictureWall
from studio.widgets.thumbnail_files import ThumbnailFiles
from studio.widgets.thumbnail_loader import ThumbnailLoader

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MANY = 50_000


class Shelf:
    """Items by key, and which were asked for."""

    def __init__(self, path: str = "/nowhere.png") -> None:
        self.path = path
        self.asked: list[str] = []

    def fetch(self, keys: Sequence[str]) -> dict[str, PictureItem]:
        self.asked.extend(keys)
        return {key: PictureItem(key, 100, 100, f"Picture {key}", self.path) for key in keys}


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def wall(qtbot: QtBot, tmp_path: Path, shelf: Shelf) -> Iterator[PictureWall]:
    if theme.current().name != "dark" or not theme.application().styleSheet():
        theme.current().set("dark")
    loader = ThumbnailLoader(ThumbnailFiles(tmp_path / "cache"))
    made = PictureWall("Pictures", loader, shelf.fetch)
    qtbot.addWidget(made)
    made.set_row_height(100)
    made.resize(4 * 100 + 3 * 12 + 24, 330)  # four squares of 100 in a row, three rows
    made.show()
    yield made
    loader.finish()


def fill(wall: PictureWall, count: int) -> None:
    keys = [str(number) for number in range(count)]
    wall.set_pictures(keys, array("d", [1.0] * count))


def centre(column: int, row: int) -> QPoint:
    return QPoint(column * 112 + 50, row * 112 + 50)


def click(wall: PictureWall, column: int, row: int, *keys: Qt.KeyboardModifier) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for key in keys:
        modifiers |= key
    QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, modifiers, centre(column, row))


def test_of_many_only_what_can_be_seen_is_fetched(wall: PictureWall, shelf: Shelf) -> None:
    fill(wall, MANY)
    wall.grab()
    assert len(shelf.asked) < 60
    wall.verticalScrollBar().setValue(wall.verticalScrollBar().maximum() // 2)
    wall.grab()
    assert len(shelf.asked) < 150
    assert str(MANY // 2) in shelf.asked


def test_pictures_are_drawn_where_they_lie(
    qtbot: QtBot, wall: PictureWall, shelf: Shelf, tmp_path: Path
) -> None:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("#3366cc"))
    shelf.path = str(tmp_path / "a.png")
    assert image.save(shelf.path)
    fill(wall, 6)

    def blue() -> bool:
        shot = wall.grab().toImage()
        return shot.pixelColor(centre(1, 1)) == QColor("#3366cc")

    qtbot.waitUntil(blue)
    assert wall.grab().toImage().pixelColor(centre(2, 1)) == theme.colour("bg")


def test_mouse(qtbot: QtBot, wall: PictureWall) -> None:
    fill(wall, 12)
    click(wall, 1, 0)
    assert wall.chosen() == ("1",)
    click(wall, 2, 1, Qt.KeyboardModifier.ShiftModifier)
    assert wall.chosen() == tuple("123456")
    click(wall, 2, 0, Qt.KeyboardModifier.ControlModifier)
    assert wall.chosen() == tuple("13456")
    click(wall, 0, 1)
    assert wall.chosen() == ("4",)
    with qtbot.waitSignal(wall.opened):
        QTest.mouseDClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=centre(0, 1))
    QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(105, 5))
    assert wall.chosen() == ()


@pytest.mark.parametrize(
    ("keys", "current"),
    [
        ([Qt.Key.Key_Down], "0"),
        ([Qt.Key.Key_End], "13"),
        ([Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down], "5"),
        ([Qt.Key.Key_End, Qt.Key.Key_Up], "9"),
        ([Qt.Key.Key_Home, Qt.Key.Key_PageDown, Qt.Key.Key_Left], "7"),
        ([Qt.Key.Key_Home, Qt.Key.Key_Left], "0"),
    ],
)
def test_keys(wall: PictureWall, keys: list[Qt.Key], current: str) -> None:
    fill(wall, 14)
    for key in keys:
        QTest.keyClick(wall, key)
    item = wall.current()
    assert item is not None
    assert item.key == current
    assert wall.accessibleDescription() == f"Picture {current}"
    assert wall.position() == (int(current) + 1, 14)


def test_keys_scroll_to_where_they_lead(wall: PictureWall) -> None:
    fill(wall, MANY)
    QTest.keyClick(wall, Qt.Key.Key_End)
    bar = wall.verticalScrollBar()
    assert bar.value() == bar.maximum()
    QTest.keyClick(wall, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(wall, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert len(wall.chosen()) == MANY


def test_a_new_picture_above_moves_nothing(wall: PictureWall) -> None:
    keys = [str(number) for number in range(400)]
    wall.set_pictures(keys, array("d", [1.0] * 400))
    wall.verticalScrollBar().setValue(10 * 112 + 30)
    wall.choose("44")
    wall.set_pictures(["a", "b", "c", "d", *keys], array("d", [1.0] * 404), stay=True)
    assert wall.verticalScrollBar().value() == 11 * 112 + 30
    assert wall.chosen() == ("44",)
    wall.set_pictures(keys[:30], array("d", [1.0] * 30))
    assert wall.verticalScrollBar().value() == 0


def test_what_is_gone_leaves_the_choice_to_its_neighbour(qtbot: QtBot, wall: PictureWall) -> None:
    fill(wall, 5)
    wall.choose("2")
    with qtbot.waitSignal(wall.selection_changed):
        wall.set_pictures(["0", "1", "3", "4"], array("d", [1.0] * 4), stay=True)
    assert wall.chosen() == ("3",)


def test_another_size_leaves_the_picture_at_the_edge_there(wall: PictureWall) -> None:
    fill(wall, 1000)
    wall.verticalScrollBar().setValue(20 * 112)
    wall.set_row_height(220)
    assert wall._anchor()[0] in ("80", "81")
    assert wall.size() == QSize(460, 330)


def test_marks_are_on_the_pictures(wall: PictureWall) -> None:
    fill(wall, 4)
    before = wall.grab().toImage()
    wall.set_marks({"1": "A"})
    after = wall.grab().toImage()
    corner = QPoint(112 + 100 - 20, 100 - 20)
    assert before.pixelColor(corner) != after.pixelColor(corner)
    assert before.pixelColor(centre(2, 0)) == after.pixelColor(centre(2, 0))
