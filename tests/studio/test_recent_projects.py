"""The projects that were open last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.recent_projects import MOST, RecentProjects

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "recent.json"


def test_the_latest_is_first_and_each_is_there_once(file: Path, qtbot: QtBot) -> None:
    recent = RecentProjects(file)
    assert (recent.paths, recent.last_open) == ((), None)
    with qtbot.waitSignal(recent.changed):
        recent.note_open(Path("/a.fabula"))
    recent.note_open(Path("/b.fabula"))
    recent.note_open(Path("/a.fabula"))
    again = RecentProjects(file)
    assert again.paths == (Path("/a.fabula"), Path("/b.fabula"))
    assert again.last_open == Path("/a.fabula")


def test_one_without_a_name_is_the_last_but_not_in_the_list(file: Path) -> None:
    recent = RecentProjects(file)
    recent.note_open(Path("/a.fabula"))
    recent.note_open(None)
    again = RecentProjects(file)
    assert (again.paths, again.last_open) == ((Path("/a.fabula"),), None)


def test_ten_are_kept_and_can_be_cleared(file: Path) -> None:
    recent = RecentProjects(file)
    for number in range(MOST + 3):
        recent.note_open(Path(f"/{number}.fabula"))
    assert len(recent.paths) == MOST
    recent.clear()
    assert RecentProjects(file).paths == ()


@pytest.mark.parametrize(
    "text", ["", "not json", "[]", '{"recent": 3, "open": 4}', '{"recent": [5, null], "open": ""}']
)
def test_a_file_that_is_none_is_an_empty_list(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    recent = RecentProjects(file)
    assert (recent.paths, recent.last_open) == ((), None)
    recent.note_open(Path("/a.fabula"))
    assert json.loads(file.read_bytes())["open"] == str(Path("/a.fabula"))


def test_a_full_disk_forgets_it_at_the_end_only(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("studio.recent_projects.atomic.write_json", full)
    recent = RecentProjects(file)
    recent.note_open(Path("/a.fabula"))
    assert recent.paths == (Path("/a.fabula"),)
