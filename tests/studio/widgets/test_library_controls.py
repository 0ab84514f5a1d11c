"""Filter chips, the search field, the preview and the comparison, by their signals and pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QPushButton

from studio import theme
from studio.widgets.compare_view import CompareView
from studio.widgets.filter_chip import FilterChip
from studio.widgets.picture_loader import PictureLoader
from studio.widgets.picture_preview import PicturePreview
from studio.widgets.search_field import SearchField

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _dark(qtbot: QtBot) -> None:
    if theme.current().name != "dark" or not theme.application().styleSheet():
        theme.current().set("dark")


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[PictureLoader]:
    made = PictureLoader()
    yield made
    made.finish()


def picture(folder: Path, name: str, colour: str) -> str:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    path = str(folder / name)
    assert image.save(path)
    return path


def test_del_is_the_chips_while_it_is_on(qtbot: QtBot) -> None:
    """Panels have Del as the key of an action, which would delete what is chosen."""
    chip = FilterChip("Model", "cube")
    pressed: list[bool] = []
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(chip)
    delete = QAction("Delete", window)
    delete.setShortcut("Del")
    delete.triggered.connect(lambda: pressed.append(True))
    window.addAction(delete)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    chip.setFocus()
    chip.set_value("SDXL base 1.0")
    with qtbot.waitSignal(chip.cleared):
        QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert pressed == []
    chip.set_value("")
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert len(pressed) == 1


def test_a_chip_is_set_and_taken_off(qtbot: QtBot) -> None:
    chip = FilterChip("Model", "cube")
    qtbot.addWidget(chip)
    chip.show()
    assert "Model" in chip.accessibleName()
    with qtbot.assertNotEmitted(chip.cleared), qtbot.waitSignal(chip.clicked):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    narrow = chip.sizeHint().width()
    chip.set_value("SDXL base 1.0")
    chip.resize(chip.sizeHint())
    assert chip.width() > narrow
    assert "SDXL base 1.0" in chip.accessibleName()
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.cleared):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    cross = QPoint(chip.width() - 14, 12)
    with qtbot.waitSignal(chip.cleared), qtbot.assertNotEmitted(chip.clicked):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=cross)
    with qtbot.waitSignal(chip.cleared):
        QTest.keyClick(chip, Qt.Key.Key_Delete)
    with qtbot.waitSignal(chip.clicked):
        QTest.keyClick(chip, Qt.Key.Key_Return)


def test_the_search_is_emptied(qtbot: QtBot) -> None:
    field = SearchField("Find", "Words")
    qtbot.addWidget(field)
    field.show()
    cross = field.findChild(QPushButton)
    assert cross is not None
    assert not cross.isVisible()
    QTest.keyClicks(field, "fox")
    assert cross.isVisible()
    cross.click()
    assert field.text() == ""
    QTest.keyClicks(field, "owl")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down):
        with qtbot.waitSignal(field.left):
            QTest.keyClick(field, key)


def test_the_preview_keeps_the_shape(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    preview = PicturePreview("Picture", loader)
    qtbot.addWidget(preview)
    preview.show_picture(picture(tmp_path, "a.png", "#3366cc"), 200, 100)
    assert preview.heightForWidth(264) == 132
    preview.resize(264, 132)
    preview.show()
    qtbot.waitUntil(lambda: preview.grab().toImage().pixelColor(130, 60) == QColor("#3366cc"))
    preview.show_picture("", 100, 1000)
    assert preview.heightForWidth(264) == 300


@pytest.fixture
def compare(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> CompareView:
    view = CompareView("Compared", loader)
    qtbot.addWidget(view)
    view.resize(212, 200)
    view.show_pictures(picture(tmp_path, "a.png", "#ff0000"), picture(tmp_path, "b.png", "#0000ff"))
    view.show()
    view.grab()
    qtbot.waitUntil(lambda: _at(view, 60, 120).red() == 255 and _at(view, 150, 120).blue() == 255)
    return view


def _at(view: CompareView, x: int, y: int) -> QColor:
    return view.grab().toImage().pixelColor(x, y)


def test_the_slider_uncovers(compare: CompareView) -> None:
    line = QPoint(106, 60)
    QTest.mousePress(compare, Qt.MouseButton.LeftButton, pos=line)
    QTest.mouseMove(compare, QPoint(180, 60))
    QTest.mouseRelease(compare, Qt.MouseButton.LeftButton, pos=QPoint(180, 60))
    assert compare.split == pytest.approx((180 - 6) / 200)  # of the picture
    assert _at(compare, 150, 120) == QColor("#ff0000")
    for _ in range(60):
        QTest.keyClick(compare, Qt.Key.Key_Left)
    assert compare.split == 0
    assert _at(compare, 60, 120) == QColor("#0000ff")


def test_labels_stand_in_the_corners_of_the_picture(compare: CompareView) -> None:
    compare.set_labels("", "")
    bare = _at(compare, 10, 5), _at(compare, 200, 5), _at(compare, 2, 5)
    compare.set_labels("Before", "After")
    assert _at(compare, 10, 5) != bare[0]
    assert _at(compare, 200, 5) != bare[1]
    assert _at(compare, 2, 5) == bare[2]  # beside the picture


def test_a_share_of_the_second(compare: CompareView) -> None:
    compare.set_share(0.5)
    mixed = _at(compare, 150, 120)
    assert 100 < mixed.red() < 155
    assert 100 < mixed.blue() < 155


def test_one_picture_alone_is_shown_whole(compare: CompareView) -> None:
    compare.show_pictures(compare._paths[0], "")
    assert _at(compare, 60, 120) == QColor("#ff0000")
    assert _at(compare, 106, 150) == QColor("#ff0000")
    assert _at(compare, 150, 120) == QColor("#ff0000")


def test_side_by_side_and_difference(compare: CompareView) -> None:
    compare.set_mode("side")
    assert _at(compare, 50, 100) == QColor("#ff0000")
    assert _at(compare, 160, 100) == QColor("#0000ff")
    assert _at(compare, 106, 100) not in (QColor("#ff0000"), QColor("#0000ff"))
    compare.set_mode("difference")
    assert _at(compare, 106, 100) == QColor("#ff00ff")


def test_equal_pictures_have_a_black_difference(compare: CompareView, tmp_path: Path) -> None:
    path = str(tmp_path / "a.png")
    compare.show_pictures(path, path)
    compare.set_mode("difference")
    assert _at(compare, 106, 100) == QColor("#000000")


def test_zoom_and_pan_move_both(compare: CompareView) -> None:
    compare.set_mode("side")
    compare.zoom(4, QPointF(10, 100))
    assert compare.zoom_factor == 4
    first, second = compare._panes()
    image = compare._image(0)
    assert image is not None
    frames = [compare._frame(pane, image).translated(-pane.left(), 0) for pane in (first, second)]
    assert frames[0] == frames[1]
    before = frames[0].left()
    QTest.mousePress(compare, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    QTest.mouseMove(compare, QPoint(40, 100))
    QTest.mouseRelease(compare, Qt.MouseButton.LeftButton, pos=QPoint(40, 100))
    assert compare._frame(first, image).left() == pytest.approx(before - 20)
    QTest.keyClick(compare, Qt.Key.Key_0)
    assert compare.zoom_factor == 1
    QTest.keyClick(compare, Qt.Key.Key_Plus)
    assert compare.zoom_factor == 1.25
    QTest.keyClick(compare, Qt.Key.Key_Minus)
    assert compare.zoom_factor == 1


def test_esc_closes(qtbot: QtBot, compare: CompareView) -> None:
    with qtbot.waitSignal(compare.closed):
        QTest.keyClick(compare, Qt.Key.Key_Escape)
