"""A window around the Library panel, with a real library and pictures on disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage

from pipelines.api import Failed
from pipelines.meaning_requests import MeaningIndexed, Ranking
from studio import theme
from studio.actions import Actions
from studio.bible_watch import BibleWatch
from studio.document.opening import new_project
from studio.library import Entry, Library
from studio.library_work import LibraryWork
from studio.messages import Messages
from studio.open_project import OpenProject
from studio.panel_states import PanelStates
from studio.wishes import Wishes
from tests.studio.panels.imagine.fakes import (
    SDXL,
    STARTER,
    FakeJobs,
    FakeModels,
    FakeSettings,
    FakeTrash,
)

if TYPE_CHECKING:
    from pathlib import Path

    from studio.context import Context
    from studio.jobs.service import JobService
    from studio.meaning_search import Take
    from studio.settings_store import SettingsStore

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class FakeMeaning(QObject):
    """A search by meaning that the test answers."""

    indexed = Signal(MeaningIndexed)
    failed = Signal(Failed)

    def __init__(self) -> None:
        super().__init__()
        self.available = True
        self.asked: list[str] = []
        self.answers: list[tuple[tuple[str, ...], tuple[float, ...]]] = []

    def search(self, text: str, done: Take) -> None:
        self.asked.append(text)
        ids, scores = self.answers[-1]
        done(Ranking(ids, scores, 0))


@dataclass
class Window:
    """The context of a panel and what stands behind it."""

    folder: Path

    def __post_init__(self) -> None:
        self.index = self.folder / "library.sqlite3"
        self.library = Library(self.folder / "Fabula", self.index)
        self.models, self.messages, self.wishes = FakeModels(STARTER, SDXL), Messages(), Wishes()
        self.actions = Actions()
        self.actions.set_scope("library")
        self.trash = FakeTrash(self.library)
        self.jobs, self.settings = FakeJobs(), FakeSettings()
        self.work = LibraryWork(
            cast("JobService", self.jobs),
            cast("SettingsStore", self.settings),
            self.library,
            self.index,
        )
        self.meaning = FakeMeaning()
        self.used: dict[Path, tuple[str, ...]] = {}
        self.project = OpenProject(new_project(self.folder / "projects"), self.messages)
        self.bible = BibleWatch(self.project)
        self.states = PanelStates(self.folder / "panels.json")
        self.problems: list[Any] = []
        self.messages.problem_reported.connect(self.problems.append)
        self.wished: list[tuple[str, object]] = []
        self.wishes.made.connect(lambda panel, wish: self.wished.append((panel, wish)))

    @property
    def context(self) -> Context:
        plain = SimpleNamespace(
            paths=SimpleNamespace(library_db=self.index, cache=self.folder / "cache"),
            theme=theme.current(),
            actions=self.actions,
            messages=self.messages,
            library=self.library,
            library_work=self.work,
            uses_of=lambda path: self.used.get(path, ()),
            meaning=self.meaning,
            trash=self.trash,
            models=self.models,
            states=self.states,
            wishes=self.wishes,
            project=self.project,
            bible=self.bible,
        )
        return cast("Context", plain)

    def put(self, name: str, prompt: str, hours: float = 0, **settings: Any) -> Entry:
        """A picture of 60 × 40 pixels, made `hours` before noon, with these settings."""
        path = self.library.folder / f"{name}.png"
        path.parent.mkdir(exist_ok=True)
        image = QImage(60, 40, QImage.Format.Format_RGB32)
        image.fill(QColor("#3366cc"))
        image.setText("name", name)  # so that no two have the same content
        assert image.save(str(path))
        seed = settings.get("seed")
        made = START - timedelta(hours=hours)
        entry = Entry(path, made, 60, 40, prompt, seed, False, "job", settings)
        self.library.add(entry)
        return entry

    def close(self) -> None:
        self.states.flush()
        self.library.close()
        self.project.project.close()
