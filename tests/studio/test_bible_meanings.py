"""Entries ranked by a real model of random weights; the project keeps their vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.driver import Driver
from studio import bible_meanings
from studio.bible_meanings import BibleMeanings
from studio.document.bible.bible import Bible
from studio.document.bible.entry import Entry, EntryKind
from studio.document.documents import Change
from studio.document.opening import new_project, open_project
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.messages import Messages
from studio.open_project import OpenProject
from tests.studio.scenery import Nowhere
from tests.tiny_sentence_model import build_sentence_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.bible_meanings import Scores

LAMP = Entry("1" * 12, EntryKind.PLACE, "the lighthouse", text="a red robot at night")
SEA = Entry("2" * 12, EntryKind.PLACE, "the sea", text="the sea the sea")


@pytest.fixture
def jobs(qtbot: QtBot, tmp_path: Path) -> Iterator[JobService]:
    made = JobService(JobStore(tmp_path / "queue.sqlite3"), Spool(tmp_path / "spool"), Nowhere())
    made.start({"text": Lane(Driver(isolated=False, torch_free={"pipelines.sentence_meaning"}))})
    yield made
    made.shutdown()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[OpenProject]:
    desk = OpenProject(new_project(tmp_path / "projects"), Messages())
    yield desk
    desk.project.discard()


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = build_sentence_model(tmp_path / "all-minilm-l6-v2")
    monkeypatch.setattr(bible_meanings, "installed_folder", lambda _starter: folder)
    return folder


def ask(qtbot: QtBot, meanings: BibleMeanings, text: str, *entries: Entry) -> Scores:
    told: list[Scores] = []
    meanings.similar(text, Bible(entries), told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    return told[0]


def test_without_the_model_nothing_is_near(
    qtbot: QtBot, jobs: JobService, desk: OpenProject
) -> None:
    meanings = BibleMeanings(jobs, desk)
    assert not meanings.available
    assert ask(qtbot, meanings, "the sea", LAMP, SEA) == {}


def test_what_says_the_same_is_nearest_and_a_saved_project_keeps_it(
    qtbot: QtBot,
    jobs: JobService,
    desk: OpenProject,
    installed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meanings = BibleMeanings(jobs, desk)
    scores = ask(qtbot, meanings, "the sea: the sea the sea", LAMP, SEA)
    assert scores[SEA.id] == pytest.approx(1.0, abs=1e-5)
    assert scores[LAMP.id] < scores[SEA.id]
    assert not desk.modified, "asking makes nothing unsaved"

    desk.about_to_save.emit()
    desk.project.save_as(tmp_path / "one.fabula")
    desk.note_saved()
    assert not desk.can_undo
    desk.replace(open_project(tmp_path / "one.fabula", tmp_path / "others")).close()
    again: list[str] = []
    real = meanings._run

    def note(request: object, done: Callable[..., None]) -> None:
        again.append(type(request).__name__)
        real(request, done)

    monkeypatch.setattr(meanings, "_run", note)
    assert ask(qtbot, meanings, "the sea: the sea the sea", LAMP, SEA) == scores
    assert again == ["RankRequest"]


def test_vectors_of_texts_that_are_gone_leave_the_project(
    qtbot: QtBot, jobs: JobService, desk: OpenProject, installed: Path
) -> None:
    meanings = BibleMeanings(jobs, desk)
    ask(qtbot, meanings, "the sea", LAMP, SEA)
    ask(qtbot, meanings, "the sea", SEA)
    desk.about_to_save.emit()
    (document,) = desk.of_kind("vectors")
    assert len(document.data["digests"]) == 1


def test_damaged_vectors_are_made_anew(
    qtbot: QtBot, jobs: JobService, desk: OpenProject, installed: Path
) -> None:
    meanings = BibleMeanings(jobs, desk)
    scores = ask(qtbot, meanings, "the sea", LAMP, SEA)
    desk.about_to_save.emit()
    (document,) = desk.of_kind("vectors")
    desk.project.apply(Change(puts=(document.updated(vectors="0" * 64),)))
    assert ask(qtbot, BibleMeanings(jobs, desk), "the sea", LAMP, SEA) == scores
