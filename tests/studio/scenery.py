"""A window's surroundings for tests: real settings, actions and queue, and lanes that only wait."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pipelines import api
from studio import theme
from studio.actions import Actions
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.model_shelf import ModelShelf
from studio.paths import Paths
from studio.registry import PanelSpec
from studio.settings_store import SettingsStore
from studio.settings_table import load_settings
from studio.window import MainWindow
from studio.wishes import Wish, Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.context import Context
    from studio.jobs.job import Job
    from studio.jobs.lane import Lane


# What the screen that is none says whenever a window has a smallest size or a popup opens.
OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support")


class StillLane:
    """Takes jobs and leaves what becomes of them to the test."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def shutdown(self) -> None: ...

    def submit(self, job: Job) -> Job:
        return job


class Nowhere:
    """Keeps no pictures."""

    def adopt(self, item: object) -> object:
        return item

    def enter(self, job_id: str, picture: api.Picture, request: object) -> None: ...
    def rescue(self, job_id: str, path: Path) -> None: ...


class SamplePanel(QWidget):
    """A field in the workspace and a button in the inspector."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setAccessibleName("Prompt")
        self.inspector = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(self.field)
        column.addStretch(1)
        side = QVBoxLayout(self.inspector)
        side.addWidget(QLabel("Model"))
        side.addStretch(1)
        side.addWidget(QPushButton("Generate"))

    def focus_first(self) -> None:
        self.field.setFocus()


class PlainPanel(QWidget):
    """A panel without an inspector."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)


class GrantingPanel(QWidget):
    """A panel that others send wishes to."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.wishes: list[Wish] = []

    def fulfil(self, wish: Wish) -> None:
        self.wishes.append(wish)


PANELS = (PanelSpec("imagine", "Imagine", 1, "sparkle", "tests.studio.scenery:SamplePanel"),)
WISHING = (
    *PANELS,
    PanelSpec("library", "Library", 7, "image", "tests.studio.scenery:GrantingPanel"),
)


def make_jobs(home: Path) -> JobService:
    """A queue on disk whose lanes stand still."""
    home.mkdir(parents=True, exist_ok=True)
    made = JobService(JobStore(home / "queue.sqlite3"), Spool(home / "spool"), Nowhere())
    made.start(cast("dict[str, Lane]", {"gpu": StillLane(), "io": StillLane()}))
    return made


def request(count: int = 1) -> api.TextToImageRequest:
    return api.TextToImageRequest(model="starter-icons", prompt="a castle", count=count)


def make_context(paths: Paths) -> Context:
    """What the window uses of a context; the rest is missing and would fail loudly."""
    settings = SettingsStore(load_settings(paths.settings_file))
    jobs = make_jobs(paths.state)
    parts: dict[str, Any] = {
        "paths": paths,
        "settings": settings,
        "theme": theme.current(),
        "actions": Actions(),
        "jobs": jobs,
        "models": ModelShelf(jobs, settings),
        "wishes": Wishes(),
    }
    return cast("Context", SimpleNamespace(**parts))


def make_window(context: Context, panels: Sequence[PanelSpec] = PANELS) -> MainWindow:
    """A window with everything in it."""
    made = MainWindow(context.settings, context.theme, context.actions, context.paths, panels)
    made.furnish(context)
    return made


@pytest.fixture
def context(qapp: QApplication, home: Path) -> Iterator[Context]:
    made = make_context(Paths.below(home))
    yield made
    made.jobs.shutdown()


@pytest.fixture
def jobs(qapp: QApplication, tmp_path: Path) -> Iterator[JobService]:
    made = make_jobs(tmp_path)
    yield made
    made.shutdown()
