"""Finding a model by what people and pictures call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.panels.imagine.add_on_names import stem

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef
    from studio.model_shelf import ModelShelf


def model_named(name: str, models: ModelShelf) -> ModelRef | None:
    """The model with this id, path, title or file name."""
    if found := models.find(name):
        return found
    wanted = stem(name)
    for model in models.models:
        if wanted in (model.id.casefold(), model.title.casefold(), stem(model.path.name)):
            return model
    return None
