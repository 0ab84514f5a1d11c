"""Sentences for the person, from anywhere in the program and from any thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.errors import Problem


class Messages(QObject):
    """Signals: `problem_reported` with a Problem for the banner, `notice_given` with a sentence."""

    problem_reported = Signal(Problem)
    notice_given = Signal(str)

    def report(self, problem: Problem) -> None:
        """Shows a problem where the person is looking. Safe from any thread."""
        self.problem_reported.emit(problem)

    def notice(self, text: str) -> None:
        """Says something that is no problem."""
        self.notice_given.emit(text)
