"""The Style panel's surroundings: a real library, queue and files; the lane `gpu` stands still
until a test gives it a child."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from PIL import Image

from pipelines.driver import Driver
from pipelines.how import How
from studio import theme
from studio.actions import Actions
from studio.homecoming import Homecoming
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.library import Library
from studio.library_work import LibraryWork
from studio.messages import Messages
from studio.panel_states import PanelStates
from studio.settings_table import MODEL_FOLDERS
from studio.wishes import Wishes
from tests.studio.panels.imagine.fakes import FakeModels, FakeSettings

if TYPE_CHECKING:
    from pathlib import Path

    from studio.context import Context
    from studio.jobs.job import Job
    from studio.settings_store import SettingsStore

TORCH_FREE = {"studio.style_job", "studio.library_import", "studio.library_job"}


class HeldLane:
    """Keeps the jobs that it is given; a test says what becomes of them."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def shutdown(self) -> None: ...

    def submit(self, job: Job) -> Job:
        self.jobs.append(job)
        return job


class World:
    """Everything lies in `folder`; `held` is the lane of the models, None where a child is it."""

    def __init__(self, folder: Path, *, child: bool = False) -> None:
        self.folder = folder
        self.networks = folder / "networks"
        self.networks.mkdir()
        index = folder / "library.sqlite3"
        self.library = Library(folder / "Fabula", index)
        self.held = None if child else HeldLane()
        self.jobs = JobService(
            JobStore(folder / "queue.sqlite3"),
            Spool(folder / "spool"),
            Homecoming(self.library, self.library.folder.parent / "candidates"),
            lambda: How("cpu", previews=False),
        )
        gpu = cast("Lane", self.held) if self.held else Lane(Driver())
        self.jobs.start({"io": Lane(Driver(isolated=False, torch_free=TORCH_FREE)), "gpu": gpu})
        self.settings, self.models = FakeSettings(), FakeModels()
        self.settings.set(MODEL_FOLDERS, (self.networks,))
        self.messages, self.wishes, self.actions = Messages(), Wishes(), Actions()
        self.actions.set_scope("style")
        self.states = PanelStates(folder / "panels.json")
        self.problems: list[Any] = []
        self.messages.problem_reported.connect(self.problems.append)
        self._work = LibraryWork(
            self.jobs, cast("SettingsStore", self.settings), self.library, index
        )

    @property
    def context(self) -> Context:
        plain = SimpleNamespace(
            paths=SimpleNamespace(cache=self.folder / "cache"),
            theme=theme.current(),
            settings=self.settings,
            actions=self.actions,
            messages=self.messages,
            jobs=self.jobs,
            library=self.library,
            library_work=self._work,
            models=self.models,
            states=self.states,
            wishes=self.wishes,
        )
        return cast("Context", plain)

    @property
    def gpu(self) -> list[Job]:
        """The jobs that the held lane was given."""
        assert self.held is not None
        return self.held.jobs

    def picture(self, name: str = "harbour.png", size: tuple[int, int] = (96, 64)) -> Path:
        """A picture file outside of the library: a slope of colours."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        red = Image.linear_gradient("L").resize(size)
        Image.merge("RGB", (red, red.rotate(180), red.point(lambda v: 128))).save(path)
        return path

    def close(self) -> None:
        self.jobs.shutdown()
        self.library.close()
