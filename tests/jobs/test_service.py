"""The queue: order, pause, retry, restart; with the scripted pipeline in a thread."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines import api
from pipelines.api import Picture, TextToImageRequest
from pipelines.driver import Driver
from studio import registry
from studio.jobs.job import Job, JobState
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStatus, JobStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class World:
    """A queue over a folder that outlives it, as a program's next start finds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.adopted: list[tuple[str, str]] = []
        self.rescued: list[str] = []
        self.refuse: OSError | None = None
        self.service: JobService | None = None

    def open(self, *, start: bool = True) -> JobService:
        self.store = JobStore(self.folder / "queue.sqlite3")
        self.spool = Spool(self.folder / "spool")
        self.service = JobService(self.store, self.spool, self)
        self.service.restore()
        if start:
            lane = Lane(Driver(isolated=False, torch_free={"tests.jobs.drawing"}))
            self.service.start({"gpu": lane})
        return self.service

    def close(self) -> None:
        if self.service is not None:
            self.service.shutdown()
            self.service = None

    def rows(self) -> list[tuple[str, JobStatus]]:
        store = JobStore(self.folder / "queue.sqlite3")
        try:
            found = [*store.waiting(), *store.recent(100)]
        finally:
            store.close()
        return sorted((row.title, row.status) for row in found)

    def adopt(self, item: object) -> object:
        assert isinstance(item, Picture)
        if self.refuse is not None:
            raise self.refuse
        home = self.folder / f"{Path(item.path).parent.name}-{item.index}.png"
        Path(item.path).rename(home)
        return replace(item, path=str(home))

    def enter(self, job_id: str, picture: Picture, request: object) -> None:
        assert isinstance(request, TextToImageRequest)
        assert Path(picture.path).exists()
        self.adopted.append((job_id, picture.path))

    def rescue(self, job_id: str, path: Path) -> None:
        self.rescued.append(f"{job_id}/{path.name}")
        path.unlink()


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[World]:
    drawing = registry.PipelineSpec("text_to_image", "tests.jobs.drawing:Drawing", "gpu", "Draw")
    monkeypatch.setattr(registry, "PIPELINES", (drawing,))
    made = World(tmp_path)
    yield made
    made.close()


def request(prompt: str = "", *, count: int = 1, steps: int = 5) -> TextToImageRequest:
    return TextToImageRequest(model="none", prompt=prompt, count=count, steps=steps)


LONG = 100_000


def settled(qtbot: QtBot, *jobs: Job) -> None:
    qtbot.waitUntil(lambda: all(job.is_settled for job in jobs), timeout=20_000)


def running(qtbot: QtBot, job: Job) -> Job:
    qtbot.waitUntil(lambda: job.state is JobState.RUNNING, timeout=20_000)
    return job


def test_jobs_run_in_order_and_their_pictures_come_home(world: World, qtbot: QtBot) -> None:
    service = world.open()
    jobs = [service.submit(request(count=2), title=name) for name in "ab"]
    settled(qtbot, *jobs)
    assert [job.state for job in jobs] == [JobState.SUCCEEDED] * 2
    assert [job_id for job_id, _ in world.adopted] == [jobs[0].id] * 2 + [jobs[1].id] * 2
    homes = [item.path for job in jobs for item in job.items if isinstance(item, Picture)]
    assert len(homes) == 4
    assert all(Path(home).parent == world.folder for home in homes)
    assert (service.waiting(), service.running(), service.stopped()) == ([], [], [])
    assert not list((world.folder / "spool" / "jobs").iterdir())
    world.close()
    assert world.rows() == [("a", JobStatus.DONE), ("b", JobStatus.DONE)]


def test_the_order_can_be_changed(world: World, qtbot: QtBot) -> None:
    service = world.open()
    first = running(qtbot, service.submit(request(steps=LONG), title="first"))
    a, b, c = (service.submit(request(), title=name) for name in "abc")
    service.move(c, 0)
    service.move(a, 99)
    assert [job.title for job in service.waiting()] == ["c", "b", "a"]
    ended: list[str] = []
    for job in (a, b, c):
        job.succeeded.connect(lambda _result, title=job.title: ended.append(title))
    first.cancel()
    settled(qtbot, first, a, b, c)
    assert ended == ["c", "b", "a"]


def test_a_cancel_writes_the_row_first(world: World, qtbot: QtBot) -> None:
    service = world.open()
    job = running(qtbot, service.submit(request(steps=LONG), title="a"))
    waiting = service.submit(request(), title="b")
    waiting.cancel()
    assert waiting.state is JobState.CANCELLED
    job.cancel()
    row = world.store.get(job.id)
    assert row is not None
    assert row.status is JobStatus.CANCELLED  # before the worker can have answered
    settled(qtbot, job)
    assert (service.waiting(), service.running()) == ([], [])


