"""The composition root: makes every part behind the window once and ties them together."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pipelines.driver import Driver
from pipelines.how import How
from studio import theme
from studio.background import Background
from studio.bible_meanings import BibleMeanings
from studio.bible_watch import BibleWatch
from studio.context import Context
from studio.document.opening import new_project
from studio.errors import Problem, details_text
from studio.homecoming import Homecoming
from studio.job_watch import JobWatch
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from studio.library import Library
from studio.library_news import LibraryNews
from studio.library_work import LibraryWork
from studio.meaning_search import MeaningSearch
from studio.model_shelf import ModelShelf
from studio.model_work import ModelWork
from studio.open_project import OpenProject
from studio.panel_states import PanelStates
from studio.picture_uses import PictureUses
from studio.project_desk import ProjectDesk
from studio.settings_table import DEVICE, LIBRARY_FOLDER, MEMORY_SHARE, PREVIEWS
from studio.status_facts import StatusFacts
from studio.token_counter import TokenCounter
from studio.trash import Trash
from studio.wishes import Wishes

if TYPE_CHECKING:
    from studio.actions import Actions
    from studio.messages import Messages
    from studio.paths import Paths
    from studio.settings_store import SettingsStore
    from studio.window import MainWindow

log = logging.getLogger(__name__)

LANES: dict[str, float | None] = {"gpu": None, "text": 120.0, "io": None, "fetch": 30.0}
"""The lanes, and after how many idle seconds the child of each gives its memory back."""


class Composition(QObject):
    """Queue, library, models and what a panel is given; furnishes the window with them."""

    def __init__(
        self,
        paths: Paths,
        settings: SettingsStore,
        actions: Actions,
        messages: Messages,
        window: MainWindow,
        parent: QObject | None = None,
    ) -> None:
        """Raises OSError or sqlite3.Error when the program's own files cannot be used."""
        super().__init__(parent)
        self._settings = settings
        library = Library(settings.get(LIBRARY_FOLDER) or paths.library, paths.library_db)
        home = Homecoming(library, paths.spool / "candidates")
        home.forget_candidates()
        jobs = JobService(JobStore(paths.queue_db), Spool(paths.spool), home, self._how, self)
        jobs.restore()
        project = OpenProject(new_project(paths.projects), messages, self)
        models = ModelShelf(jobs, settings, self)
        self.context = Context(
            paths=paths,
            settings=settings,
            theme=theme.current(),
            actions=actions,
            messages=messages,
            jobs=jobs,
            library=library,
            library_work=LibraryWork(jobs, settings, library, paths.library_db, self),
            meaning=MeaningSearch(jobs, paths.library_db, paths.cache, self),
            trash=Trash(library, self),
            models=models,
            model_work=ModelWork(jobs, models, self),
            tokens=TokenCounter(jobs, self),
            states=PanelStates(paths.state / "panels.json", self),
            wishes=Wishes(self),
            project=project,
            bible_meanings=BibleMeanings(jobs, project, self),
            uses_of=PictureUses(project),
            bible=BibleWatch(project, self),
            background=Background(self),
        )
        self._window = window
        window.furnish(self.context)
        messages.problem_reported.connect(self._on_problem_reported)
        messages.notice_given.connect(window.status.tell)
        self.context.models.looked.connect(self._on_models_looked)
        self.context.model_work.starters_changed.connect(self.context.meaning.refresh)
        jobs.storage_failed.connect(self._on_storage_failed)
        LibraryNews(self.context.library_work, messages, self)
        self._facts = StatusFacts(window.status, jobs, self.context.models, self)
        self._facts.follow(self.context.library_work)
        self._watch = JobWatch(self.context, window)
        self.desk = ProjectDesk(self.context, window, self)
        self._start_children()

    def close(self) -> None:
        """Writes what is not written yet and ends every child. Safe to call twice."""
        self.context.states.flush()
        self.context.jobs.shutdown()
        self._watch.stop()
        self.context.library.close()
        self.desk.close()

    def _start_children(self) -> None:
        jobs, work = self.context.jobs, self.context.library_work
        lanes = {name: Lane(Driver(), rests_after=idle) for name, idle in LANES.items()}
        jobs.start(lanes)
        self._facts.start(lambda: [lanes[name].driver.pid for name in ("gpu", "text")])
        self.context.models.look_again(asked=False)
        work.looked.connect(self._watch.refresh)
        work.imported.connect(self._watch.refresh)
        # A picture that was moved in but not noted when the program died, or that came by hand.
        work.look(asked=False)

    def _how(self) -> How:
        """What the settings say of how jobs are done."""
        get = self._settings.get
        return How(get(DEVICE), get(PREVIEWS), get(MEMORY_SHARE))

    def _on_problem_reported(self, problem: Problem) -> None:
        """Shows it where the person is looking, with all that a report of it needs."""
        log.warning("%s %s\n%s", problem.message, problem.code, problem.details)
        details = details_text(problem, self.context.paths.log_file, self._facts.device)
        self._window.show_problem(replace(problem, details=details))

    def _on_models_looked(self, asked: bool) -> None:
        """Somebody added a folder or asked for a look: what came of it, bad files included."""
        models, messages = self.context.models, self.context.messages
        if not asked:
            return
        if models.broken:
            first = models.broken[0]
            count = self.tr("{count} of the files cannot be used as models.")
            listed = "\n".join(f"{b.path}\n    {b.message} {b.hint}" for b in models.broken)
            messages.report(
                Problem(
                    count.format(count=len(models.broken)),
                    f"{first.message} {first.hint}",
                    listed,
                    "broken_models",
                )
            )
        else:
            count = self.tr("Models to choose from: {count}")
            messages.notice(count.format(count=len(models.models)))

    def _on_storage_failed(self, reason: str) -> None:
        self.context.messages.report(
            Problem(
                f"The queue could not be written: {reason}.",
                "Make room on the disk. Finished pictures are in the library folder.",
                code="storage",
            )
        )
