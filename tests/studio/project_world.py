"""A project on a desk with its files, and a person who answers as the test says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.background import Background
from studio.document.documents import Change
from studio.document.opening import new_project
from studio.messages import Messages
from studio.open_project import OpenProject
from studio.project_files import ProjectFiles
from studio.recent_projects import RecentProjects
from studio.turns import Turns
from tests.document.making import card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.document.backups import Backup
    from studio.document.errors import ProjectError
    from studio.errors import Problem
    from studio.project_talk import Unsaved, Way


class Person:
    """Fulfils `studio.project_talk.Talk`: gives the answers that were laid out."""

    def __init__(self) -> None:
        self.answers: list[Unsaved] = []
        self.names: list[Path | None] = []
        self.asked: list[str] = []
        self.told: list[ProjectError] = []
        self.ways: dict[Way, Callable[[], None]] = {}
        self.notes: list[str] = []
        self.backup_uses: list[Callable[[Backup], None]] = []

    def ask_unsaved(self, name: str) -> Unsaved:
        self.asked.append(name)
        return self.answers.pop(0)

    def ask_name(self, suggested: str) -> Path | None:
        self.asked.append(suggested)
        return self.names.pop(0)

    def choose_backup(self, path: Path, use: Callable[[Backup], None]) -> None:
        self.asked.append(path.name)
        self.backup_uses.append(use)

    def tell(
        self, error: ProjectError, ways: Sequence[tuple[Way, Callable[[], None]]] = ()
    ) -> None:
        self.told.append(error)
        self.ways = dict(ways)

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)


class World:
    """Everything below one folder."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.folder = folder
        self.root = folder / "state" / "projects"
        self.messages = Messages()
        self.problems: list[Problem] = []
        self.messages.problem_reported.connect(self.problems.append)
        self.desk = OpenProject(new_project(self.root), self.messages)
        self.background = Background()
        self.recent = RecentProjects(folder / "state" / "recent.json")
        self.turns = Turns(self.background)
        self.person = Person()
        self.files = ProjectFiles(
            self.desk, self.root, self.recent, self.turns, self.background, self.person
        )

    def put(self, key: str, value: object) -> None:
        assert self.desk.edit(f"Set {key} to {value}", Change(puts=(card(key, value=value),)))

    def values(self) -> dict[str, object]:
        return {key: document.data["value"] for key, document in self.desk.documents.items()}

    def settle(self) -> None:
        """Until nothing is read or written any more."""
        self._qtbot.waitUntil(lambda: not self.turns.is_taken and not self.turns.has_waiting)

    def save_as(self, name: str) -> Path:
        path = self.folder / f"{name}.fabula"
        self.person.names.append(path)
        self.files.save_as()
        self.settle()
        assert not self.desk.modified
        return path


@pytest.fixture
def world(qtbot: QtBot, tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, qtbot)
    yield made
    made.files.close()
