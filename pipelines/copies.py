"""Copies of finished pictures, as another kind of file where that is asked for."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from pipelines.api import PipelineError
from pipelines.atomic import write_bytes
from pipelines.metadata.fabula import KEY
from pipelines.metadata.fields import parse_object
from pipelines.metadata.texts import texts_of
from pipelines.pictures import DigitalSource, open_picture, save_picture
from pipelines.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def copy_picture(source: Path, target: Path) -> None:
    """Writes `source` to `target`, in the format its suffix names and with all its metadata.

    The same format is copied byte for byte. Raises PipelineError: what `open_picture` and
    `save_picture` raise, `not_ours` for a picture of another program in another format, whose
    settings would be lost; and OSError where the same format cannot be read or written.
    """
    if source.suffix.lower() == target.suffix.lower():
        write_bytes(target, source.read_bytes())
        return
    image = open_picture(source)
    texts = texts_of(image)
    recipe = recipe_of(texts)
    if recipe is None:
        raise PipelineError(
            "not_ours",
            f"“{source.name}” is of another program: as another kind of file it would lose what "
            "it says of how it was made.",
            f"Save the copy as {source.suffix}.",
        )
    try:
        drawn_as = DigitalSource(texts.get("DigitalSourceType", "").rpartition("/")[2])
    except ValueError:
        drawn_as = DigitalSource.GENERATED
    save_picture(image, target, recipe, drawn_as)


def recipe_of(texts: Mapping[str, str]) -> Recipe | None:
    """The recipe that a picture of ours carries; None for any other.

    What a newer version says beyond it, and what is no value for its field, is left out.
    """
    plain = parse_object(texts.get(KEY))
    if plain is None or not isinstance(plain.get("request"), dict):
        return None
    usual = Recipe(request={})
    values: dict[str, Any] = {"request": plain["request"]}
    for field in fields(Recipe):
        if (value := _fitting(plain.get(field.name), getattr(usual, field.name))) is not None:
            values[field.name] = value
    return Recipe(**values)


def _fitting(value: object, usual: object) -> object:
    """A JSON value as a field holds it whose usual value is `usual`; None if it is no such."""
    if isinstance(usual, tuple):
        return _frozen(value) if isinstance(value, list) else None
    if isinstance(usual, float) or usual is None:
        return float(value) if isinstance(value, int | float) else None
    return value if isinstance(value, type(usual)) else None


def _frozen(values: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(each) if isinstance(each, list) else each for each in values)
