"""How a run begins: unsaved work of earlier ones is offered, else the last project opened."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.document.errors import ProjectError
from studio.document.recovery import discard, find_recoverable, tidy
from studio.plain_facts import moment
from studio.settings_table import REOPEN_LAST
from studio.shell.unsaved_work import difference

if TYPE_CHECKING:
    from pathlib import Path

    from studio.background import Background
    from studio.document.recovery import Recoverable
    from studio.open_project import OpenProject
    from studio.project_files import ProjectFiles
    from studio.project_talk import Talk
    from studio.recent_projects import RecentProjects
    from studio.settings_store import SettingsStore
    from studio.turns import Turns
    from studio.widgets.notice import Notice

_log = logging.getLogger(__name__)


class ProjectStart(QObject):
    """Looks before anything else is opened: what is open already is not found.

    Signals:
        all_asked: the person wants to see all of the unsaved work.
    """

    all_asked = Signal()

    def __init__(
        self,
        desk: OpenProject,
        files: ProjectFiles,
        turns: Turns,
        background: Background,
        recent: RecentProjects,
        settings: SettingsStore,
        root: Path,
        notice: Notice,
        talk: Talk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._files, self._turns, self._background = desk, files, turns, background
        self._settings, self._root, self._notice, self._talk = settings, root, notice, talk
        self._last = recent.last_open

    def begin(self) -> None:
        """Before anybody asks for a project: what is asked for then waits for the look."""
        look = partial(_find, self._root)
        self._turns.take(lambda: self._turns.begin("", look, self._on_found, self._talk.tell))

    def give_up(self, found: Recoverable) -> None:
        """Offers it no more; it is kept for thirty days."""
        self._background.run(partial(discard, found), self._on_given_up, self._talk.tell)

    def _offer(self, found: list[Recoverable]) -> None:
        later = (self.tr("Keep for later"), self._reopen_last)
        if len(found) > 1:
            text = self.tr("{n} projects have unsaved work of an earlier run.")
            show = (self.tr("Show it…"), self.all_asked.emit)
            self._notice.offer(text.format(n=len(found)), show, later)
            return
        (one,) = found
        give_up = (self.tr("Give up"), partial(self._give_up_first, one))
        if one.problem:
            text = self.tr("Unsaved work of “{name}” was found. {problem}")
            self._notice.offer(text.format(name=one.name, problem=one.problem), later, give_up)
            return
        text = self.tr("“{name}” has unsaved work of {when}: {what}.")
        sentence = text.format(name=one.name, when=moment(one.changed), what=difference(one))
        open_it = (self.tr("Open it"), partial(self._files.reopen, one))
        self._notice.offer(sentence, open_it, later, give_up)

    def _give_up_first(self, found: Recoverable) -> None:
        self.give_up(found)
        self._reopen_last()

    def _reopen_last(self) -> None:
        """Unless the person has begun something, or asked for another one."""
        path = self._last
        untouched = self._desk.path is None and not self._desk.modified and not self._desk.steps
        if path is None or not untouched or self._turns.has_waiting:
            return
        if self._settings.get(REOPEN_LAST) and path.is_file():
            self._files.open(path)

    def _on_found(self, found: list[Recoverable]) -> None:
        if found:
            self._offer(found)
        # Its unsaved work could not be opened beside it.
        if self._last is None or all(each.path != self._last for each in found):
            self._reopen_last()

    def _on_given_up(self, _: None) -> None:
        self._talk.note(self.tr("It is kept for thirty days. The File menu brings it back."))


def _find(root: Path) -> list[Recoverable]:
    found = find_recoverable(root)
    try:
        tidy(root, datetime.now(UTC))
    except ProjectError as error:  # it can wait for the next start
        _log.warning("old unsaved work could not be deleted: %s", error)
    return found
