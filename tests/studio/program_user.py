"""The real program, used by a timer instead of a hand, until it is killed.

It opens what was unsaved, or the last project, as a person would; then it edits and saves.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from studio import app, composition
from studio.__main__ import main
from tests.document.project_user import arm, change, edits_in, say

_MILLISECONDS = 2  # between two edits


class Used(app.Studio):
    """A studio with somebody in it."""

    file = Path()

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self._begin)
        self.furnished.connect(self._timer.start)

    def _begin(self) -> None:
        """Once unsaved work was looked for, and the last project opened."""
        assert self._composition is not None
        self._files = self._composition.desk.files
        if self._composition.desk.busy:
            return
        project = self.context.project
        buttons = self.window.findChildren(QPushButton)
        if offers := [b for b in buttons if b.text() == "Open it" and b.isVisible()]:
            offers[0].click()
            return
        if project.path is None and not project.documents and self.file.exists():
            self._files.open(self.file)  # it was saved, and died before it could note the name
            return
        self._timer.stop()
        self._files.saved.connect(self._on_files_saved)
        done = edits_in(project.documents)
        self._numbers = itertools.count(done + 1)
        self._being_saved = 0
        say("begin", done)
        self._edits = QTimer(self, interval=_MILLISECONDS)
        self._edits.timeout.connect(self._edit)
        self._edits.start()

    def _edit(self) -> None:
        n = next(self._numbers)
        project = self.context.project
        if not project.edit(f"Edit {n}", change(project.documents, n)):
            sys.exit("an edit was refused")
        say("edited", n)
        if n % 3 == 0 and not self._being_saved:
            self._being_saved = n
            self._files.save()

    def _on_files_saved(self) -> None:
        say("saved", self._being_saved)
        self._being_saved = 0


def _without_children(self: composition.Composition) -> None:
    """Models have no part in this, and importing them takes a processor for seconds."""
    self.context.jobs.start({})


if __name__ == "__main__":
    name, phase, nth, delay = sys.argv[1:]
    Used.file = Path(name)
    app.Studio = Used  # type: ignore[misc, assignment]
    composition.Composition._start_children = _without_children  # type: ignore[method-assign]
    from studio.shell import project_talk

    project_talk.WindowTalk.ask_name = lambda *_: Used.file  # type: ignore[method-assign]
    arm(phase, int(nth), float(delay))
    sys.argv = ["fabula"]
    sys.exit(main())
