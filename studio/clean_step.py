"""Which step of the history a file holds that was written while the person went on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from studio.document.project import Project


class CleanStep:
    """Marks the clean step of a stack: the one at which nothing has to be saved."""

    def __init__(self, stack: QUndoStack) -> None:
        self._stack = stack
        self._steps: dict[str, int] = {}
        self.is_walking = False

    def begin(self, project: Project) -> None:
        """A save begins, which will hold the state of now or a later one."""
        self._steps = {project.state: self._stack.index()}

    def forget(self) -> None:
        """The stack is another project's now."""
        self._steps.clear()

    def note_pushed(self, project: Project) -> None:
        """There is a new step, or the last one has become another; what was undone is gone."""
        index = self._stack.index()
        self._steps = {state: step for state, step in self._steps.items() if step < index}
        self.note_moved(project)

    def note_moved(self, project: Project) -> None:
        """The project is in another state at a step that there was before."""
        self._steps[project.state] = self._stack.index()

    def mark(self, project: Project) -> None:
        """The file holds `project.saved_state`."""
        now = self._stack.index()
        step = self._steps.get(project.saved_state) if project.dirty else now
        if step is None:
            self._stack.resetClean()
        elif step == now:
            self._stack.setClean()
        else:
            self._mark_at(step)

    def _mark_at(self, step: int) -> None:
        """A QUndoStack can be marked only where it stands, so it goes there and back unseen."""
        now = self._stack.index()
        self.is_walking = True
        with QSignalBlocker(self._stack):
            self._stack.setIndex(step)
            self._stack.setClean()
            self._stack.setIndex(now)
        self.is_walking = False
