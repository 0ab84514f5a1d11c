"""Puts what is set into the queue, and says what becomes of it beyond its pictures."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.errors import Problem
from studio.panels.imagine.lora_tags import spoken_state
from studio.panels.imagine.requests import request_for
from studio.prompt_title import title_of
from studio.settings_table import WILDCARDS_FOLDER

if TYPE_CHECKING:
    from pipelines import api
    from pipelines.model_ref import ModelRef
    from studio.context import Context
    from studio.panels.imagine.gallery import Gallery
    from studio.panels.imagine.state import ImagineState
    from studio.panels.imagine.story import Story
    from studio.widgets.notice import Notice


class Submitter(QObject):
    """Talks to the queue, and to the person through the notice and the window's banner."""

    def __init__(
        self, context: Context, story: Story, gallery: Gallery, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._story, self._gallery, self._notice = context, story, gallery, notice
        gallery.batch_drawn.connect(self._on_gallery_batch_drawn)
        gallery.batch_failed.connect(self._on_gallery_batch_failed)

    def submit(self, state: ImagineState, model: ModelRef) -> None:
        """Queues a batch of what `state` asks of `model`."""
        context = self._context
        wildcards = context.settings.get(WILDCARDS_FOLDER) or context.paths.wildcards
        told = self._story.tell(state.typed)
        spoken, note = spoken_state(state, told, model, context.models.loras)
        request = replace(request_for(spoken, model, str(wildcards)), **told.signature)
        self._gallery.show_newest()
        context.jobs.submit(request, title=title_of(state.prompt))
        if context.jobs.paused:
            paused = self.tr("The queue is paused: the pictures wait.")
            resume = partial(context.jobs.set_paused, False)
            self._notice.tell(f"{note} {paused}".strip(), self.tr("Resume"), resume)
        else:
            self._notice.tell(note)

    def _on_gallery_batch_drawn(
        self, request: api.TextToImageRequest, result: api.TextToImageResult
    ) -> None:
        if result.notes:
            self._notice.tell(" ".join(result.notes))

    def _on_gallery_batch_failed(self, failure: api.Failed) -> None:
        self._context.messages.report(
            Problem(failure.message, failure.hint, failure.trace, failure.code)
        )
