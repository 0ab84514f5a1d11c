"""A window around the Inpaint panel: a real project, a real queue, real files and real fills."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from PIL import Image
from PySide6.QtGui import QPainterPath

from pipelines.driver import Driver
from studio import theme
from studio.actions import Actions
from studio.bible_watch import BibleWatch
from studio.canvas import mask_work
from studio.document.opening import new_project
from studio.homecoming import Homecoming
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.library import Library
from studio.messages import Messages
from studio.open_project import OpenProject
from studio.panel_states import PanelStates
from studio.wishes import Wishes
from tests.studio.panels.imagine.fakes import SDXL, STARTER, FakeModels, FakeSettings

if TYPE_CHECKING:
    from pathlib import Path

    from studio.context import Context
    from studio.panels.inpaint.panel import InpaintPanel

_TORCH_FREE = frozenset({"studio.canvas_job", "pipelines.io_tasks", "pipelines.inpaint.remove"})


@dataclass
class Window:
    """The context of a panel and what stands behind it."""

    folder: Path

    def __post_init__(self) -> None:
        self.messages, self.wishes, self.actions = Messages(), Wishes(), Actions()
        self.actions.set_scope("inpaint")
        self.project = OpenProject(new_project(self.folder / "projects"), self.messages)
        self.bible = BibleWatch(self.project)
        self.states = PanelStates(self.folder / "panels.json")
        self.settings, self.models = FakeSettings(), FakeModels(STARTER, SDXL)
        self.library = Library(self.folder / "Fabula", self.folder / "library.sqlite3")
        self.jobs = JobService(
            JobStore(self.folder / "queue.sqlite3"),
            Spool(self.folder / "spool"),
            Homecoming(self.library, self.folder / "candidates"),
        )
        lanes = ("io", "gpu")
        self.jobs.start(
            {name: Lane(Driver(isolated=False, torch_free=_TORCH_FREE)) for name in lanes}
        )
        self.problems: list[Any] = []
        self.messages.problem_reported.connect(self.problems.append)

    @property
    def context(self) -> Context:
        plain = SimpleNamespace(
            paths=SimpleNamespace(wildcards=self.folder / "wildcards"),
            settings=self.settings,
            theme=theme.current(),
            actions=self.actions,
            messages=self.messages,
            jobs=self.jobs,
            library=self.library,
            models=self.models,
            states=self.states,
            wishes=self.wishes,
            project=self.project,
            bible=self.bible,
        )
        return cast("Context", plain)

    def close(self) -> None:
        self.states.flush()
        self.jobs.shutdown()
        self.library.close()
        self.project.project.discard()


def photo(path: Path, width: int = 320, height: int = 240) -> Path:
    """Stripes that go on across whatever is painted over."""
    image = Image.new("RGB", (width, height))
    image.putdata(
        [((x * 9) % 200, (y * 5) % 180, (x + y) % 90) for y in range(height) for x in range(width)]
    )
    image.save(path)
    return path


def mask_box(panel: InpaintPanel, x: int, y: int, width: int, height: int) -> None:
    """Masks a rectangle, and has the step in the project."""
    path = QPainterPath()
    path.addRect(x, y, width, height)
    panel.canvas.work(mask_work.fill_path(panel.canvas, path, subtract=False))
    panel.canvas.finish_work()
    panel.session.settle()
