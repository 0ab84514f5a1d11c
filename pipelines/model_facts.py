"""What a model's name and its `fabula.json` say about how it wants to be asked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipelines.api import PipelineError
from pipelines.model_ref import Defaults

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipelines.families import Family
    from pipelines.model_ref import ModelRef

_PROGRAMS = ("auto_map", "custom_pipelines")
_MAX_JSON = 16 * 1024 * 1024
"""Bytes. The longest shard list of a published model has some 200 kB."""

_FEW_STEPS = (("turbo", 4, 1.0), ("lightning", 6, 1.5), ("hyper", 8, 1.0), ("lcm", 6, 1.5))
"""Words in the names of distilled models, their steps and guidance."""

_DISTILLED_BY_NAME = ("sd1", "sd2", "sdxl", "sd3")


_FLUX_FILL = (50, 30.0)
"""Steps and guidance of FLUX.1 Fill, as published."""


def usual_defaults(family: Family, name: str, size: int, *, inpaint: bool = False) -> Defaults:
    """The defaults for a model of this name and native side in pixels.

    Distilled models carry nothing but their name that tells them from the others; `inpaint`
    models expect a mask.
    """
    steps, guidance = family.steps, family.guidance
    if family.id == "flux" and inpaint:
        steps, guidance = _FLUX_FILL
    words = name.lower()
    if family.id in _DISTILLED_BY_NAME:
        for word, few, low in _FEW_STEPS:
            if word in words:
                steps, guidance = few, low
                break
    elif family.id == "z-image" and "turbo" not in words:
        steps, guidance = 40, 4.0
    return Defaults(size, size, steps, guidance)


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object of a model's folder.

    Raises PipelineError "not_found" where the file is missing, "not_a_model" where it is damaged.
    """
    label = f"{path.parent.name}/{path.name}"
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(_MAX_JSON))
    except FileNotFoundError:
        raise PipelineError(
            "not_found", f"{label} is missing.", "Download the model again, with all its files."
        ) from None
    except OSError as error:
        raise PipelineError(
            "unreadable",
            f"{label} cannot be read: {error.strerror}.",
            "Check that you may read it.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise PipelineError(
            "not_a_model", f"{label} is damaged: it is not JSON.", "Download the model again."
        ) from error
    if not isinstance(data, dict):
        raise PipelineError(
            "not_a_model", f"{label} is damaged: it holds no object.", "Download the model again."
        )
    return data


def asks_for_a_program(config: Mapping[str, Any]) -> bool:
    """Whether a configuration names a repository whose code the model libraries would run.

    Also in the configurations of parts that lie inside it.
    """
    inside: list[Any] = [config]
    while inside:
        found = inside.pop()
        if isinstance(found, list):
            inside += found
        elif isinstance(found, dict):
            if any(key in found for key in _PROGRAMS) or any(
                isinstance(value, str) and "/" in value
                for key, value in found.items()
                if "attn_implementation" in key
            ):
                return True
            inside += found.values()
    return False


def described(ref: ModelRef, folder: Path) -> ModelRef:
    """The model with what `fabula.json` in its folder says in place of the usual.

    Keys, all optional: `title`, `licence`, `description` (text), `labels` (list of words),
    `shapes` (aspect to [width, height] in pixels) and `defaults` (`width`, `height`, `steps`,
    `guidance`, `scheduler`). Raises PipelineError "not_a_model" for a value of the wrong type.
    """
    path = folder / "fabula.json"
    if not path.exists():
        return ref
    data = read_json(path)
    try:
        return replace(
            ref,
            title=_text(data, "title", ref.title),
            licence=_text(data, "licence", ref.licence),
            description=_text(data, "description", ref.description),
            labels=tuple(_checked(word, str) for word in _checked(data.get("labels", []), list)),
            shapes=_shapes(data["shapes"]) if "shapes" in data else ref.shapes,
            defaults=_defaults(_checked(data.get("defaults", {}), dict), ref.defaults),
        )
    except (TypeError, ValueError) as error:
        raise PipelineError(
            "not_a_model",
            f"{folder.name}/fabula.json is not understood: {error}.",
            "Correct it or remove it; the model works without.",
        ) from error


def _defaults(data: Mapping[str, Any], usual: Defaults) -> Defaults:
    return Defaults(
        width=_count(data, "width", usual.width),
        height=_count(data, "height", usual.height),
        steps=_count(data, "steps", usual.steps),
        guidance=float(_checked(data.get("guidance", usual.guidance), int, float)),
        scheduler=_text(data, "scheduler", usual.scheduler),
    )


def _shapes(data: Any) -> dict[str, tuple[int, int]]:
    shapes: dict[str, tuple[int, int]] = {}
    for aspect, sides in _checked(data, dict).items():
        width, height = (_checked(side, int) for side in _checked(sides, list))
        shapes[aspect] = (width, height)
    if not shapes:
        raise ValueError("shapes is empty")
    return shapes


def _text(data: Mapping[str, Any], key: str, usual: str) -> str:
    return str(_checked(data.get(key, usual), str))


def _count(data: Mapping[str, Any], key: str, usual: int) -> int:
    value = int(_checked(data.get(key, usual), int))
    if value < 1:
        raise ValueError(f"{key} is below 1")
    return value


def _checked(value: Any, *types: type) -> Any:
    if not isinstance(value, types) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no {' or '.join(each.__name__ for each in types)}")
    return value
