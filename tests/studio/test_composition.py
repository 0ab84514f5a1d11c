"""Everything behind the window, together: it starts, works and ends."""

from __future__ import annotations

import pickle
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

import psutil
import pytest
from PIL import Image

from studio import theme
from studio.actions import Actions
from studio.composition import Composition
from studio.messages import Messages
from studio.paths import Paths
from studio.settings_store import SettingsStore
from studio.settings_table import DEVICE, LIBRARY_FOLDER, load_settings
from studio.window import MainWindow
from tests.studio.scenery import PANELS

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from studio.errors import Problem


class Parts:
    """What a composition is made from."""

    def __init__(self, home: Path) -> None:
        self.paths = Paths.below(home)
        self.settings = SettingsStore(load_settings(self.paths.settings_file))
        self.actions, self.messages = Actions(), Messages()
        self.window = MainWindow(self.settings, theme.current(), self.actions, self.paths, PANELS)
        self.problems: list[Problem] = []
        self.messages.problem_reported.connect(self.problems.append)

    def compose(self) -> Composition:
        return Composition(self.paths, self.settings, self.actions, self.messages, self.window)


@pytest.fixture
def parts(home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Parts:
    monkeypatch.setenv("HF_HOME", str(home / "hub"))
    made = Parts(home)
    qtbot.addWidget(made.window)
    return made


def children() -> set[psutil.Process]:
    """Without the one that Python itself starts beside the first."""
    found = psutil.Process().children()
    return {child for child in found if "resource_tracker" not in " ".join(child.cmdline())}


def test_it_starts_finds_what_is_there_and_ends_twice(
    parts: Parts, qtbot: QtBot, qapp: QApplication
) -> None:
    by_hand = parts.paths.library / "holiday.png"
    by_hand.parent.mkdir(parents=True)
    Image.new("RGB", (4, 4)).save(by_hand)
    before = children()
    composition = parts.compose()
    context = composition.context
    with qtbot.waitSignal(context.models.looked, timeout=30_000):
        pass
    qtbot.waitUntil(lambda: bool(context.library.recent()), timeout=30_000)
    assert [entry.path for entry in context.library.recent()] == [by_hand]
    assert len(children() - before) == 2, "a child for each lane that does not rest"
    context.states.save("imagine", {"prompt": "a fox"})
    composition.close()
    assert not children() - before
    composition.close()
    qapp.processEvents()  # what was to be shown is not looked for in a closed library
    assert parts.problems == []
    assert '"a fox"' in (parts.paths.state / "panels.json").read_text()


def test_pictures_go_where_the_settings_say(
    parts: Parts, qapp: QApplication, tmp_path: Path
) -> None:
    parts.settings.set(LIBRARY_FOLDER, tmp_path / "elsewhere")
    parts.settings.set(DEVICE, "cpu")
    composition = parts.compose()
    assert composition.context.library.folder == tmp_path / "elsewhere"
    assert composition.context.library.adopt(
        _file(tmp_path / "0.png"), "fox", datetime.now().astimezone()
    ).is_relative_to(tmp_path / "elsewhere")
    composition.close()


def _file(path: Path) -> Path:
    path.touch()
    return path


def test_a_queue_that_cannot_be_written_is_said(parts: Parts, qapp: QApplication) -> None:
    composition = parts.compose()
    composition.context.jobs.storage_failed.emit("database or disk is full")
    (problem,) = parts.problems
    assert "database or disk is full" in problem.message
    assert problem.hint
    composition.close()


@pytest.mark.parametrize("name", ["queue.sqlite3", "library.sqlite3"])
def test_files_that_cannot_be_opened_start_nothing(
    parts: Parts, qapp: QApplication, name: str
) -> None:
    (parts.paths.state / name).mkdir(parents=True)
    before = children()
    with pytest.raises((OSError, sqlite3.Error)):
        parts.compose()
    assert children() == before


def test_what_cannot_be_used_of_an_added_folder_is_said(
    parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    composition = parts.compose()
    models = composition.context.models
    qtbot.waitUntil(lambda: models.complete, timeout=30_000)
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "bad.ckpt").write_bytes(pickle.dumps({"a stranger's": "program"}))
    models.add_folder(folder)
    qtbot.waitUntil(lambda: bool(parts.problems), timeout=30_000)
    (problem,) = parts.problems
    assert problem.message == "1 of the files cannot be used as models."
    assert "pickle" in problem.hint
    assert str(folder / "bad.ckpt") in problem.details
    composition.close()
