"""What every panel with pictures offers for those that are chosen: a look, a larger one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pipelines.enhance_requests import EnlargeRequest
from pipelines.looks import find_enlargers
from studio.action_table.style import ENLARGE
from studio.errors import Problem
from studio.wishes import StylePicture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipelines.api import Failed
    from studio.context import Context


class PictureSending(QObject):
    """Connects the actions of `action_table.style.sending_actions` of one panel.

    `chosen` gives the files of the chosen pictures.
    """

    def __init__(
        self, context: Context, panel: str, chosen: Callable[[], Sequence[Path]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._chosen = context, chosen
        connect = context.actions.connect
        connect(f"{panel}.style", self._style, self._has_choice)
        for scale in ENLARGE:
            connect(f"{panel}.enlarge_{scale}", partial(self._enlarge, scale), self._has_choice)

    def _has_choice(self) -> bool:
        return bool(self._chosen())

    def _style(self) -> None:
        self._context.wishes.send("style", StylePicture(self._chosen()[0]))

    def _enlarge(self, scale: int) -> None:
        """The results lie in the library; the first network there is does it."""
        context, paths = self._context, self._chosen()
        found = find_enlargers(())  # the starter's: looking into folders takes too long here
        if not found:
            context.messages.report(
                Problem(
                    self.tr("There is no network that enlarges on this disk."),
                    self.tr("It comes with the starter set: fabula models install starter"),
                    code="starter_missing",
                )
            )
            return
        network = found[0]
        images = tuple(map(str, paths))
        request = EnlargeRequest(images, str(network.network), network.variant, float(scale))
        title = self.tr("×{scale} · {name}").format(scale=scale, name=paths[0].stem)
        job = context.jobs.submit(request, title=title)
        job.failed.connect(self._on_job_failed)
        if job.failure is not None:
            self._on_job_failed(job.failure)

    def _on_job_failed(self, failure: Failed) -> None:
        self._context.messages.report(
            Problem(failure.message, failure.hint, failure.trace, failure.code)
        )
