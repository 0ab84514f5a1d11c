"""The controls that the bible brought: words as chips, Markdown, cropped pictures, undo keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from studio import theme
from studio.widgets.filter_chip import FilterChip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.markdown_text import MarkdownText
from studio.widgets.markdown_view import LONGEST, MarkdownView
from studio.widgets.picture_loader import PictureLoader
from studio.widgets.picture_tile import PictureTile, paint_cropped
from studio.widgets.segments import Segments
from studio.widgets.undo_keys import UndoKeys
from studio.widgets.word_chips import WordChips
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


# ---- words as chips --------------------------------------------------------------------------


@pytest.fixture
def chips(qtbot: QtBot) -> WordChips:
    made = WordChips("Tag", "tag", "Add a tag")
    qtbot.addWidget(made)
    made.resize(400, 60)
    made.show()
    return made


def test_a_comma_or_enter_ends_a_word(chips: WordChips, qtbot: QtBot) -> None:
    heard: list[tuple[str, ...]] = []
    chips.words_edited.connect(heard.append)
    QTest.keyClicks(chips.field, "sea,  night  wind ")
    QTest.keyClick(chips.field, Qt.Key.Key_Return)
    assert heard == [("sea",), ("sea", "night wind")]
    QTest.keyClicks(chips.field, "sea,")  # it is there already
    assert len(heard) == 2


def test_a_chip_is_taken_off_by_its_key(chips: WordChips, qtbot: QtBot) -> None:
    chips.set_words(("sea", "wind"))
    first = chips.findChildren(FilterChip)[0]
    with qtbot.waitSignal(chips.words_edited) as told:
        QTest.keyClick(first, Qt.Key.Key_Delete)
    assert told.args == [("wind",)]
    assert chips.words == ("wind",)


def test_a_click_on_a_chip_names_the_word(chips: WordChips, qtbot: QtBot) -> None:
    chips.set_words(("sea",))
    with qtbot.waitSignal(chips.word_clicked) as told:
        chips.findChildren(FilterChip)[0].click()
    assert told.args == ["sea"]


def test_read_only_chips_have_no_field(chips: WordChips) -> None:
    chips.set_words(("sea",))
    chips.set_read_only(True)
    assert not chips.field.isVisible()
    chips.set_words(("sea", "wind"))
    assert not any(chip.isEnabled() for chip in chips.findChildren(FilterChip) if chip.isVisible())


def test_lower_items_stand_in_the_middle_of_their_row(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    flow = FlowLayout(place, 8)
    high, low = QWidget(), QWidget()
    high.setFixedSize(40, 30)
    low.setFixedSize(40, 20)
    flow.addWidget(high)
    flow.addWidget(low)
    place.resize(200, 60)
    place.show()
    assert (high.y(), low.y()) == (0, 5)
    assert flow.heightForWidth(60) == 30 + 8 + 20


# ---- Markdown --------------------------------------------------------------------------------


def test_markdown_is_rendered_and_html_is_not(qtbot: QtBot) -> None:
    view = MarkdownView("Text")
    qtbot.addWidget(view)
    view.show_text("# Mara\n\nGrew up **here**. <script>alert(1)</script> <b>no</b>")
    assert view.toPlainText() == "Mara\nGrew up here. <script>alert(1)</script> <b>no</b>"
    assert "font-weight:700" in view.toHtml().replace("font-weight:600", "font-weight:700")


def test_markdown_reaches_neither_disk_nor_network(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    assert image.save(str(picture))
    view = MarkdownView("Text")
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.show_text(f"![a]({picture.as_uri()}) ![b]({picture}) ![c](http://127.0.0.1:9/x.png)")
    view.show()
    assert view.toPlainText() == "a b c"
    view.setMarkdown(f"![a]({picture.as_uri()}) ![b]({picture})")  # had one slipped through
    shown = view.viewport().grab().toImage()
    across, down = range(0, shown.width(), 2), range(0, shown.height(), 2)
    colours = {shown.pixelColor(x, y).name() for x in across for y in down}
    assert "#ff0000" not in colours


@pytest.mark.parametrize("text", [">" * 100_000, "- " * 50_000, "1. " * 30_000, "x" * 200_000])
def test_markdown_that_is_too_deep_or_too_long_is_cut(qtbot: QtBot, text: str) -> None:
    view = MarkdownView("Text")
    qtbot.addWidget(view)
    view.show_text(text)
    assert len(view.toPlainText()) <= LONGEST + 1


def test_reading_begins_at_the_top(qtbot: QtBot) -> None:
    view = MarkdownView("Text")
    qtbot.addWidget(view)
    view.resize(200, 100)
    view.show()
    view.show_text("A paragraph of some words.\n\n" * 30)
    assert view.verticalScrollBar().maximum() > 0
    assert view.verticalScrollBar().value() == 0


def test_text_is_written_or_read(qtbot: QtBot) -> None:
    both = MarkdownText("Text", "Everything")
    qtbot.addWidget(both)
    both.show()
    heard: list[str] = []
    both.edited.connect(heard.append)
    both.set_text("line\r\nnext")
    assert heard == []  # showing is no editing, whatever the field makes of line ends
    assert both.text() == "line\r\nnext"
    both.set_reading(True)
    assert both.view.isVisible()
    assert both.view.toPlainText() == "line next"
    both.set_reading(False)
    QTest.keyClicks(both.field, "!")
    assert heard == ["!line\nnext"]


# ---- pictures --------------------------------------------------------------------------------


def test_a_picture_is_cropped_to_its_upper_middle(qtbot: QtBot) -> None:
    image = QImage(10, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#0000ff"))
    painter = QPainter(image)
    painter.fillRect(0, 0, 10, 20, QColor("#ff0000"))
    painter.end()
    canvas = QImage(20, 20, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    paint_cropped(painter, QRectF(0, 0, 20, 20), image, "user", 0)
    painter.end()
    assert canvas.pixelColor(10, 4) == QColor("#ff0000")
    assert canvas.pixelColor(10, 18).red() > 200  # a quarter of what does not fit is cut above


def test_a_tile_shows_its_picture_when_it_is_read(qtbot: QtBot) -> None:
    theme.current()
    asked: list[str] = []

    def read(path: str, size: QSize) -> QImage:
        asked.append(path)
        image = QImage(4, 4, QImage.Format.Format_RGB32)
        image.fill(QColor("#00ff00"))
        return QImage() if path == "broken" else image

    loader = PictureLoader(read=read)
    tile = PictureTile("Portrait", "user", QSize(40, 40), loader)
    qtbot.addWidget(tile)
    tile.show()
    assert asked == []
    with qtbot.waitSignal(loader.loaded):
        tile.show_picture("hash")
        tile.repaint()
    assert tile.grab().toImage().pixelColor(20, 20) == QColor("#00ff00")
    with qtbot.waitSignal(loader.failed):
        tile.show_picture("broken")
        tile.repaint()
    assert tile.grab().toImage().pixelColor(3, 20) == theme.colour("raised")
    loader.finish()


# ---- others ----------------------------------------------------------------------------------


def test_undo_goes_past_a_field_to_the_window(qtbot: QtBot) -> None:
    window, line, text = QWidget(), QLineEdit(), QPlainTextEdit()
    qtbot.addWidget(window)
    line.setParent(window)
    text.setParent(window)
    undone: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), window)
    shortcut.activated.connect(lambda: undone.append("window"))
    keys = UndoKeys(window)
    keys.pressed.connect(lambda: undone.append("field"))
    window.show()
    window.activateWindow()
    for field in (line, text):
        keys.leave_to_window(field)
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        QTest.keyClicks(field, "ab")
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["field", "window"] * 2
    assert (line.text(), text.toPlainText()) == ("ab", "ab")


def test_segments_have_counts_beside_their_words(qtbot: QtBot) -> None:
    segments = Segments("Kinds")
    qtbot.addWidget(segments)
    segments.set_options(["All", "Places"])
    narrow = segments.sizeHint().width()
    segments.set_counts([1200, 3])
    assert segments.sizeHint().width() > narrow
    segments.choose("Places")
    assert segments.current() == "Places"
    with pytest.raises(ValueError, match="shorter"):
        segments.set_counts([1])
