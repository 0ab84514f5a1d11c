"""The strip: the running job, what waits, and the recent pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from pipelines import api
from studio.jobs.job import Job, JobState
from studio.shell.strip import HEIGHT, Strip
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.glyph import Glyph
from studio.widgets.picture_mime import files_mime
from studio.widgets.thumbnail import Thumbnail
from tests.studio.dragging import drop_on
from tests.studio.scenery import OFFSCREEN, request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.jobs.service import JobService

pytestmark = OFFSCREEN


@pytest.fixture
def strip(qtbot: QtBot, jobs: JobService) -> Iterator[Strip]:
    made = Strip(jobs)
    qtbot.addWidget(made)
    made.resize(1440, HEIGHT)
    made.show()
    yield made
    made.close_decoder()


def texts(widget: QWidget) -> list[str]:
    """What can be read, in full."""
    labels = [label for label in widget.findChildren(QLabel) if label.isVisible()]
    read = [one.full_text() if isinstance(one, ElidedLabel) else one.text() for one in labels]
    return [text for text in read if text]


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    (button,) = (
        b for b in widget.findChildren(QPushButton) if b.accessibleName() == name and b.isVisible()
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_empty_strip_says_what_will_be_here(strip: Strip) -> None:
    read = texts(strip)
    assert "Nothing is running" in read
    assert "The queue is empty" in read
    assert any(text.startswith("Every picture you make") for text in read)


def test_the_running_job_shows_how_far_it_is(strip: Strip, jobs: JobService) -> None:
    job = jobs.submit(request(4), title="Lighthouse door")
    job.apply(api.Loading("Loading the model"))
    (bar,) = strip.findChildren(QProgressBar)
    assert bar.maximum() == 0
    assert "Loading" in texts(strip)
    job.apply(api.Started())
    job.apply(api.Progress(10, 40, "", 5.0, 1, 4))
    assert (bar.value(), bar.maximum()) == (250, 1000)
    assert {"Lighthouse door", "· 2 of 4"} <= set(texts(strip))
    assert "15 s left" in texts(strip)
    job.apply(api.Progress(20, 4000, "", 30.0, 1, 4))
    assert "100 min left" in texts(strip)
    job.apply(api.Done(None))
    assert "Nothing is running" in texts(strip)
    assert not bar.isVisible()


def test_pause_and_cancel_reach_the_job(strip: Strip, jobs: JobService, qtbot: QtBot) -> None:
    job = jobs.submit(request(), title="A castle")
    job.apply(api.Started())
    press(qtbot, strip, "Pause")
    assert job.ticket.paused
    job.apply(api.Paused(True))
    assert "Paused" in texts(strip)
    press(qtbot, strip, "Go on")
    assert not job.ticket.paused
    press(qtbot, strip, "Cancel")
    assert job.ticket.cancelled


def test_a_second_job_takes_the_place_of_the_first(strip: Strip, jobs: JobService) -> None:
    first = jobs.submit(request(), title="First")
    jobs.submit(request(), title="Second")
    first.apply(api.Started())
    first.apply(api.Done(None))
    assert "Second" in texts(strip.running)
    assert "First" not in texts(strip.running)


def test_three_jobs_are_named_and_the_rest_counted(
    strip: Strip, jobs: JobService, qtbot: QtBot
) -> None:
    for number in range(6):
        jobs.submit(request(number + 1), title=f"Job {number}")
    read = texts(strip)
    assert [text for text in read if text.startswith("Job")] == [f"Job {n}" for n in range(4)]
    assert "5" in read
    assert "2 pictures" in read
    press(qtbot, strip, "Show the queue")
    (link,) = (b for b in strip.findChildren(QPushButton) if b.text() == "2 more")
    assert link.isVisible()


def test_a_failed_job_can_be_tried_again(strip: Strip, jobs: JobService, qtbot: QtBot) -> None:
    job = jobs.submit(request(), title="A castle")
    job.apply(api.Failed("out_of_memory", "The card is full.", "Try a smaller size."))
    (retry,) = (
        b for b in strip.findChildren(QPushButton) if b.accessibleName() == "Retry A castle"
    )
    assert retry.toolTip() == "The card is full. Try a smaller size."
    signs = [sign for sign in strip.findChildren(Glyph) if sign.isVisible()]
    assert [sign.toolTip() for sign in signs] == ["The card is full. Try a smaller size."]
    QTest.mouseClick(retry, Qt.MouseButton.LeftButton)
    assert jobs.stopped() == []
    (again,) = jobs.running()
    assert again.title == "A castle"
    assert again.state is JobState.QUEUED


@pytest.fixture
def left_from_last_time(jobs: JobService) -> list[Job]:
    jobs.set_paused(True)
    return [jobs.submit(request(), title=f"Job {number}") for number in range(3)]


def test_jobs_of_last_time_wait_for_a_word(
    left_from_last_time: list[Job], strip: Strip, jobs: JobService, qtbot: QtBot
) -> None:
    assert "3 jobs wait from last time" in texts(strip)
    press(qtbot, strip, "Resume")
    assert not jobs.paused
    assert jobs.running() == left_from_last_time[:1]
    jobs.set_paused(True)
    assert "The queue is paused" in texts(strip)


def test_jobs_of_last_time_can_be_dropped(
    left_from_last_time: list[Job], strip: Strip, jobs: JobService, qtbot: QtBot
) -> None:
    press(qtbot, strip, "Clear")
    assert jobs.waiting() == []
    assert jobs.running() == []
    assert "The queue is empty" in texts(strip)


def picture(folder: Path, name: str, width: int = 128, height: int = 128) -> Path:
    path = folder / f"{name}.png"
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    assert image.save(str(path))
    return path


def thumbnails(strip: Strip) -> list[Thumbnail]:
    shown = [one for one in strip.findChildren(Thumbnail) if one.isVisible()]
    return sorted(shown, key=lambda one: one.x())


def test_recent_pictures_keep_their_shape_and_open(
    strip: Strip, tmp_path: Path, qtbot: QtBot
) -> None:
    wide = picture(tmp_path, "wide", 256, 128)
    tall = picture(tmp_path, "tall", 64, 128)
    strip.set_recent([wide, tall])
    qtbot.waitUntil(lambda: [one.width() for one in thumbnails(strip)] == [128, 32])
    first = thumbnails(strip)[0]
    assert first.grab().toImage().pixelColor(64, 32).name() == "#336699"
    with qtbot.waitSignal(strip.picture_activated) as activated:
        QTest.keyClick(thumbnails(strip)[1], Qt.Key.Key_Space)
    assert activated.args == [tall]


def test_pictures_from_elsewhere_are_to_come_in(strip: Strip, tmp_path: Path, qtbot: QtBot) -> None:
    theirs = picture(tmp_path, "theirs")
    with qtbot.waitSignal(strip.pictures_dropped) as dropped:
        assert drop_on(strip._recent, files_mime([str(theirs)]))
    assert dropped.args == [[theirs]]


def test_a_file_that_is_no_picture_is_left_out(strip: Strip, tmp_path: Path, qtbot: QtBot) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    strip.set_recent([broken, tmp_path / "gone.png", picture(tmp_path, "good")])
    qtbot.waitUntil(lambda: len(thumbnails(strip)) == 1)
    assert thumbnails(strip)[0].path.name == "good.png"


def test_only_whole_thumbnails_are_shown(strip: Strip, tmp_path: Path, qtbot: QtBot) -> None:
    paths = [picture(tmp_path, f"p{number:02}") for number in range(30)]
    strip.set_recent(paths)
    strip.resize(1000, HEIGHT)
    row = thumbnails(strip)[0].parentWidget()
    assert row is not None
    assert 0 < len(thumbnails(strip)) < 30
    assert all(one.geometry().right() < row.width() for one in thumbnails(strip))


def test_pictures_that_stay_are_not_decoded_again(
    strip: Strip, tmp_path: Path, qtbot: QtBot
) -> None:
    old, new = picture(tmp_path, "old"), picture(tmp_path, "new")
    strip.set_recent([old])
    before = thumbnails(strip)[0]
    strip.set_recent([new, old])
    assert [one.path for one in thumbnails(strip)] == [new, old]
    assert thumbnails(strip)[1] is before
