"""The shelf shows what the last look found, and never less than what comes with the program."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QSignalSpy

from pipelines import api
from pipelines.shipped import shipped_models
from studio.jobs.job import Job, JobState
from studio.model_shelf import ModelShelf
from studio.settings_store import SettingsStore
from studio.settings_table import MODEL_FOLDERS, PREVIEWS, load_settings
from tests.pipelines.model_folders import write_model
from tests.studio.lanes import io_jobs
from tests.studio.scenery import jobs

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.jobs.service import JobService

__all__ = ["io_jobs", "jobs"]


@pytest.fixture(autouse=True)
def _no_hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    return SettingsStore(load_settings(tmp_path / "settings.json"))


def looks(shelf: ModelShelf) -> list[Job]:
    return shelf.findChildren(Job)


def test_what_comes_with_the_program_is_there_at_once(
    jobs: JobService, settings: SettingsStore
) -> None:
    shelf = ModelShelf(jobs, settings)
    assert shelf.models == shipped_models()
    assert looks(shelf) == []


def test_a_folder_that_is_added_is_looked_into_and_remembered(
    io_jobs: JobService, settings: SettingsStore, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    write_model(folder / "whole")
    (write_model(folder / "torn") / "model_index.json").write_text("{")
    shelf = ModelShelf(io_jobs, settings)
    changes = QSignalSpy(shelf.changed)
    with qtbot.waitSignal(shelf.looked, timeout=20_000) as looked:
        shelf.add_folder(folder)
    assert looked.args == [True]
    assert shelf.complete
    assert changes.count() == 1
    found = shelf.find("whole")
    assert found is not None
    assert found.path == folder / "whole"
    assert shelf.find(str(folder / "whole")) is found
    assert shelf.find("nothing") is None
    assert [broken.path.name for broken in shelf.broken] == ["torn"]
    shelf.add_folder(folder)
    assert load_settings(tmp_path / "settings.json").get(MODEL_FOLDERS) == (folder,)


def test_a_new_look_gives_up_the_one_before(jobs: JobService, settings: SettingsStore) -> None:
    shelf = ModelShelf(jobs, settings)
    shelf.look_again()
    shelf.look_again()
    first, second = looks(shelf)
    assert first.ticket.cancelled
    assert not second.ticket.cancelled


def test_only_folders_make_it_look(
    jobs: JobService, settings: SettingsStore, tmp_path: Path
) -> None:
    shelf = ModelShelf(jobs, settings)
    settings.set(PREVIEWS, False)
    assert looks(shelf) == []
    settings.set(MODEL_FOLDERS, (tmp_path,))
    (job,) = looks(shelf)
    assert job.request.model_folders == (tmp_path,)  # type: ignore[attr-defined]


def test_a_look_that_fails_takes_nothing_away(
    jobs: JobService, settings: SettingsStore, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = ModelShelf(jobs, settings)
    shelf.look_again()
    (job,) = looks(shelf)
    with caplog.at_level(logging.WARNING):
        job.apply(api.Failed("crashed", "The generator stopped."))
    assert job.state is JobState.FAILED
    assert shelf.models == shipped_models()
    assert "The generator stopped." in caplog.text


def test_what_is_taken_off_the_list_can_be_brought_back(
    jobs: JobService, settings: SettingsStore, tmp_path: Path
) -> None:
    shelf = ModelShelf(jobs, settings)
    changes = QSignalSpy(shelf.changed)
    (model,) = shelf.models
    shelf.forget(model.path)
    shelf.forget(model.path)
    assert (shelf.models, shelf.found.models) == ((), (model,))
    assert shelf.find(model.id) is None
    assert shelf.is_forgotten(model.path)
    kept = SettingsStore(load_settings(tmp_path / "settings.json"))
    assert ModelShelf(jobs, kept).models == ()
    shelf.bring_back(model.path)
    assert shelf.models == (model,)
    assert changes.count() == 2
    assert model.path.is_dir()
    assert looks(shelf) == []
