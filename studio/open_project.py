"""The project that is open: every panel reads it here and changes it here."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from studio.clean_step import CleanStep
from studio.commands.edit import EditCommand
from studio.document.documents import Change
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from studio.document.assets import Asset
    from studio.document.contents import Contents
    from studio.document.documents import Document
    from studio.document.project import Project
    from studio.messages import Messages

_HISTORY_BYTES = 64 * 1024 * 1024


class OpenProject(QObject):
    """One project after the other, and one history for each.

    Use it in the GUI thread; only `asset` and `store` may be called from any. An edit is durable
    when `edit` returns. Where the disk refuses one, nothing has changed and the person has been
    told.

    Signals:
        changed: documents are others now: a `Changes`, and whoever gave himself as `by`, or None.
        replaced: another project is open; all that was read of the old one is void.
        modified_changed: whether there is something to save.
        named: the project has this name now; also after `replaced`.
        about_to_save: a save begins; whoever has something to `keep` does it now.
        history_changed: a step came, went, was undone or done again.
        leaving_step: steps are about to be undone or done again; who holds back an edit makes it
            now.
    """

    changed = Signal(object, object)
    replaced = Signal()
    modified_changed = Signal(bool)
    named = Signal(str)
    about_to_save = Signal()
    history_changed = Signal()
    leaving_step = Signal()

    def __init__(self, project: Project, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._stack = QUndoStack(self)
        self._clean = CleanStep(self._stack)
        self._stack.cleanChanged.connect(self._on_stack_clean_changed)
        self._stack.indexChanged.connect(self.history_changed)
        self.about_to_save.connect(self._on_about_to_save)
        self._history_bytes = _HISTORY_BYTES
        self._forgotten = 0
        self._is_refused = False
        self._take(project)

    # ---- reading -----------------------------------------------------------------------------

    @property
    def project(self) -> Project:
        """For opening, saving and closing; panels have no use for it."""
        return self._project

    @property
    def name(self) -> str:
        return self._project.name

    @property
    def path(self) -> Path | None:
        return self._project.path

    @property
    def read_only(self) -> ProjectError | None:
        """None, or why nothing can be changed."""
        return self._project.read_only

    @property
    def modified(self) -> bool:
        """Whether there is something to save. Undoing back to what was saved counts as saved."""
        return not self._stack.isClean()

    @property
    def documents(self) -> Mapping[str, Document]:
        """By key; a view that follows every change, and is void after `replaced`."""
        return self._project.documents

    def of_kind(self, kind: str) -> list[Document]:
        return self._project.of_kind(kind)

    def asset(self, hash_: str) -> Asset:
        """Raises LookupError where the project has none, ProjectError where it is damaged."""
        return self._project.asset(hash_)

    # ---- changing ----------------------------------------------------------------------------

    def edit(self, text: str, change: Change, *, by: object = None, merge_key: str = "") -> bool:
        """Changes the project, as one step of the history with this name ("Rename Mara").

        False where it could not be stored: the person was told. `by` reaches the observers, so that
        a view leaves its own edits alone. Steps with the same `merge_key` that follow each other
        become one. Raises LookupError for a key to delete that is not there.
        """
        try:
            undo = self._project.apply(change, by=by)
        except ProjectError as error:
            self._report(error)
            return False
        if undo.puts or undo.deletes:
            redo = Change(change.puts, change.deletes)
            self._push(EditCommand(self, text, redo, undo, merge_key))
        return True

    def keep(self, change: Change) -> None:
        """Puts into the project what the program could make again, as vectors of its texts.

        It is no step of the history, and where the disk refuses it nobody need know.
        """
        with contextlib.suppress(ProjectError):
            self._project.apply(change)
            self._clean.note_moved(self._project)

    def store(self, asset: Asset) -> str:
        """Puts a picture into the project ahead of the edit that refers to it; returns its hash.

        Any thread may call it: a large one takes a while. Raises ProjectError.
        """
        return self._project.store(asset)

    def revert(self, text: str, saved: Contents) -> None:
        """Goes back to what the project's file holds, as a step with this name."""
        if self._take_over(text, self._project.revert, saved):
            self.note_saved()

    def restore(self, text: str, backup: Contents) -> None:
        """Takes over what is in a backup, unsaved, as a step with this name."""
        self._take_over(text, self._project.restore, backup)

    def apply_step(self, change: Change) -> None:
        """For the steps of the history."""
        if self._is_refused or self._clean.is_walking:
            return
        try:
            self._project.apply(change)
        except ProjectError as error:
            self._is_refused = True
            self._report(error)

    # ---- history -----------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        return self._stack.index() > self._forgotten

    @property
    def can_redo(self) -> bool:
        return self._stack.canRedo()

    @property
    def undo_text(self) -> str:
        """What `undo` would take back, "" for nothing."""
        return self._stack.undoText() if self.can_undo else ""

    @property
    def redo_text(self) -> str:
        return self._stack.redoText()

    @property
    def steps(self) -> list[str]:
        """The names of all steps that can be reached, the oldest first."""
        return [self._stack.text(step) for step in range(self._forgotten, self._stack.count())]

    @property
    def done_steps(self) -> int:
        """How many of `steps` are done now."""
        return self._stack.index() - self._forgotten

    @property
    def forgotten_steps(self) -> int:
        """How many older ones were given up to save memory."""
        return self._forgotten

    def limit_history(self, limit: int) -> None:
        """So many bytes the steps may hold together, from the next step on.

        The oldest are forgotten first.
        """
        self._history_bytes = limit

    def undo(self) -> None:
        self.leaving_step.emit()
        if self.can_undo:
            self.go_to(self.done_steps - 1)

    def redo(self) -> None:
        self.leaving_step.emit()
        if self.can_redo:
            self.go_to(self.done_steps + 1)

    def go_to(self, done_steps: int) -> None:
        """Undoes or does again until so many of `steps` are done.

        Where the disk refuses a step, it stops before that one and the person is told.
        """
        self.leaving_step.emit()
        target = min(max(done_steps, 0), len(self.steps)) + self._forgotten
        while (index := self._stack.index()) != target:
            forward = target > index
            (self._stack.redo if forward else self._stack.undo)()
            if self._is_refused:
                # The stack thinks that it was done: back, while `apply_step` does nothing.
                (self._stack.undo if forward else self._stack.redo)()
                self._is_refused = False
                return
            self._clean.note_moved(self._project)

    # ---- one project after the other -----------------------------------------------------------

    def replace(self, project: Project) -> Project:
        """Another project is open from now on; returns the old one, which the caller closes."""
        old = self._project
        self._stop_observing()
        self._take(project)
        self.replaced.emit()
        self.named.emit(self.name)
        return old

    def note_saved(self) -> None:
        """The project was saved, or has another name now."""
        self._clean.mark(self._project)
        self.named.emit(self.name)

    def _take(self, project: Project) -> None:
        self._project = project
        self._stop_observing = project.observe(self.changed.emit)
        self._forgotten = 0
        self._stack.clear()
        self._clean.forget()
        self._clean.mark(project)

    def _take_over(self, text: str, take: Callable[[Contents], Change], contents: Contents) -> bool:
        try:
            undo = take(contents)
        except ProjectError as error:
            self._report(error)
            return False
        if undo.puts or undo.deletes:
            now = self._project.documents
            keys = [*(document.key for document in undo.puts), *undo.deletes]
            redo = Change(
                puts=tuple(now[key] for key in keys if key in now),
                deletes=tuple(key for key in keys if key not in now),
            )
            self._push(EditCommand(self, text, redo, undo))
        return True

    def _push(self, command: EditCommand) -> None:
        self._stack.push(command)
        self._clean.note_pushed(self._project)
        self._forget_oldest()

    def _forget_oldest(self) -> None:
        """A step cannot leave the bottom of a QUndoStack, so it stays there without its change."""
        commands = [self._command(index) for index in range(self._forgotten, self._stack.count())]
        held = sum(command.nbytes for command in commands)
        for command in commands[:-1]:
            if held <= self._history_bytes:
                return
            held -= command.nbytes
            command.forget()
            self._forgotten += 1

    def _command(self, index: int) -> EditCommand:
        command = self._stack.command(index)
        assert isinstance(command, EditCommand)
        return command

    def _report(self, error: ProjectError) -> None:
        self._messages.report_error(error)

    def _on_about_to_save(self) -> None:
        self._clean.begin(self._project)

    def _on_stack_clean_changed(self, clean: bool) -> None:
        self.modified_changed.emit(not clean)
