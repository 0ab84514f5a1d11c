"""The Models panel: what is on this disk, the starter set, and what the hub has."""

from __future__ import annotations

import logging
import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pipelines.starters.manifest import starters
from studio.action_menu import show_actions
from studio.errors import Problem
from studio.model_usage import ModelUsage, usage_of
from studio.panels.models import wording
from studio.panels.models.chosen_actions import ChosenActions
from studio.panels.models.entries import ModelEntry, entries_of
from studio.panels.models.fetch_line import FetchLine
from studio.panels.models.hub_dialog import HubDialog
from studio.panels.models.inspector import Inspector
from studio.panels.models.questions import Questions
from studio.panels.models.removal import Removal
from studio.panels.models.starter_card import StarterCard
from studio.panels.models.state import ModelsState
from studio.panels.models.view import ModelsView
from studio.wishes import DownloadModel, InstallStarters

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from pipelines import api
    from pipelines.starters.requests import Verified
    from studio.context import Context
    from studio.wishes import Wish

log = logging.getLogger(__name__)

_ID = "models"
_MENU = (
    ("model_files.use",),
    ("model_files.reveal", "model_files.check", "model_files.hash"),
    ("model_files.forget",),
    ("model_files.delete",),
)


class ModelsPanel(QWidget):
    """`inspector` is shown at the right of the window.

    What is looked for comes back at the next start.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._work = context, context.model_work
        self._state = ModelsState.from_json(context.states.load(_ID))
        self._entries: list[ModelEntry] = []
        self._damaged: set[str] = set()
        self._stage = ("", 0, 0)  # of the work that is done now
        self._questions = Questions(context.jobs, self)
        self._removal = Removal(context, self)
        self._chosen = ChosenActions(
            context, self._questions, self._removal, self._current, self._usage, self
        )
        self.view = ModelsView(StarterCard(starters()), FetchLine(self._work), self)
        self.inspector = Inspector()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self._connect()
        self._offer_actions()
        self._show_starters()
        self._look()

    @property
    def state(self) -> ModelsState:
        return self._state

    def focus_first(self) -> None:
        self.view.bar.field.setFocus()

    def fulfil(self, wish: Wish) -> None:
        """Does what another part of the window asks for."""
        match wish:
            case InstallStarters():
                self._work.install()
            case DownloadModel():
                self.ask_hub()

    def ask_hub(self) -> None:
        """Opens the dialog for a model of the hub."""
        dialog = HubDialog(self._work, self)
        dialog.confirmed.connect(self._work.download)
        dialog.open()

    # ---- what there is -----------------------------------------------------------------------

    def _look(self) -> None:
        """Reads the lists anew; what was chosen stays chosen."""
        shelf = self._context.models
        self._entries = entries_of(
            shelf.found, self._work.installed(), starters(), shelf.is_forgotten
        )
        self._filter()

    def _filter(self) -> None:
        before, state = self._current(), self._state
        shown = [entry for entry in self._entries if state.lets(entry)]
        total = sum(entry.forgotten == state.forgotten for entry in self._entries)
        self.view.rows.show(shown)
        self.view.show_list(bool(shown))
        self.view.bar.show_count(wording.count(len(shown), total))
        families = sorted({entry.family for entry in self._entries if entry.family})
        self.view.bar.show_state(state, families)
        row = self.view.rows.row_of(before.path) if before else -1
        if shown:
            self.view.list.setCurrentIndex(self.view.rows.index(max(0, row)))
        self._show_current()

    def _current(self) -> ModelEntry | None:
        index = self.view.list.currentIndex()
        return self.view.rows.entry(index.row()) if index.isValid() else None

    def _usage(self, entry: ModelEntry) -> ModelUsage:
        jobs = self._context.jobs
        try:
            pictures = self._context.library.models()
        except sqlite3.Error:  # locked for long, or the disk is failing: the rest is still true
            log.warning("the library's index could not be read", exc_info=True)
            pictures = []
        return usage_of(
            (entry.id, str(entry.path)),
            (*jobs.running(), *jobs.waiting(), *jobs.stopped()),
            self._context.project.project.documents.values(),
            pictures,
        )

    def _show_current(self) -> None:
        entry = self._current()
        if entry is None:
            self.inspector.show_nothing()
            return
        self.inspector.show_entry(entry, self._usage(entry), self._removal.verb(entry))
        self._show_answers()

    def _show_answers(self) -> None:
        entry = self._current()
        if entry is None:
            return
        asked, path = self._questions, entry.path
        self.inspector.show_answers(
            asked.hash_of(path), asked.verdict_of(path), asked.is_hashing(path), asked.share()
        )
        names, chosen = self.inspector.action_names(), self._chosen
        self.inspector.show_allowed(
            {name: chosen.is_allowed(name) for name in names},
            {name: chosen.tooltip(name) for name in names},
            self._context.actions.shortcut_text("model_files.use"),
        )

    def _show_starters(self) -> None:
        installed = self._work.installed()
        whole = installed.keys() - self._damaged
        coming = {each.id for each in starters() if self._work.is_installing(each)} - whole
        self.view.card.show_starters(installed, coming, self._damaged)

    # ---- doing -------------------------------------------------------------------------------

    def _set(self, state: ModelsState) -> None:
        self._state = state
        self._context.states.save(_ID, state.to_json())
        self._filter()

    def _has_current(self) -> bool:
        return self._current() is not None

    def _offer_actions(self) -> None:
        connect = self._context.actions.connect
        connect("model_files.find", self._on_find_asked)
        connect("model_files.verify", self._work.verify, lambda: bool(self._work.installed()))

    def _connect(self) -> None:
        view, context, work = self.view, self._context, self._work
        context.models.changed.connect(self._look)
        work.changed.connect(self._on_work_changed)
        work.starters_changed.connect(self._on_work_starters_changed)
        work.verified.connect(self._on_work_verified)
        work.failed.connect(self._on_asked_failed)
        context.jobs.queue_changed.connect(self._on_jobs_queue_changed)
        context.actions.shortcuts_changed.connect(self._show_answers)
        self._questions.changed.connect(self._show_answers)
        self._questions.failed.connect(self._on_asked_failed)
        self._removal.removed.connect(self._on_removal_removed)
        view.bar.state_edited.connect(self._set)
        view.bar.left.connect(partial(view.list.setFocus, Qt.FocusReason.OtherFocusReason))
        view.bar.folder_asked.connect(partial(context.actions.trigger, "models.add_folder"))
        view.bar.hub_asked.connect(self.ask_hub)
        view.no_hits.first_step_asked.connect(partial(self._set, ModelsState()))
        view.card.install_asked.connect(self._on_card_install_asked)
        view.card.repair_asked.connect(self._on_card_repair_asked)
        view.card.verify_asked.connect(work.verify)
        view.list.selectionModel().currentChanged.connect(self._show_current)
        view.list.activated.connect(self._on_list_activated)
        view.list.customContextMenuRequested.connect(self._on_list_menu_requested)
        self.inspector.action_asked.connect(context.actions.trigger)

    # ---- slots -------------------------------------------------------------------------------

    def _on_find_asked(self) -> None:
        self.focus_first()
        self.view.bar.field.selectAll()

    def _on_list_activated(self) -> None:
        self._context.actions.trigger("model_files.use")

    def _on_list_menu_requested(self, at: QPoint) -> None:
        if self._has_current():
            show_actions(
                self._context.actions, _MENU, self, self.view.list.viewport().mapToGlobal(at)
            )

    def _on_card_install_asked(self, starter_id: str) -> None:
        self._work.install(*([starter_id] if starter_id else []))

    def _on_card_repair_asked(self, starter_id: str) -> None:
        self._work.install(starter_id, again=True)

    def _on_work_changed(self) -> None:
        """It changes with every megabyte; the starters only between two of them."""
        job = self._work.current
        part = job.progress.part if job and job.progress else 0
        stage = (job.id if job else "", part, self._work.waiting)
        if stage != self._stage:
            self._stage = stage
            self._show_starters()

    def _on_work_starters_changed(self) -> None:
        self._damaged.clear()
        self._show_starters()
        self._look()

    def _on_work_verified(self, results: tuple[Verified, ...]) -> None:
        self._damaged = {each.id for each in results if each.problems}
        self._show_starters()
        if not self._damaged:
            self._context.messages.notice(self.tr("The starters are as they were installed"))
            return
        listed = "\n".join(problem for each in results for problem in each.problems)
        self._context.messages.report(
            Problem(
                self.tr("Files of the starter set are not what was installed."),
                self.tr("“Repair” fetches them again."),
                listed,
                "damaged_starter",
            )
        )

    def _on_asked_failed(self, failure: api.Failed) -> None:
        self._context.messages.report(
            Problem(failure.message, failure.hint, failure.trace, failure.code)
        )

    def _on_jobs_queue_changed(self) -> None:
        if self.isVisible():
            self._show_current()

    def _on_removal_removed(self, path: Path) -> None:
        self._questions.forget(path)
        self._context.models.look_again(asked=False)

    # ---- Qt ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()  # the command line may have installed starters meanwhile
        self._show_starters()
