"""Reads how a picture was made and says what the panel can do with that."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.panels.imagine.restore import restored, says_something

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.pictures import PictureInfo
    from studio.context import Context
    from studio.panels.imagine.state import ImagineState
    from studio.panels.imagine.story import Story

_VARIATION_STRENGTH = 0.55  # the picture stays recognisable, its details are others


class Intake(QObject):
    """Answers later: reading is for another thread.

    Signals:
        settings_found: the state with the picture's settings, and what could not be used.
        variation_found: a state that draws pictures like it.
        start_offered: the picture (by its path) says nothing, but can be a start picture.
        refused: a sentence why there is nothing to take.
    """

    settings_found = Signal(object, str)
    variation_found = Signal(object)
    start_offered = Signal(str)
    refused = Signal(str)

    def __init__(
        self, context: Context, story: Story, state: Callable[[], ImagineState], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._story, self._state = context, story, state

    def take(self, path: str) -> None:
        """Takes over the settings of a picture of ours."""
        self._read(path, self._take)

    def take_dropped(self, path: str) -> None:
        """Takes over any picture: its settings, or else itself as the start."""
        self._read(path, partial(self._take_dropped, path))

    def vary(self, path: str) -> None:
        """Makes a state with the picture's settings, new seeds, and it as the start."""
        self._read(path, partial(self._vary, path))

    def _take(self, info: PictureInfo) -> None:
        found = restored(self._state(), info, self._context.models, self._story.bible)
        self.settings_found.emit(found.state, found.notice)

    def _take_dropped(self, path: str, info: PictureInfo) -> None:
        model = self._context.models.find(self._state().model)
        if says_something(info):
            self._take(info)
        elif model and model.family.image_to_image:
            self.start_offered.emit(path)
        else:
            self._refuse()

    def _vary(self, path: str, info: PictureInfo) -> None:
        now = self._state()
        state = restored(now, info, self._context.models, self._story.bible).state
        model = self._context.models.find(state.model)
        if model is None or not says_something(info):
            self._refuse()
            return
        if model.family.image_to_image:
            state = replace(state, init_image=path, strength=_VARIATION_STRENGTH)
        self.variation_found.emit(replace(state, seed=None, count=now.count))

    def _refuse(self) -> None:
        self.refused.emit(self.tr("This picture does not say how it was made."))

    def _read(self, path: str, use: Callable[[PictureInfo], None]) -> None:
        if path:
            self._context.read_info(Path(path), partial(self._on_info_read, path, use))

    def _on_info_read(
        self, path: str, use: Callable[[PictureInfo], None], info: PictureInfo | None
    ) -> None:
        if info is None:
            text = self.tr("{file} cannot be read as a picture.")
            self.refused.emit(text.format(file=Path(path).name))
        else:
            use(info)
