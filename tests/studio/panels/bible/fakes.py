"""A window around the Bible panel, with a real project, a real history and real files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtGui import QColor, QImage

from pipelines.driver import Driver
from studio import theme
from studio.actions import Actions
from studio.background import Background
from studio.bible_watch import BibleWatch
from studio.document.bible.entry import Entry, EntryKind
from studio.document.bible.entry_json import entry_document, read_bible
from studio.document.documents import Change, Document
from studio.document.opening import new_project
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.messages import Messages
from studio.open_project import OpenProject
from studio.panel_states import PanelStates
from studio.wishes import Wishes
from tests.studio.panels.imagine.fakes import STARTER, FakeModels, FakeTokens
from tests.studio.scenery import Nowhere

if TYPE_CHECKING:
    from pathlib import Path

    from studio.bible_meanings import Scores
    from studio.context import Context
    from studio.document.bible.bible import Bible

MARA = Entry(
    "mara",
    EntryKind.CHARACTER,
    "Mara",
    aliases=("Mari",),
    summary="Comes back for the lamp.",
    text="She grew up in the *lighthouse*.",
    tags=("family",),
    keywords=("red coat",),
    prompt="a woman in a red coat",
    negative="hat",
    order=1.0,
)
TOM = Entry(
    "tom",
    EntryKind.CHARACTER,
    "Old Tom",
    summary="Keeps the lamp; @Mara is his daughter.",
    tags=("family", "harbour"),
    order=2.0,
)
HARBOUR = Entry("harb", EntryKind.PLACE, "The harbour", text="Twelve boats.", order=3.0)
STORY = (MARA, TOM, HARBOUR)
_TORCH_FREE = frozenset({"studio.formats.bible_files", "studio.bible_job", "pipelines.io_tasks"})


class FakeMeanings:
    """Says how near entries are, as a test wants it."""

    def __init__(self) -> None:
        self.scores: Scores = {}

    def similar(self, text: str, bible: Bible, done: Callable[[Scores], None]) -> None:
        done(self.scores if text else {})


@dataclass
class Window:
    """The context of a panel and what stands behind it."""

    folder: Path

    def __post_init__(self) -> None:
        self.messages, self.wishes, self.actions = Messages(), Wishes(), Actions()
        self.actions.set_scope("bible")
        self.project = OpenProject(new_project(self.folder / "projects"), self.messages)
        self.watch = BibleWatch(self.project)
        self.background = Background()
        self.states = PanelStates(self.folder / "panels.json")
        self.models, self.tokens = FakeModels(STARTER), FakeTokens()
        self.jobs = JobService(
            JobStore(self.folder / "queue.sqlite3"), Spool(self.folder / "spool"), Nowhere()
        )
        self.jobs.start({"io": Lane(Driver(isolated=False, torch_free=_TORCH_FREE))})
        self.problems: list[Any] = []
        self.messages.problem_reported.connect(self.problems.append)
        self.notices: list[str] = []
        self.messages.notice_given.connect(self.notices.append)
        self.wished: list[tuple[str, object]] = []
        self.wishes.made.connect(lambda panel, wish: self.wished.append((panel, wish)))

    @cached_property
    def meanings(self) -> FakeMeanings:
        return FakeMeanings()

    @property
    def context(self) -> Context:
        plain = SimpleNamespace(
            theme=theme.current(),
            actions=self.actions,
            messages=self.messages,
            jobs=self.jobs,
            library=SimpleNamespace(folder=self.folder),
            models=self.models,
            tokens=self.tokens,
            states=self.states,
            wishes=self.wishes,
            project=self.project,
            bible_meanings=self.meanings,
            bible=self.watch,
            background=self.background,
        )
        return cast("Context", plain)

    @property
    def bible(self) -> Bible:
        """As it lies in the project."""
        return read_bible(self.project.documents.values())

    def entry(self, entry_id: str) -> Entry:
        found = self.bible.get(entry_id)
        assert found is not None
        return found

    def put(self, *entries: Entry, step: str = "Put") -> None:
        puts = tuple(entry_document(entry) for entry in entries)
        assert self.project.edit(step, Change(puts=puts))

    def put_document(self, key: str, kind: str, **data: object) -> None:
        assert self.project.edit("Put", Change(puts=(Document.make(key, kind, data),)))

    def close(self) -> None:
        self.background.finish()
        self.states.flush()
        self.jobs.shutdown()
        self.project.project.discard()


def picture(path: Path, colour: str = "#c03020") -> Path:
    """A file of 40 × 60 pixels."""
    image = QImage(40, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def many(count: int) -> tuple[Entry, ...]:
    """Entries of all kinds with some text each."""
    kinds = tuple(EntryKind)
    return tuple(
        replace(
            HARBOUR,
            id=f"{number:012x}",
            kind=kinds[number % len(kinds)],
            name=f"Entry {number}",
            text=f"Nobody knows number {number}. " * 20,
            tags=(f"tag {number % 7}",),
            order=float(number),
        )
        for number in range(count)
    )
