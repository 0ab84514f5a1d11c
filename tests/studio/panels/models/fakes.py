"""A window around the Models panel: a real shelf, settings and library; what is fetched is held."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from studio import theme
from studio.actions import Actions
from studio.library import Library
from studio.messages import Messages
from studio.model_shelf import ModelShelf
from studio.model_work import LANE, ModelWork
from studio.panel_states import PanelStates
from studio.settings_store import SettingsStore
from studio.settings_table import load_settings
from studio.wishes import Wishes
from tests.studio.panels.imagine.fakes import FakeJobs

if TYPE_CHECKING:
    from pathlib import Path

    from studio.context import Context
    from studio.document.documents import Document
    from studio.jobs.job import Job
    from studio.jobs.service import JobService


class HeldJobs(FakeJobs):
    """What asks about files is answered at once; what is fetched waits for the test."""

    def __init__(self) -> None:
        super().__init__()
        self.fetches: list[Job] = []
        self.held_io = False

    def stopped(self) -> list[Job]:
        return []

    def run_aside(self, lane: str, job: Job) -> Job:
        if lane == LANE or self.held_io:
            self.fetches.append(job)
            return job
        return super().run_aside(lane, job)


@dataclass
class Window:
    """The context of a panel and what stands behind it."""

    folder: Path
    documents: dict[str, Document] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.jobs, self.messages, self.wishes = HeldJobs(), Messages(), Wishes()
        self.settings = SettingsStore(load_settings(self.folder / "settings.json"))
        service = cast("JobService", self.jobs)
        self.models = ModelShelf(service, self.settings)
        self.work = ModelWork(service, self.models)
        self.library = Library(self.folder / "Fabula", self.folder / "library.sqlite3")
        self.actions = Actions()
        self.actions.set_scope("model_files")
        self.states = PanelStates(self.folder / "panels.json")
        self.problems: list[Any] = []
        self.messages.problem_reported.connect(self.problems.append)
        self.wished: list[tuple[str, object]] = []
        self.wishes.made.connect(lambda panel, wish: self.wished.append((panel, wish)))

    @property
    def context(self) -> Context:
        plain = SimpleNamespace(
            theme=theme.current(),
            settings=self.settings,
            actions=self.actions,
            messages=self.messages,
            jobs=self.jobs,
            library=self.library,
            models=self.models,
            model_work=self.work,
            states=self.states,
            wishes=self.wishes,
            project=SimpleNamespace(project=SimpleNamespace(documents=self.documents)),
        )
        return cast("Context", plain)

    def close(self) -> None:
        self.states.flush()
        self.library.close()
