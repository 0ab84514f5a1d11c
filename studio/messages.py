"""Sentences for the person, from anywhere in the program and from any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.errors import Problem

if TYPE_CHECKING:
    from studio.document.errors import ProjectError


class Messages(QObject):
    """Signals: `problem_reported` with a Problem for the banner, `notice_given` with a sentence."""

    problem_reported = Signal(Problem)
    notice_given = Signal(str)

    def report(self, problem: Problem) -> None:
        """Shows a problem where the person is looking. Safe from any thread."""
        self.problem_reported.emit(problem)

    def report_error(self, error: ProjectError) -> None:
        """Says that the project could not do something, in the error's own words."""
        self.report(Problem(str(error), error.hint, code=error.code))

    def notice(self, text: str) -> None:
        """Says something that is no problem."""
        self.notice_given.emit(text)
