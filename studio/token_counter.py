"""Counts the tokens of a prompt while it is typed, in the io lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pipelines.io_requests import Count
from studio.jobs.job import Job

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef
    from studio.jobs.service import JobService


class TokenCounter(QObject):
    """Answers the newest question only; one that is asked meanwhile waits for its turn.

    Signals: `counted` with the model's id, the text, its tokens and the most the model reads.
    """

    counted = Signal(str, str, int, int)

    def __init__(self, jobs: JobService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._running: Job | None = None
        self._asked: tuple[ModelRef, str] | None = None
        self._next: tuple[ModelRef, str] | None = None

    def count_tokens(self, ref: ModelRef, text: str) -> None:
        """Asks for the tokens of `text`; a model without a readable tokenizer never answers."""
        if self._running is not None:
            self._next = (ref, text)
            return
        self._asked = (ref, text)
        self._running = Job("pipelines.io_tasks:count", Count(ref.path, text), parent=self)
        self._running.succeeded.connect(self._on_succeeded)
        self._running.settled.connect(self._on_settled)
        self._jobs.run_aside("io", self._running)

    def _on_succeeded(self, tokens: int) -> None:
        assert self._asked is not None
        ref, text = self._asked
        self.counted.emit(ref.id, text, tokens, ref.tokens)

    def _on_settled(self) -> None:
        if self._running is not None:
            self._running.deleteLater()
        self._running = None
        if self._next is not None:
            question, self._next = self._next, None
            self.count_tokens(*question)
