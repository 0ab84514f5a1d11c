"""How long the prompt is for the chosen model, counted while the person pauses typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef
    from studio.token_counter import TokenCounter

_AFTER_MS = 250


class TokenWatch(QObject):
    """Signals:
    changed: there is another count, or another limit.
    """

    changed = Signal()

    def __init__(self, tokens: TokenCounter, parent: QObject) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._model: ModelRef | None = None
        self._text = ""
        self._count = self._limit = 0
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        tokens.counted.connect(self._on_tokens_counted)

    @property
    def count(self) -> int:
        """Tokens of the prompt when it was last counted, the marks at both ends included."""
        return self._count

    @property
    def limit(self) -> int:
        """How many tokens the model reads; 0 without a model."""
        return self._limit

    def watch(self, model: ModelRef | None, text: str) -> None:
        """Counts this from here on."""
        if model is not self._model:
            self._model = model
            self._count, self._limit = 0, model.tokens if model else 0
            self.changed.emit()
        self._text = text
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        if self._model:
            self._tokens.count_tokens(self._model, self._text)

    def _on_tokens_counted(self, model_id: str, text: str, count: int, limit: int) -> None:
        if self._model and (model_id, text) == (self._model.id, self._text):
            self._count, self._limit = count, limit
            self.changed.emit()