def test_a_cancel_in_the_middle_keeps_what_is_done(world: World, qtbot: QtBot) -> None:
    service = world.open()
    job = service.submit(request(count=500), title="a")
    qtbot.waitUntil(lambda: len(job.items) >= 3, timeout=20_000)
    job.cancel()
    settled(qtbot, job)
    assert job.state is JobState.CANCELLED
    row = world.store.get(job.id)
    assert row is not None
    assert len(row.results) == len(job.items) == len(world.adopted) >= 3


def test_paused_nothing_new_starts(world: World, qtbot: QtBot) -> None:
    service = world.open()
    service.set_paused(True)
    job = service.submit(request(), title="a")
    qtbot.wait(150)
    assert job.state is JobState.QUEUED
    with qtbot.waitSignal(service.pause_changed):
        service.set_paused(False)
    settled(qtbot, job)


def test_stop_after_this_one(world: World, qtbot: QtBot) -> None:
    service = world.open()
    first = running(qtbot, service.submit(request(steps=40), title="a"))
    second = service.submit(request(), title="b")
    service.set_stop_after_current(True)
    settled(qtbot, first)
    assert service.paused
    assert not service.stop_after_current
    assert second.state is JobState.QUEUED


def test_a_failed_job_can_be_retried(world: World, qtbot: QtBot) -> None:
    service = world.open()
    job = service.submit(request("fail"), title="a")
    settled(qtbot, job)
    assert job.failure is not None
    assert (job.failure.code, service.stopped()) == ("out_of_memory", [job])
    again = service.retry(job)
    assert service.stopped() == []
    settled(qtbot, again)
    assert service.stopped() == [again]
    service.remove(again)
    assert service.stopped() == []


def test_a_full_disk_fails_the_job_and_keeps_the_picture(world: World, qtbot: QtBot) -> None:
    service = world.open()
    world.refuse = OSError(28, "No space left on device")
    job = service.submit(request(), title="a")
    settled(qtbot, job)
    assert job.failure is not None
    assert job.failure.code == "library_unwritable"
    assert "No space left" in job.failure.message
    world.close()
    world.refuse = None
    world.open()
    assert world.rescued == [f"{job.id}/0000.png"]


