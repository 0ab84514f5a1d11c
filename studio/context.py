"""What a panel is given: the parts of the program, made once in `studio.app`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.jobs.job import Job

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.pictures import PictureInfo
    from studio.actions import Actions
    from studio.background import Background
    from studio.bible_meanings import BibleMeanings
    from studio.bible_watch import BibleWatch
    from studio.jobs.service import JobService
    from studio.library import Library
    from studio.library_work import LibraryWork
    from studio.meaning_search import MeaningSearch
    from studio.messages import Messages
    from studio.model_shelf import ModelShelf
    from studio.model_work import ModelWork
    from studio.open_project import OpenProject
    from studio.panel_states import PanelStates
    from studio.paths import Paths
    from studio.settings_store import SettingsStore
    from studio.theme import Theme
    from studio.token_counter import TokenCounter
    from studio.trash import Trash
    from studio.wishes import Wishes

InfoCallback = Callable[["PictureInfo | None"], None]
UsesOf = Callable[["Path"], tuple[str, ...]]
"""Where the open project uses a picture file, in words: "shot 1A", "Mara's portrait"."""


def _no_uses(_path: Path) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Context:
    """Panels get everything from here and know nothing of each other."""

    paths: Paths
    settings: SettingsStore
    theme: Theme
    actions: Actions
    messages: Messages
    jobs: JobService
    library: Library
    library_work: LibraryWork
    meaning: MeaningSearch
    trash: Trash
    models: ModelShelf
    model_work: ModelWork
    tokens: TokenCounter
    states: PanelStates
    wishes: Wishes
    project: OpenProject
    bible_meanings: BibleMeanings
    bible: BibleWatch
    background: Background
    uses_of: UsesOf = _no_uses

    def read_info(self, path: Path, done: InfoCallback) -> None:
        """Reads off the GUI thread how a picture was made, then calls `done` in it.

        None stands for a file that is no picture.
        """
        job = Job("pipelines.io_tasks:picture_info", path, parent=self.jobs)
        job.succeeded.connect(done)
        job.failed.connect(lambda _failure: done(None))
        job.settled.connect(job.deleteLater)
        self.jobs.run_aside("io", job)
