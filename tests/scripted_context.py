"""A job context for tests that runs in-process: it notes what it is told, and cancels on cue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.api import JobCancelled, Preview, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass
class ScriptedContext:
    """Fulfils `JobContext`. Raises JobCancelled at check number `cancel_at` (from 1; 0: never).

    Every preview is made, unlike in a real job. Once cancelled it stays cancelled.
    """

    folder: Path
    cancel_at: int = 0
    checks: int = 0
    progressed: list[Progress] = field(default_factory=list)
    previews: list[Preview] = field(default_factory=list)
    items: list[Any] = field(default_factory=list)

    def check(self) -> None:
        self.checks += 1
        if self.cancel_at and self.checks >= self.cancel_at:
            raise JobCancelled

    def progress(
        self, step: int, total: int, message: str = "", part: int = 0, parts: int = 1
    ) -> None:
        self.progressed.append(Progress(step, total, message, 0.0, part, parts))
        self.check()

    def preview(self, make: Callable[[], Sequence[Preview]]) -> None:
        self.previews.extend(make())

    def produced(self, item: object) -> None:
        self.items.append(item)
