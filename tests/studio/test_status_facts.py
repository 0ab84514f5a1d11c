"""The status bar's right side follows what the child and the jobs say."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from pipelines import api
from pipelines.shipped import shipped_models
from studio.jobs.job import Job
from studio.model_shelf import ModelShelf
from studio.settings_store import SettingsStore
from studio.settings_table import load_settings
from studio.shell.status_bar import WorkerState
from studio.status_facts import StatusFacts
from tests.studio.scenery import jobs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.jobs.service import JobService
    from studio.library_work import LibraryWork
    from studio.shell.status_bar import StatusBar

__all__ = ["jobs"]

STARTER = shipped_models()[0]


class NotingBar:
    """Stands in for the status bar and keeps what it would show."""

    def __init__(self) -> None:
        self.worker: tuple[str, WorkerState] | None = None
        self.facts: dict[str, str] = {}

    def set_worker(self, text: str, state: WorkerState) -> None:
        self.worker = (text, state)

    def set_facts(self, **facts: Any) -> None:
        self.facts |= {name: text for name, text in facts.items() if text is not None}


class World:
    """Facts over a queue whose lanes only wait, as the test wants them."""

    def __init__(self, jobs: JobService, folder: Path) -> None:
        self.jobs, self.bar = jobs, NotingBar()
        models = ModelShelf(jobs, SettingsStore(load_settings(folder / "settings.json")))
        self.facts = StatusFacts(cast("StatusBar", self.bar), jobs, models)

    def start(self, pid: Callable[[], int | None] = os.getpid) -> Job:
        """Returns the warm-up."""
        self.facts.start(lambda: [pid(), None])
        job = self.facts.findChild(Job)
        assert isinstance(job, Job)
        return job

    def draw(self, model: str, **result: Any) -> None:
        """A job that succeeds."""
        job = self.jobs.submit(api.TextToImageRequest(model, "a fox"), title="fox")
        job.apply(api.Done(api.TextToImageResult((), "A card", "float16", **result)))

    def look(self) -> None:
        """Two seconds later."""
        timer = self.facts.findChild(QTimer)
        assert isinstance(timer, QTimer)
        timer.timeout.emit()


@pytest.fixture
def world(jobs: JobService, tmp_path: Path) -> World:
    return World(jobs, tmp_path)


def test_the_warm_up_says_what_it_does_then_that_it_is_ready(world: World) -> None:
    warm_up = world.start()
    warm_up.apply(api.Progress(0, 0, "Importing torch"))
    assert world.bar.worker == ("Warming up: Importing torch", WorkerState.BUSY)
    warm_up.apply(api.Done("CPU, 2 cores"))
    assert world.bar.worker == ("Ready", WorkerState.READY)
    assert world.bar.facts == {"device": "CPU, 2 cores"}


def test_a_warm_up_that_fails_stands_in_nobodys_way(world: World) -> None:
    world.start().apply(api.Failed("crashed", "The generator stopped."))
    assert world.bar.worker == ("Ready", WorkerState.READY)
    assert world.bar.facts == {}


def test_a_running_job_is_not_talked_over(world: World) -> None:
    warm_up = world.start()
    world.jobs.submit(api.TextToImageRequest("m", "a fox"), title="fox")
    assert world.jobs.running()
    warm_up.apply(api.Progress(0, 0, "Importing torch"))
    warm_up.apply(api.Done("CPU"))
    assert world.bar.worker is None


def test_a_long_look_through_the_library_is_told(world: World) -> None:
    class Work(QObject):
        progressed = Signal(int, int)
        ended = Signal()

    work = Work()
    world.facts.follow(cast("LibraryWork", work))
    work.progressed.emit(20, 50)
    assert world.bar.worker == ("Looking through pictures: 20 of 50", WorkerState.BUSY)
    work.progressed.emit(50, 50)
    assert world.bar.worker == ("Ready", WorkerState.READY)
    world.bar.worker = ("Copied into the library: 1", WorkerState.READY)
    work.ended.emit()
    assert world.bar.worker == ("Copied into the library: 1", WorkerState.READY)
    work.progressed.emit(20, 50)
    work.ended.emit()  # it was stopped
    assert world.bar.worker == ("Ready", WorkerState.READY)
    warm_up = world.start()
    warm_up.apply(api.Progress(0, 0, "Importing torch"))
    work.progressed.emit(20, 50)
    work.ended.emit()
    assert world.bar.worker == ("Warming up: Importing torch", WorkerState.BUSY)


def test_a_picture_names_device_and_model(world: World) -> None:
    world.draw(str(STARTER.path))
    assert world.bar.facts == {"device": "A card", "model": STARTER.title}
    world.draw("/models/gone")
    assert world.bar.facts["model"] == ""


def test_memory_is_the_childs_until_the_device_names_its_own(world: World) -> None:
    world.start()
    assert "memory" not in world.bar.facts
    world.look()
    used, _, total = world.bar.facts["memory"].partition(" of ")
    assert float(used) > 0
    assert total.endswith(" GB")
    world.draw(str(STARTER.path), memory=(3 * 1024**3, 8 * 1024**3))
    assert world.bar.facts["memory"] == "3.0 of 8 GB"
    world.look()
    assert world.bar.facts["memory"] == "3.0 of 8 GB"


def test_a_child_that_is_gone_is_no_trouble(world: World) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    pids = iter([None, ended.pid])
    world.start(lambda: next(pids))
    world.look()
    world.look()
    assert "memory" not in world.bar.facts


def test_a_job_that_waited_before_the_window_was_there_counts_too(
    jobs: JobService, tmp_path: Path
) -> None:
    jobs.set_paused(True)
    job = jobs.submit(api.TextToImageRequest(str(STARTER.path), "a fox"), title="fox")
    world = World(jobs, tmp_path)
    job.apply(api.Done(api.TextToImageResult((), "A card", "float16")))
    assert world.bar.facts["model"] == STARTER.title
