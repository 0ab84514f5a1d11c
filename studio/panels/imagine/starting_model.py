"""Which model the panel begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.panels.imagine.model_names import model_named
from studio.panels.imagine.state import ImagineState, with_model

if TYPE_CHECKING:
    from studio.model_shelf import ModelShelf


class StartingModel:
    """The one the settings name as soon as it is found, else the one used last, else any.

    Models are found bit by bit after the start; until then the person may have chosen another.
    """

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted

    def leave(self) -> None:
        """The person has chosen: the settings' one is for the next start."""
        self._wanted = ""

    def choose(self, state: ImagineState, models: ModelShelf) -> ImagineState:
        """`state` with the model to begin with, as far as it is there."""
        wanted = model_named(self._wanted, models) if self._wanted else None
        if wanted:
            self.leave()
            return state if state.model == wanted.id else with_model(state, wanted)
        if state.model:
            return state
        usable = (each for each in models.models if not each.inpaint and not each.missing)
        first = next(usable, None)
        return with_model(state, first) if first else state
