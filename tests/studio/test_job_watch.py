"""The strip shows new pictures; the window calls when the last job has ended and nobody looks."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from pipelines import api
from studio.job_watch import RECENT, JobWatch
from studio.library import Entry, Library
from studio.settings_store import SettingsStore
from studio.settings_table import NOTIFY_WHEN_DONE, load_settings
from studio.trash import Trash
from tests.studio.scenery import jobs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.context import Context
    from studio.jobs.job import Job
    from studio.jobs.service import JobService
    from studio.window import MainWindow

__all__ = ["jobs"]

WHEN = datetime(2026, 11, 24, 12).astimezone()


class Window(QWidget):
    """A window with a strip, in front or not."""

    def __init__(self) -> None:
        super().__init__()
        self.in_front = False
        self.shown: list[list[Path]] = []
        self.strip = SimpleNamespace(set_recent=self.shown.append)

    def isActiveWindow(self) -> bool:
        return self.in_front


class World:
    def __init__(self, jobs: JobService, folder: Path, library: Library) -> None:
        self.jobs, self.library, self.folder = jobs, library, folder
        self.settings = SettingsStore(load_settings(folder / "settings.json"))
        self.trash = Trash(library)
        parts = SimpleNamespace(
            jobs=jobs, library=library, trash=self.trash, settings=self.settings
        )
        self.context = cast("Context", parts)
        self.window = Window()
        self.watch = JobWatch(self.context, cast("MainWindow", self.window))

    def submit(self) -> Job:
        return self.jobs.submit(api.TextToImageRequest("m", "a fox"), title="fox")

    def add_picture(self, number: int) -> Path:
        source = self.folder / "0000.png"
        source.write_text(str(number))
        path = self.library.adopt(source, "fox", WHEN)
        self.library.add(Entry(path, WHEN, 8, 8, "fox", number, False, "job"))
        return path


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []
    monkeypatch.setattr(QApplication, "alert", calls.append)
    return calls


@pytest.fixture
def world(
    jobs: JobService,
    tmp_path: Path,
    qtbot: QtBot,
    called: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with closing(Library(tmp_path / "Fabula", tmp_path / "library.sqlite3")) as library:
        made = World(jobs, tmp_path, library)
        qtbot.addWidget(made.window)
        qtbot.waitUntil(lambda: made.window.shown == [[]])  # at the start
        yield made


def test_pictures_that_come_and_go_are_seen(world: World, qtbot: QtBot) -> None:
    job = world.submit()
    paths = [world.add_picture(number) for number in range(3)]
    for index, path in enumerate(paths):
        job.apply(api.Produced(api.Picture(str(path), index, index, "a fox", 8, 8)))
    qtbot.waitUntil(lambda: len(world.window.shown) > 1)
    assert world.window.shown[1:] == [paths[::-1]], "three at once are one look"
    world.trash.delete(paths[1])
    qtbot.waitUntil(lambda: world.window.shown[-1] == [paths[2], paths[0]])


def test_no_more_are_shown_than_fit(world: World, qtbot: QtBot) -> None:
    paths = [world.add_picture(number) for number in range(RECENT + 1)]
    world.watch.refresh()
    qtbot.waitUntil(lambda: len(world.window.shown) > 1)
    assert world.window.shown[-1] == paths[:0:-1]


@pytest.mark.parametrize("end", [api.Done(None), api.Failed("crashed", "It stopped.")])
def test_the_last_job_calls(world: World, called: list[Any], end: api.Outcome) -> None:
    first, second = world.submit(), world.submit()
    first.apply(end)
    assert called == [], "the second runs now"
    second.apply(end)
    assert called == [world.window]


def test_nobody_is_called_who_looks_or_cancelled_or_does_not_want_it(
    world: World, called: list[Any]
) -> None:
    world.submit().apply(api.Cancelled())
    world.window.in_front = True
    world.submit().apply(api.Done(None))
    world.window.in_front = False
    world.settings.set(NOTIFY_WHEN_DONE, False)
    world.submit().apply(api.Done(None))
    assert called == []


def test_jobs_that_waited_before_the_window_was_there_call_too(
    world: World, called: list[Any], qtbot: QtBot
) -> None:
    world.watch.deleteLater()
    world.jobs.set_paused(True)
    waiting = world.submit()
    qtbot.waitUntil(lambda: not world.window.findChildren(JobWatch))
    JobWatch(world.context, cast("MainWindow", world.window))
    waiting.apply(api.Done(None))
    assert called == [world.window]
