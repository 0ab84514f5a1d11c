"""The status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from studio import theme
from studio.shell.status_bar import StatusBar, WorkerState
from studio.tokens import THEMES
from studio.widgets.elided_label import ElidedLabel
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


def texts(bar: StatusBar) -> list[str]:
    return [label.full_text() for label in bar.findChildren(ElidedLabel) if label.isVisible()]


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    theme.current().set("dark")
    made = StatusBar()
    qtbot.addWidget(made)
    made.resize(800, made.height())
    made.show()
    return made


def test_it_begins_ready_and_without_facts(bar: StatusBar) -> None:
    assert texts(bar) == ["Ready"]
    assert bar.height() == 28


def test_facts_come_stay_and_go(bar: StatusBar) -> None:
    bar.set_facts(device="CPU, 2 cores", model="Starter icons")
    bar.set_facts(memory="1.4 of 16 GB")
    assert texts(bar) == ["Ready", "CPU, 2 cores", "1.4 of 16 GB", "Starter icons"]
    bar.set_facts(device="")
    assert texts(bar) == ["Ready", "1.4 of 16 GB", "Starter icons"]


@pytest.mark.parametrize(
    ("state", "token"),
    [
        (WorkerState.READY, "ok"),
        (WorkerState.BUSY, "accent"),
        (WorkerState.FAILED, "danger"),
    ],
)
def test_the_dot_says_how_the_worker_is(bar: StatusBar, state: WorkerState, token: str) -> None:
    bar.set_worker("Drawing step 14 of 20", state)
    assert texts(bar) == ["Drawing step 14 of 20"]
    image = bar.grab().toImage()
    (dot,) = (part for part in bar.children() if type(part).__name__ == "_Dot")
    assert isinstance(dot, QWidget)
    centre = dot.geometry().center()
    assert image.pixelColor(centre).name() == THEMES["dark"][token]


def end_the_notice(bar: StatusBar) -> None:
    """Some seconds later."""
    timer = bar.findChild(QTimer)
    assert timer is not None
    assert timer.isActive()
    timer.timeout.emit()


def test_a_notice_gives_the_place_back_after_a_while(bar: StatusBar) -> None:
    bar.set_worker("Drawing step 14 of 20", WorkerState.BUSY)
    bar.tell("Written: mara.png")
    assert texts(bar) == ["Written: mara.png"]
    end_the_notice(bar)
    assert texts(bar) == ["Drawing step 14 of 20"]


def test_what_the_worker_does_is_news_over_a_notice(bar: StatusBar) -> None:
    bar.tell("Written: mara.png")
    bar.set_worker("Drawing step 1 of 20", WorkerState.BUSY)
    assert texts(bar) == ["Drawing step 1 of 20"]
    timer = bar.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()


def test_a_long_sentence_elides(bar: StatusBar) -> None:
    bar.set_worker("Loading " + "a very long name " * 20, WorkerState.BUSY)
    (label,) = (one for one in bar.findChildren(ElidedLabel) if one.isVisible())
    assert label.text().endswith("…")
    assert label.toolTip() == label.full_text()
