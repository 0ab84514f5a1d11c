"""What can be done with the chosen model, and when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from studio.reveal import reveal
from studio.wishes import UseModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.context import Context
    from studio.model_usage import ModelUsage
    from studio.panels.models.entries import ModelEntry
    from studio.panels.models.questions import Questions
    from studio.panels.models.removal import Removal


class ChosenActions(QObject):
    """Binds the actions of the model that `current` gives; None while none is chosen."""

    def __init__(
        self,
        context: Context,
        questions: Questions,
        removal: Removal,
        current: Callable[[], ModelEntry | None],
        usage: Callable[[ModelEntry], ModelUsage],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._questions, self._removal = context, questions, removal
        self._current, self._usage = current, usage
        doing: dict[str, Callable[[ModelEntry], Any]] = {
            "model_files.use": self._use,
            "model_files.reveal": lambda entry: reveal(entry.path),
            "model_files.check": self._check,
            "model_files.hash": self._hash,
            "model_files.forget": removal.toggle_forgotten,
            "model_files.delete": self._delete,
        }
        for name, act in doing.items():
            enabled = partial(self.is_allowed, name)
            context.actions.connect(name, partial(self._on_current, act), enabled)

    def is_allowed(self, action_id: str) -> bool:
        """Whether the action can be done with the chosen model."""
        entry = self._current()
        if entry is None:
            return False
        match action_id:
            case "model_files.use":
                return entry.kind == "picture" and not entry.problem
            case "model_files.forget":
                return not entry.starter  # a starter is installed or it is not
            case "model_files.delete":
                return not self._removal.why_not(entry)
            case _:
                return True

    def tooltip(self, action_id: str) -> str:
        """What the action does, or why it cannot be done."""
        entry = self._current()
        if action_id == "model_files.delete" and entry and self._removal.why_not(entry):
            return self._removal.why_not(entry)
        if action_id == "model_files.use" and not self.is_allowed(action_id):
            return self.tr("Only whole picture models draw")
        if action_id == "model_files.forget" and not self.is_allowed(action_id):
            return self.tr("Starters are removed instead")
        return self._context.actions.tooltip(action_id)

    def _on_current(self, act: Callable[[ModelEntry], Any]) -> None:
        if entry := self._current():
            act(entry)

    def _use(self, entry: ModelEntry) -> None:
        self._context.wishes.send("imagine", UseModel(entry.id))

    def _check(self, entry: ModelEntry) -> None:
        if entry.starter:
            self._context.model_work.verify(entry.starter)
        self._questions.check(entry.path)

    def _hash(self, entry: ModelEntry) -> None:
        if self._questions.is_hashing(entry.path):
            self._questions.stop()
        else:
            self._questions.compute_hash(entry.path)

    def _delete(self, entry: ModelEntry) -> None:
        self._removal.delete(entry, self._usage(entry))
