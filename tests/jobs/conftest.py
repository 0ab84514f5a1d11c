"""Lanes and submitted jobs for the contract tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.driver import Driver
from studio.jobs.job import Job
from studio.jobs.lane import Lane

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SCRIPTED = "tests.scripted:Scripted"
MakeLane = Callable[..., Lane]


@pytest.fixture
def make_lane(qtbot: QtBot) -> Iterator[MakeLane]:
    lanes: list[Lane] = []

    def make(**options: Any) -> Lane:
        lanes.append(Lane(Driver(torch_free={"tests.scripted"}, **options)))
        lanes[-1].start()
        return lanes[-1]

    yield make
    for lane in lanes:
        lane.shutdown()


@pytest.fixture(params=[True, False], ids=["process", "thread"])
def lane(request: pytest.FixtureRequest, make_lane: MakeLane) -> Lane:
    return make_lane(isolated=request.param)


class Run:
    """A submitted job with everything it said."""

    def __init__(self, qtbot: QtBot, lane: Lane, target: str = SCRIPTED, **request: Any) -> None:
        self.qtbot, self.log = qtbot, list[Any]()
        self.job = Job(target, request, folder="/nowhere")
        for signal in (self.job.progressed, self.job.previewed, self.job.failed):
            signal.connect(self.log.append)
        self.job.succeeded.connect(self._on_succeeded)
        self.loading: list[str] = []
        self.job.load_progressed.connect(self.loading.append)
        self.result: Any = None
        self.settled = 0
        self.forced: bool | None = None
        self.job.cancelled.connect(self._on_cancelled)
        self.job.settled.connect(self._on_settled)
        lane.submit(self.job)

    def _on_succeeded(self, result: object) -> None:
        self.result = result

    def _on_cancelled(self, forced: bool) -> None:
        self.forced = forced

    def _on_settled(self) -> None:
        self.settled += 1

    @property
    def steps(self) -> list[int]:
        return [entry.step for entry in self.log if hasattr(entry, "step")]

    def until_loading(self) -> Run:
        """Until its model is being loaded: past the import."""
        loading = self.loading
        self.qtbot.waitUntil(lambda: any("Loading" in said for said in loading), timeout=30_000)
        return self

    def until_step(self, step: int) -> Run:
        self.qtbot.waitUntil(lambda: bool(self.steps) and self.steps[-1] >= step, timeout=30_000)
        return self

    def wait(self, timeout: int = 30_000) -> Run:
        self.qtbot.waitUntil(lambda: self.settled > 0, timeout=timeout)
        return self


Submit = Callable[..., Run]


@pytest.fixture
def submit(qtbot: QtBot) -> Submit:
    def submit(lane: Lane, target: str = SCRIPTED, **request: Any) -> Run:
        return Run(qtbot, lane, target, **request)

    return submit
