"""Cells, loader, grid and zoom, by their pixels and signals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from studio import theme
from studio.tokens import PICTURE
from studio.widgets.picture_area import RIGHT_MARGIN
from studio.widgets.picture_cell import CellLook, paint_cell
from studio.widgets.picture_grid import PictureGrid
from studio.widgets.picture_item import PictureItem, PictureSection
from studio.widgets.picture_loader import PictureLoader
from studio.widgets.picture_mime import dropped_pictures, files_mime, image_mime
from studio.widgets.scrim_button import ScrimButton
from studio.widgets.zoom_view import ZoomView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _dark(qtbot: QtBot) -> None:
    theme.current().set("dark")


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[PictureLoader]:
    made = PictureLoader()
    yield made
    made.finish()


def picture(folder: Path, name: str, colour: str = "#3366cc", side: int = 64) -> str:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    path = str(folder / name)
    assert image.save(path)
    return path


def painted(look: CellLook, colour: str = "#3366cc") -> QImage:
    image = QImage(32, 32, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    canvas = QImage(400, 300, QImage.Format.Format_RGB32)
    canvas.fill(theme.colour("bg"))
    painter = QPainter(canvas)
    paint_cell(painter, QRectF(0, 0, 400, 300), image, look)
    painter.end()
    return canvas


# ---- cell ---------------------------------------------------------------------------------------


def test_the_picture_fills_its_cell_and_the_corners_are_round() -> None:
    canvas = painted(CellLook())
    assert canvas.pixelColor(200, 150) == QColor("#3366cc")
    assert canvas.pixelColor(399, 150) == QColor("#3366cc")
    assert canvas.pixelColor(0, 0) == theme.colour("bg")


def test_the_bar_is_as_long_as_the_work_is_done() -> None:
    canvas = painted(CellLook(note="Step 14 of 20", fraction=0.7))
    accent = QColor(PICTURE["accent"])
    assert canvas.pixelColor(200, 298) == accent
    assert canvas.pixelColor(270, 297) == accent
    assert canvas.pixelColor(290, 297) != accent
    assert canvas.pixelColor(200, 295) != accent  # four pixels high


def test_words_stand_on_a_dark_scrim_even_over_white() -> None:
    canvas = painted(CellLook(caption="Seed 1", chosen=True), "#ffffff")
    assert canvas.pixelColor(390, 280).lightness() < 100
    assert canvas.pixelColor(390, 250) == QColor("#ffffff")


def test_star_and_outline_show() -> None:
    plain, marked = painted(CellLook()), painted(CellLook(starred=True, chosen=True))
    assert marked.pixelColor(20, 20) == QColor(PICTURE["accent"])
    assert marked.pixelColor(200, 0) == theme.colour("accent")
    assert plain.pixelColor(200, 0) == QColor("#3366cc")


# ---- loader -------------------------------------------------------------------------------------


def test_a_picture_is_read_in_the_background_at_the_size_asked(
    qtbot: QtBot, loader: PictureLoader, tmp_path: Path
) -> None:
    path = picture(tmp_path, "a.png", side=512)
    assert loader.image(path, QSize(100, 100)) is None
    with qtbot.waitSignal(loader.loaded):
        pass
    image = loader.image(path, QSize(100, 100))
    assert image is not None
    assert image.width() == 128
    assert loader.nearest(path) is not None


def test_a_broken_file_is_told_once_and_not_read_again(
    qtbot: QtBot, loader: PictureLoader, tmp_path: Path
) -> None:
    path = tmp_path / "b.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\nnot really")
    loader.image(str(path))
    with qtbot.waitSignal(loader.failed):
        pass
    with qtbot.assertNotEmitted(loader.failed, wait=50):
        assert loader.image(str(path)) is None


def test_the_oldest_go_when_there_are_too_many_bytes(qtbot: QtBot, tmp_path: Path) -> None:
    small = PictureLoader(limit_bytes=3 * 64 * 64 * 4)
    paths = [picture(tmp_path, f"{index}.png") for index in range(5)]
    for path in paths:
        small.image(path)
        with qtbot.waitSignal(small.loaded):
            pass
    assert small.held_bytes <= 3 * 64 * 64 * 4
    assert small.nearest(paths[0]) is None
    assert small.nearest(paths[-1]) is not None
    small.finish()


# ---- grid ---------------------------------------------------------------------------------------


def sections(tmp_path: Path, *counts: int) -> list[PictureSection]:
    made = []
    for number, count in enumerate(counts):
        items = tuple(
            PictureItem(
                f"{number}/{index}",
                64,
                64,
                f"Batch {number}, picture {index}",
                path=picture(tmp_path, f"{number}-{index}.png"),
                caption=f"Seed {index}",
            )
            for index in range(count)
        )
        made.append(PictureSection(str(number), f"Batch {number}", "facts", items))
    return made


@pytest.fixture
def grid(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> PictureGrid:
    made = PictureGrid("Pictures", loader)
    qtbot.addWidget(made)
    made.resize(640 + RIGHT_MARGIN, 330)
    made.set_sections(sections(tmp_path, 4, 2))
    made.show()
    return made


def keys(grid: PictureGrid) -> list[str]:
    return [item.key for item in grid.chosen()]


def test_arrows_walk_through_batches(qtbot: QtBot, grid: PictureGrid) -> None:
    for key, expected in (
        (Qt.Key.Key_Right, "0/0"),
        (Qt.Key.Key_Right, "0/1"),
        (Qt.Key.Key_Down, "1/0"),
        (Qt.Key.Key_Up, "0/0"),
        (Qt.Key.Key_End, "1/1"),
        (Qt.Key.Key_Home, "0/0"),
    ):
        QTest.keyClick(grid, key)
        assert keys(grid) == [expected], key
    QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert keys(grid) == ["0/0", "0/1"]
    assert grid.accessibleDescription() == "Batch 0, picture 1"


def test_clicks_choose_toggle_and_extend(qtbot: QtBot, grid: PictureGrid) -> None:
    def click(x: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        point = QPointF(x, 60).toPoint()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, point)

    click(50)
    click(560, Qt.KeyboardModifier.ShiftModifier)
    assert keys(grid) == ["0/0", "0/1", "0/2", "0/3"]
    click(220, Qt.KeyboardModifier.ControlModifier)
    assert keys(grid) == ["0/0", "0/2", "0/3"]
    click(560)
    assert keys(grid) == ["0/3"]


def test_enter_space_and_double_click_open(qtbot: QtBot, grid: PictureGrid) -> None:
    opened: list[int] = []
    grid.opened.connect(lambda: opened.append(1))
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert not opened  # nothing is chosen yet
    grid.choose("0/1")
    QTest.keyClick(grid, Qt.Key.Key_Return)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    point = QPointF(60, 60).toPoint()
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert len(opened) == 3


def test_the_edges_are_flush_and_a_preview_is_painted_at_once(
    qtbot: QtBot, loader: PictureLoader
) -> None:
    grid = PictureGrid("Pictures", loader)
    qtbot.addWidget(grid)
    grid.resize(640 + RIGHT_MARGIN, 400)
    item = PictureItem("a", 200, 100, "a", note="Step 1 of 2", fraction=0.5)
    grid.set_sections([PictureSection("s", "S", "", (item,))])
    preview = QImage(8, 4, QImage.Format.Format_RGB32)
    preview.fill(QColor("#22aa44"))
    grid.set_preview("a", preview)
    image = grid.viewport().grab().toImage()
    assert image.pixelColor(0, 100) == QColor("#22aa44")
    assert image.pixelColor(639, 100) == QColor("#22aa44")
    assert image.pixelColor(645, 100) != QColor("#22aa44")
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(9, 9).toPoint())
    assert grid.chosen() == ()  # there is no file yet


def test_scrolling_tells_which_batch_is_on_top(grid: PictureGrid) -> None:
    shown: list[str] = []
    grid.section_shown.connect(shown.append)
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    grid.scroll_to_top()
    assert shown == ["1", "0"]


def test_the_selection_outlives_new_batches_and_the_deletion_of_its_picture(
    grid: PictureGrid, tmp_path: Path
) -> None:
    grid.choose("0/1")
    first, second = sections(tmp_path, 4, 2)
    grid.set_sections([PictureSection("new", "New", "", second.items[:1]), first])
    assert keys(grid) == ["0/1"]
    rest = tuple(item for item in first.items if item.key != "0/1")
    grid.set_sections([PictureSection("0", "Batch 0", "", rest)])
    assert keys(grid) == ["0/2"]


# ---- mime ---------------------------------------------------------------------------------------


def test_files_go_out_as_files_and_png(tmp_path: Path) -> None:
    path = picture(tmp_path, "a.png")
    mime = files_mime([path])
    assert [url.toLocalFile() for url in mime.urls()] == [path]
    assert bytes(mime.data("image/png").data()) == Path(path).read_bytes()
    assert not files_mime([path, path]).hasFormat("image/png")
    assert image_mime(QImage(path), path).hasImage()
    assert dropped_pictures(mime) == [path]


# ---- zoom ---------------------------------------------------------------------------------------


@pytest.fixture
def zoom(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> ZoomView:
    view = ZoomView("Picture", loader)
    qtbot.addWidget(view)
    view.resize(448, 448)
    path = picture(tmp_path, "z.png", side=100)
    view.show_picture(PictureItem("z", 100, 100, "z", path=path, caption="Seed 1"), (1, 2))
    view.show()
    return view


def test_a_small_picture_begins_as_large_as_fits(qtbot: QtBot, zoom: ZoomView) -> None:
    assert zoom.scale == pytest.approx(4.0)
    qtbot.waitUntil(lambda: zoom.grab().toImage().pixelColor(60, 60) == QColor("#3366cc"))
    assert zoom.grab().toImage().pixelColor(5, 5) == theme.colour("bg")


def test_zooming_leaves_the_point_under_the_cursor(zoom: ZoomView) -> None:
    at = QPointF(124, 224)  # a quarter in from the left

    def under() -> float:
        frame = zoom._frame()
        return (at.x() - frame.left()) / frame.width()

    before = under()
    zoom.zoom(2.0, at)
    assert zoom.scale == pytest.approx(8.0)
    assert under() == pytest.approx(before)
    zoom.zoom(0.01)
    assert zoom.scale == pytest.approx(4.0)  # never smaller than fits


def test_buttons_leaf_and_close(qtbot: QtBot, zoom: ZoomView) -> None:
    steps: list[int] = []
    closed: list[int] = []
    zoom.stepped.connect(steps.append)
    zoom.closed.connect(lambda: closed.append(1))
    item = zoom._item
    assert item is not None
    back, before, after = zoom.findChildren(ScrimButton)
    zoom.show_picture(item, (2, 3))
    for button in (before, after, back):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (steps, closed) == ([-1, 1], [1])
    zoom.show_picture(item, (1, 1))
    assert before.isHidden()
    assert after.isHidden()


def test_keys_leaf_and_close(qtbot: QtBot, zoom: ZoomView) -> None:
    steps: list[int] = []
    closed: list[int] = []
    zoom.stepped.connect(steps.append)
    zoom.closed.connect(lambda: closed.append(1))
    QTest.keyClick(zoom, Qt.Key.Key_Right)
    QTest.keyClick(zoom, Qt.Key.Key_Left)
    QTest.keyClick(zoom, Qt.Key.Key_Escape)
    assert (steps, closed) == ([1, -1], [1])
