"""The queue as a list: order, removal, retry, pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QListWidget, QPushButton, QWidget

from pipelines import api
from studio.shell.queue_list import QueueList
from tests.studio.scenery import OFFSCREEN, request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.jobs.service import JobService

pytestmark = OFFSCREEN


@pytest.fixture
def queue(qtbot: QtBot, jobs: JobService) -> Iterator[QueueList]:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = QueueList(jobs, owner)
    made.open_above(QPoint(300, 600))
    yield made
    made.close()


def fill(jobs: JobService) -> None:
    for title in ("Running", "A", "B", "C"):
        jobs.submit(request(), title=title)


def titles(jobs: JobService) -> list[str]:
    return [job.title for job in jobs.waiting()]


def rows(queue: QueueList) -> QListWidget:
    (found,) = queue.findChildren(QListWidget)
    return found


def part(queue: QueueList, kind: type[QPushButton | QCheckBox], text: str) -> QWidget:
    (found,) = (one for one in queue.findChildren(kind) if one.text().strip() == text)
    return found


def test_an_empty_queue_says_so(queue: QueueList) -> None:
    assert rows(queue).item(0).text() == "Nothing waits."
    assert not part(queue, QPushButton, "Remove").isEnabled()


def test_a_dragged_row_moves_its_job(queue: QueueList, jobs: JobService, qtbot: QtBot) -> None:
    fill(jobs)
    model = rows(queue).model()
    assert model.moveRow(QModelIndex(), 2, QModelIndex(), 0)  # what a drop does
    qtbot.waitUntil(lambda: titles(jobs) == ["C", "A", "B"])
    assert [rows(queue).item(row).text()[0] for row in range(3)] == ["C", "A", "B"]


def test_alt_and_an_arrow_move_a_job(queue: QueueList, jobs: JobService, qtbot: QtBot) -> None:
    fill(jobs)
    rows(queue).setCurrentRow(0)
    QTest.keyClick(rows(queue), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(jobs) == ["B", "A", "C"]
    assert rows(queue).currentRow() == 1
    QTest.keyClick(rows(queue), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(jobs) == ["A", "B", "C"]


def test_delete_takes_a_job_out(queue: QueueList, jobs: JobService, qtbot: QtBot) -> None:
    fill(jobs)
    rows(queue).setCurrentRow(1)
    QTest.keyClick(rows(queue), Qt.Key.Key_Delete)
    assert titles(jobs) == ["A", "C"]


def test_a_stopped_job_stands_first_and_can_be_tried_again(
    queue: QueueList, jobs: JobService, qtbot: QtBot
) -> None:
    fill(jobs)
    jobs.set_paused(True)
    jobs.running()[0].apply(api.Failed("crashed", "The worker ended.", "Try again."))
    assert rows(queue).item(0).text().startswith("Running")
    assert rows(queue).item(0).toolTip() == "The worker ended. Try again."
    assert not rows(queue).item(0).flags() & Qt.ItemFlag.ItemIsDragEnabled
    rows(queue).setCurrentRow(0)
    QTest.mouseClick(part(queue, QPushButton, "Retry"), Qt.MouseButton.LeftButton)
    assert titles(jobs) == ["A", "B", "C", "Running"]


def test_the_queue_can_be_paused_and_stopped_after_one(
    queue: QueueList, jobs: JobService, qtbot: QtBot
) -> None:
    fill(jobs)
    pause = part(queue, QCheckBox, "Pause the queue")
    stop = part(queue, QCheckBox, "Stop after this one")
    pause.setFocus()
    QTest.keyClick(pause, Qt.Key.Key_Space)
    assert jobs.paused
    QTest.keyClick(pause, Qt.Key.Key_Space)
    assert not jobs.paused
    stop.setFocus()
    QTest.keyClick(stop, Qt.Key.Key_Space)
    assert jobs.stop_after_current
    jobs.running()[0].apply(api.Done(None))
    assert isinstance(stop, QCheckBox)
    assert isinstance(pause, QCheckBox)
    assert (pause.isChecked(), stop.isChecked()) == (True, False)
