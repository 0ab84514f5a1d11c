"""A window around the panel that answers as the tests want, with real jobs and a real library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage

from pipelines import api
from pipelines.families import family
from pipelines.metadata.settings import Settings, Tool
from pipelines.model_ref import Defaults, ModelRef
from pipelines.pictures import PictureInfo
from pipelines.starters.manifest import starters
from studio import theme
from studio.actions import Actions
from studio.bible_watch import BibleWatch
from studio.document.opening import new_project
from studio.jobs.job import Job
from studio.library import Entry, Library
from studio.messages import Messages
from studio.open_project import OpenProject
from studio.panel_states import PanelStates
from studio.registry import resolve
from tests.scripted_context import ScriptedContext

if TYPE_CHECKING:
    from studio.context import Context
    from studio.settings import Setting

STARTER = ModelRef(
    id="starter-icons",
    path=Path("/models/starter-icons"),
    family=family("sd1"),
    defaults=Defaults(128, 128, 20, 3.0),
    title="Starter icons",
    size_bytes=46_900_000,
    licence="Apache-2.0",
    kind="folder",
    description="It draws simple icons, 128 pixels wide, shown larger.",
    labels=("castle", "rocket", "owl"),
    shapes={"1:1": (128, 128)},
    tokens=32,
)
SDXL = replace(
    STARTER,
    id="sdxl-base",
    path=Path("/models/sdxl-base.safetensors"),
    family=family("sdxl"),
    defaults=Defaults(1344, 768, 20, 5.5),
    title="SDXL base 1.0",
    size_bytes=6_900_000_000,
    licence="OpenRAIL++",
    description="",
    labels=(),
    shapes=family("sdxl").shapes,
    tokens=77,
)
FLUX = replace(SDXL, id="flux", path=Path("/models/flux"), family=family("flux"), title="FLUX.1")


class FakeModels(QObject):
    changed = Signal()

    def __init__(self, *models: ModelRef) -> None:
        super().__init__()
        self.models = models
        self.complete = True
        self.loras: tuple[Any, ...] = ()
        self.vaes: tuple[Any, ...] = ()
        self.embeddings: tuple[Any, ...] = ()

    def find(self, model_id: str) -> ModelRef | None:
        for model in self.models:
            if model_id in (model.id, str(model.path)):
                return model
        return None


class FakeTokens(QObject):
    counted = Signal(str, str, int, int)

    def count_tokens(self, ref: ModelRef, text: str) -> None:
        self.counted.emit(ref.id, text, len(text.split()), ref.tokens)


class FakeSettings(QObject):
    """Defaults, until a test sets something."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, Any] = {}

    def get(self, setting: Setting[Any]) -> Any:
        return self._values.get(setting.key, setting.default)

    def set(self, setting: Setting[Any], value: object) -> None:
        self._values[setting.key] = value
        self.changed.emit(setting.key)


class FakeJobs(QObject):
    """Submits at once; a test moves its jobs with `Job.apply`."""

    job_added = Signal(Job)
    queue_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Job] = []
        self.paused = False

    def set_paused(self, on: bool) -> None:
        self.paused = on

    def waiting(self) -> list[Job]:
        return [job for job in self.all if not job.is_settled]

    def running(self) -> list[Job]:
        return []

    def submit(self, request: Any, *, title: str) -> Job:
        job = Job("", request, title=title, parent=self)
        self.all.append(job)
        self.job_added.emit(job)
        return job

    def run_aside(self, lane: str, job: Job) -> Job:
        """Runs it here and now."""
        assert lane == "io"
        task = resolve(job.ticket.target)
        try:
            job.apply(api.Done(task(job.request, ScriptedContext(Path()))))
        except api.PipelineError as error:
            job.apply(api.Failed(error.code, str(error), error.hint))
        return job


class FakeTrash:
    """Moves files aside as the system's trash does."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._steps: list[tuple[Entry, ...]] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    def delete(self, *paths: Path) -> None:
        for path in paths:
            path.rename(path.with_suffix(".gone"))
        self._steps.append(tuple(self._library.forget(path) for path in paths))

    def undo(self) -> tuple[Entry, ...]:
        entries = self._steps.pop()
        for entry in entries:
            entry.path.with_suffix(".gone").rename(entry.path)
            self._library.put_back(entry)
        return entries


class FakeModelWork(QObject):
    """Everything of the starter set is there, until a test says what is."""

    starters_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.there = {starter.id: Path("/starters") / starter.id for starter in starters()}

    def installed(self) -> dict[str, Path]:
        return self.there


@dataclass
class Window:
    """The context of a panel and what stands behind it."""

    folder: Path
    models: FakeModels = field(default_factory=lambda: FakeModels(STARTER, SDXL, FLUX))
    infos: dict[str, PictureInfo | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.jobs, self.tokens, self.messages = FakeJobs(), FakeTokens(), Messages()
        self.settings, self.model_work = FakeSettings(), FakeModelWork()
        self.actions = Actions()
        self.actions.set_scope("imagine")
        self.library = Library(self.folder / "pictures", self.folder / "library.db")
        self.trash = FakeTrash(self.library)
        self.project = OpenProject(new_project(self.folder / "projects"), self.messages)
        self.bible = BibleWatch(self.project)
        self.states = PanelStates(self.folder / "panels.json")
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
            trash=self.trash,
            models=self.models,
            model_work=self.model_work,
            tokens=self.tokens,
            states=self.states,
            project=self.project,
            bible=self.bible,
            read_info=self._read_info,
        )
        return cast("Context", plain)

    def draw(self, job: Job, index: int, colour: str, kept: bool = False) -> api.Picture:
        """Lets a running job finish one picture, which is in the library by then."""
        request = job.request
        assert isinstance(request, api.TextToImageRequest)
        path = self.library.folder / f"{job.id}-{index}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        image = QImage(request.width, request.height, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        image.save(str(path))
        picture = api.Picture(
            str(path),
            index,
            request.seed + index,
            request.prompt,
            request.width,
            request.height,
        )
        self.library.add(
            Entry(
                path,
                datetime(2026, 11, 24, 12, 0, index, tzinfo=UTC),
                request.width,
                request.height,
                request.prompt,
                picture.seed,
                kept,
                job.id,
            )
        )
        job.apply(api.Produced(picture))
        return picture

    def close(self) -> None:
        self.states.flush()
        self.library.close()
        self.project.project.close()

    def _read_info(self, path: Path, callback: Callable[[PictureInfo | None], None]) -> None:
        callback(self.infos[str(path)])


def info(unknown: dict[str, str] | None = None, **settings: Any) -> PictureInfo:
    """What a picture of another program says."""
    return PictureInfo(Tool.A1111, 512, 512, Settings(**settings), unknown or {}, None, "")
