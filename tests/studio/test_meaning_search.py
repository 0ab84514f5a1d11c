"""The library is searched by meaning and indexed meanwhile, with a real model of random weights."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipelines.driver import Driver
from studio import meaning_search
from studio.jobs.job import Job
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.library import Entry, Library
from studio.meaning_search import LANE, MeaningSearch
from tests.studio.scenery import Nowhere
from tests.tiny_sentence_model import WORDS, build_sentence_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pipelines.api import Failed
    from pipelines.meaning_requests import MeaningIndexed, Ranking

FEW = ("a red fox", "the lighthouse at night", "the sea")
MANY = tuple(f"{a} {b} {c}" for a in WORDS[:6] for b in WORDS[:10] for c in WORDS[:5])


@dataclass
class World:
    """A library, a search over it and what it said."""

    library: Library
    search: MeaningSearch
    indexed: list[MeaningIndexed] = field(default_factory=list)
    failures: list[Failed] = field(default_factory=list)
    rankings: list[Ranking] = field(default_factory=list)

    def add(self, *prompts: str) -> None:
        for prompt in prompts:
            path = self.library.folder / f"{prompt}.png"
            Image.new("RGB", (2, 2)).save(path)
            self.library.add(Entry(path, datetime.now(UTC), 2, 2, prompt))

    def ask(self, text: str) -> None:
        self.search.search(text, self.rankings.append)


@pytest.fixture
def jobs(qtbot: QtBot, tmp_path: Path) -> Iterator[JobService]:
    made = JobService(JobStore(tmp_path / "queue.sqlite3"), Spool(tmp_path / "spool"), Nowhere())
    driver = Driver(isolated=False, torch_free={"pipelines.sentence_meaning"})
    made.start({LANE: Lane(driver)})
    yield made
    made.shutdown()


@pytest.fixture
def world(jobs: JobService, tmp_path: Path) -> Iterator[World]:
    (tmp_path / "pictures").mkdir()
    library = Library(tmp_path / "pictures", tmp_path / "library.sqlite3")
    search = MeaningSearch(jobs, tmp_path / "library.sqlite3", tmp_path / "cache")
    made = World(library, search)
    search.indexed.connect(made.indexed.append)
    search.failed.connect(made.failures.append)
    yield made
    search.stop()
    library.close()


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = build_sentence_model(tmp_path / "all-minilm-l6-v2")
    monkeypatch.setattr(meaning_search, "installed_folder", lambda _starter: folder)
    return folder


def test_without_the_model_it_does_nothing(world: World, jobs: JobService) -> None:
    assert not world.search.available
    world.add(*FEW)
    world.search.refresh()
    world.ask("a fox")
    assert world.search.findChildren(Job) == []


def test_pictures_are_indexed_and_found(world: World, installed: Path, qtbot: QtBot) -> None:
    assert world.search.available
    world.add(*FEW)
    world.search.refresh()
    qtbot.waitUntil(lambda: bool(world.indexed), timeout=60_000)
    assert (world.indexed[0].known, world.indexed[0].missing) == (3, 0)
    world.ask("the lighthouse at night")
    qtbot.waitUntil(lambda: bool(world.rankings), timeout=60_000)
    assert world.rankings[0].ids[0] == "the lighthouse at night.png"
    assert len(world.rankings[0].ids) == 3
    assert world.failures == []


def test_a_search_before_the_index_sets_it_going(
    world: World, installed: Path, qtbot: QtBot
) -> None:
    world.add(*FEW)
    world.ask("a fox")
    qtbot.waitUntil(lambda: bool(world.indexed), timeout=60_000)
    assert world.rankings[0].missing == 3
    world.ask("a fox")
    qtbot.waitUntil(lambda: len(world.rankings) == 2, timeout=60_000)
    assert (len(world.rankings[1].ids), world.rankings[1].missing) == (3, 0)


def test_only_the_newest_question_is_answered_and_the_index_goes_on(
    world: World, installed: Path, qtbot: QtBot
) -> None:
    world.add(*MANY)
    world.search.refresh()
    for text in ("a fox", "the sea", "a robot at night"):
        world.ask(text)
    qtbot.waitUntil(lambda: bool(world.indexed) and not world.indexed[-1].missing, timeout=60_000)
    assert len(world.rankings) == 1
    assert world.indexed[-1].known == len(MANY)
    assert len(world.indexed) > 1, "a slice at a time"


def test_stop_ends_it_and_refresh_goes_on(world: World, installed: Path, qtbot: QtBot) -> None:
    world.add(*FEW)
    world.search.refresh()
    world.ask("a fox")
    world.search.stop()
    qtbot.waitUntil(lambda: world.search.findChildren(Job) == [], timeout=60_000)
    assert (world.indexed, world.rankings) == ([], [])
    world.search.refresh()
    qtbot.waitUntil(lambda: bool(world.indexed), timeout=60_000)


def test_what_cannot_be_searched_is_told_once(world: World, installed: Path, qtbot: QtBot) -> None:
    (installed / "config.json").write_text("{")
    world.search.refresh()
    qtbot.waitUntil(lambda: bool(world.failures), timeout=60_000)
    assert world.failures[0].code == "not_a_model"
    world.ask("a fox")
    qtbot.waitUntil(lambda: len(world.failures) == 2, timeout=60_000)
    assert world.rankings == []