def test_a_queue_that_cannot_be_written_says_so(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = world.open()

    def full(**_values: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(world.store, "add", full)
    job = service.submit(request(), title="a")
    assert job.failure is not None
    assert job.failure.code == "queue_unwritable"
    assert "disk is full" in job.failure.message


def test_after_a_restart_jobs_wait_for_the_person(world: World, qtbot: QtBot) -> None:
    service = world.open()
    running(qtbot, service.submit(request(steps=LONG), title="ran"))
    for name in "ab":
        service.submit(request(steps=3), title=name)
    world.close()
    service = world.open()
    assert service.paused
    assert [job.title for job in service.stopped()] == ["ran"]
    assert service.stopped()[0].state is JobState.INTERRUPTED
    assert [job.title for job in service.waiting()] == ["a", "b"]
    jobs = service.waiting()
    service.set_paused(False)
    settled(qtbot, *jobs)
    assert [job.state for job in jobs] == [JobState.SUCCEEDED] * 2


def test_what_stopped_can_be_retried_until_it_is_removed(world: World, qtbot: QtBot) -> None:
    service = world.open()
    failed = service.submit(request("fail"), title="failed")
    settled(qtbot, failed)
    ran = running(qtbot, service.submit(request(steps=LONG), title="ran"))
    assert ran
    for _ in range(2):
        world.close()
        service = world.open()
        assert [(job.title, job.state) for job in service.stopped()] == [
            ("failed", JobState.FAILED),
            ("ran", JobState.INTERRUPTED),
        ]
        assert service.stopped()[0].failure == api.Failed(
            "out_of_memory", "Not enough memory.", "Choose a smaller size."
        )
    for job in service.stopped():
        service.remove(job)
    world.close()
    assert world.open().stopped() == []


def test_a_retry_draws_only_what_is_missing(world: World, qtbot: QtBot) -> None:
    service = world.open()
    job = service.submit(request(count=6, steps=150), title="a")
    qtbot.waitUntil(lambda: len(job.items) == 2, timeout=20_000)
    world.close()
    done = len(world.adopted)
    again = world.open()
    new = again.retry(again.stopped()[0])
    assert isinstance(new.request, TextToImageRequest)
    assert (new.request.count, new.request.seed) == (6 - done, done)


def test_a_job_of_a_later_version_is_left_out(world: World, qtbot: QtBot) -> None:
    world.open(start=False)
    data = {"kind": "hologram", "schema": 1}
    world.store.add(lane="gpu", kind="hologram", title="new", request=data)
    world.close()
    assert world.open().waiting() == []


def test_start_pictures_are_kept_until_their_job_is_gone(world: World, qtbot: QtBot) -> None:
    service = world.open()
    service.set_paused(True)
    picture = world.folder / "start.png"
    picture.write_bytes(b"pixels")
    job = service.submit(replace(request(), init_image=str(picture)), title="a")
    picture.unlink()
    kept = Path(job.request.init_image)  # type: ignore[attr-defined]
    assert kept.read_bytes() == b"pixels"
    world.close()
    service = world.open()
    assert kept.exists()
    service.remove(service.waiting()[0])
    world.close()
    world.open()
    assert not kept.exists()


def test_a_start_picture_that_is_gone_fails_at_once(world: World, qtbot: QtBot) -> None:
    service = world.open()
    job = service.submit(replace(request(), init_image="/nowhere/x.png"), title="a")
    assert job.state is JobState.FAILED
    assert isinstance(job.failure, api.Failed)
    assert "x.png" in job.failure.message


def test_shutdown_with_ten_jobs_keeps_them(world: World, qtbot: QtBot) -> None:
    service = world.open()
    running(qtbot, service.submit(request(steps=LONG), title="0"))
    for number in range(1, 10):
        service.submit(request(), title=str(number))
    world.close()
    assert world.rows() == [(str(number), JobStatus.WAITING) for number in range(1, 10)]


def no_space(*_values: object, **_named: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


def test_a_job_that_was_refused_does_not_come_back(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = world.open()

    def full(_job_id: str) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(world.spool, "folder_for", full)
        refused = service.submit(request(), title="refused")
    assert refused.state is JobState.FAILED
    settled(qtbot, service.submit(request(), title="next"))
    world.close()
    assert world.rows() == [("next", JobStatus.DONE)]


def test_a_cancel_that_cannot_be_written_down_still_counts(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = world.open()
    service.set_paused(True)
    cancelled, left = (service.submit(request(), title=name) for name in "ab")
    with monkeypatch.context() as patch, qtbot.waitSignal(service.storage_failed):
        patch.setattr(world.store, "cancel", no_space)
        patch.setattr(world.store, "finish", no_space)
        cancelled.cancel()
    assert cancelled.state is JobState.CANCELLED
    service.set_paused(False)
    settled(qtbot, left)
    assert left.state is JobState.SUCCEEDED


def test_a_job_runs_though_its_beginning_cannot_be_written_down(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = world.open()
    with monkeypatch.context() as patch:
        patch.setattr(world.store, "begin", no_space)
        job = service.submit(request(), title="a")
    settled(qtbot, job)
    assert job.state is JobState.SUCCEEDED
    world.close()
    assert world.rows() == [("a", JobStatus.DONE)], "it must not run again at the next start"


def test_removing_a_waiting_job_does_not_stop_after_this_one(world: World, qtbot: QtBot) -> None:
    service = world.open()
    first = running(qtbot, service.submit(request(steps=LONG), title="a"))
    second = service.submit(request(), title="b")
    service.set_stop_after_current(True)
    service.remove(second)
    assert (service.paused, service.stop_after_current) == (False, True)
    first.cancel()
    settled(qtbot, first)
    assert service.paused


def test_a_job_that_is_done_at_the_end_is_not_found_interrupted(world: World, qtbot: QtBot) -> None:
    service = world.open()
    job = running(qtbot, service.submit(request(steps=20), title="a"))
    time.sleep(0.5)  # it ends, and this thread, which would take note of it, stands still
    world.close()
    assert job.state is JobState.SUCCEEDED
    assert world.rows() == [("a", JobStatus.DONE)]


def test_settled_jobs_are_let_go(world: World, qtbot: QtBot) -> None:
    service = world.open()
    job = service.submit(request(), title="a")
    ended: list[object] = []
    job.destroyed.connect(lambda: ended.append(None))
    settled(qtbot, job)
    qtbot.waitUntil(lambda: len(ended) == 1)
    job.cancel()  # by a button that was clicked a moment too late
    assert job.state is JobState.SUCCEEDED


def test_a_retry_that_cannot_be_queued_loses_nothing(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = world.open()
    job = service.submit(request("fail"), title="a")
    settled(qtbot, job)
    with monkeypatch.context() as patch:
        patch.setattr(world.store, "add", no_space)
        assert service.retry(job).state is JobState.FAILED
    assert service.stopped() == [job]
    settled(qtbot, service.retry(job))
    assert len(service.stopped()) == 1
