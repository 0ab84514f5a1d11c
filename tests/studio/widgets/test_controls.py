"""The small controls of an inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDoubleSpinBox, QLabel, QLineEdit, QSlider, QWidget

from studio import theme
from studio.widgets.chip import Chip
from studio.widgets.go_button import GoButton
from studio.widgets.knob import Knob
from studio.widgets.more_section import MoreSection
from studio.widgets.seed_field import SeedField, seed_text
from studio.widgets.segments import Segments

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Child = TypeVar("Child", bound=QObject)


def child(parent: QWidget, kind: type[Child]) -> Child:
    """The only child of this kind."""
    found = parent.findChild(kind)
    assert isinstance(found, kind)
    return found


@pytest.fixture(autouse=True)
def _dark(qtbot: QtBot) -> None:
    theme.current().set("dark")


def test_segments_tell_of_clicks_but_not_of_choose(qtbot: QtBot) -> None:
    segments = Segments("Shape")
    qtbot.addWidget(segments)
    segments.set_options(["1:1", "16:9"], ["1024 × 1024", "1344 × 768"])
    told: list[str] = []
    segments.chosen.connect(told.append)
    segments.choose("1:1")
    second = segments.findChildren(QAbstractButton)[1]
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert (told, segments.current()) == (["16:9"], "16:9")
    segments.choose("5:4")
    assert segments.current() == ""


def test_the_chosen_segment_is_outlined_in_the_accent(qtbot: QtBot) -> None:
    segments = Segments("Shape")
    qtbot.addWidget(segments)
    segments.set_options(["1:1", "16:9"])
    segments.choose("16:9")
    segments.resize(200, 30)
    image = segments.grab().toImage()
    edge = image.pixelColor(150, 0)
    accent = theme.colour("accent")
    assert abs(edge.red() - accent.red()) < 60
    assert image.pixelColor(110, 5) == theme.colour("selection")
    assert image.pixelColor(50, 5) == theme.colour("field")


def test_knob_field_and_slider_agree(qtbot: QtBot) -> None:
    knob = Knob("Guidance", 0, 12, 50, 0.1)
    qtbot.addWidget(knob)
    told: list[float] = []
    knob.value_changed.connect(told.append)
    knob.set_value(5.5)
    slider, field = child(knob, QSlider), child(knob, QDoubleSpinBox)
    assert (slider.value(), told) == (55, [])
    slider.setValue(30)
    assert field.value() == pytest.approx(3.0)
    field.setValue(40)
    assert slider.value() == slider.maximum()
    assert told == [pytest.approx(3.0), pytest.approx(40.0)]


def test_knob_shows_its_number(qtbot: QtBot) -> None:
    knob = Knob("Steps", 1, 50, 1000)
    qtbot.addWidget(knob)
    knob.resize(264, 50)
    knob.show()
    field = child(knob, QDoubleSpinBox)
    assert field.lineEdit().width() > 40


def test_seed_is_random_until_one_is_typed(qtbot: QtBot) -> None:
    seed = SeedField("Seed")
    qtbot.addWidget(seed)
    told: list[object] = []
    seed.seed_changed.connect(told.append)
    field, button = child(seed, QLineEdit), child(seed, QAbstractButton)
    field.setText("417 233190")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (told, field.text()) == ([417233190], "417 233 190")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (told[-1], field.text()) == (None, "")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert isinstance(told[-1], int)


def test_a_seed_above_the_last_becomes_the_last(qtbot: QtBot) -> None:
    seed = SeedField("Seed")
    qtbot.addWidget(seed)
    field = child(seed, QLineEdit)
    QTest.keyClicks(field, "9999999999x")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert seed.seed == 2**32 - 1
    assert field.text() == seed_text(2**32 - 1) == "4 294 967 295"


def test_chip_tells_of_its_click(qtbot: QtBot) -> None:
    chip = Chip("castle")
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.clicked):
        QTest.keyClick(chip, Qt.Key.Key_Space)


def test_go_is_filled_with_the_accent_and_fades_when_disabled(qtbot: QtBot) -> None:
    go = GoButton("Generate")
    qtbot.addWidget(go)
    go.set_shortcut_text("Ctrl+Enter")
    go.resize(264, 38)
    assert go.grab().toImage().pixelColor(30, 19) == theme.colour("accent")
    go.setEnabled(False)
    assert go.grab().toImage().pixelColor(30, 19) != theme.colour("accent")


def test_a_long_word_does_not_run_into_the_shortcut(qtbot: QtBot) -> None:
    button = GoButton("Generate")
    qtbot.addWidget(button)
    button.set_shortcut_text("Ctrl+Enter")
    room = QRectF(0, 0, 264, 38)
    assert button._place_of_word(room) == (room, Qt.AlignmentFlag.AlignCenter, "Generate")
    button.setText("Generate all of these pictures right now")
    place, side, word = button._place_of_word(room)
    assert place.right() < 200
    assert side & Qt.AlignmentFlag.AlignLeft
    assert word.endswith("…")


def test_more_shows_either_its_summary_or_its_content(qtbot: QtBot) -> None:
    content = QLabel("inside")
    section = MoreSection("More", content)
    qtbot.addWidget(section)
    section.set_summary("Scheduler, LoRA")
    section.show()
    assert not content.isVisible()
    with qtbot.waitSignal(section.toggled):
        QTest.mouseClick(child(section, QAbstractButton), Qt.MouseButton.LeftButton)
    assert content.isVisible()
    assert section.is_open
