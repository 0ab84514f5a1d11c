"""Draw Things: JSON as EXIF's or XMP's UserComment."""

from __future__ import annotations

from pipelines.metadata.fields import MAX_SIDE, Fields, as_integer, as_list, as_lora, parse_object
from pipelines.metadata.samplers import a1111_name
from pipelines.metadata.settings import Reading, Settings, Texts, Tool

_SCHEDULES = ("Karras", "Trailing", "AYS", "Substep")


def read(texts: Texts) -> Reading | None:
    """A picture of Draw Things."""
    values = parse_object(texts.get("UserComment"))
    if values is None or "c" not in values or "sampler" not in values:
        return None
    fields = Fields(values)
    width, height = _size(fields)
    sampler, schedule = _sampler(fields.text("sampler") or "")
    strength = fields.strength("strength")
    settings = Settings(
        prompt=fields.text("c"),
        negative_prompt=fields.text("uc"),
        width=width,
        height=height,
        steps=fields.steps("steps"),
        guidance=fields.guidance("scale"),
        scheduler=a1111_name(sampler, schedule),
        seed=fields.seed("seed"),
        model=fields.name("model"),
        loras=_loras(fields),
        clip_skip=fields.layer("clip_skip"),
        # It is always there; all of it means that there was no start picture.
        strength=strength if strength is not None and strength < 1 else None,
    )
    used = frozenset({"UserComment", "Description", "CreatorTool"})
    return Reading(Tool.DRAW_THINGS, settings, used, texts["UserComment"], fields.rest())


def _size(fields: Fields) -> tuple[int | None, int | None]:
    width, _, height = str(fields.get("size")).partition("x")
    sides = as_integer(width, 1, MAX_SIDE), as_integer(height, 1, MAX_SIDE)
    if None in sides:
        return None, None
    fields.take("size")
    return sides


def _sampler(name: str) -> tuple[str, str]:
    for schedule in _SCHEDULES:
        if name.endswith(f" {schedule}"):
            return name.removesuffix(f" {schedule}"), schedule
    return name, ""


def _loras(fields: Fields) -> tuple[tuple[str, float], ...]:
    details = fields.get("v2")
    entries = as_list(fields.take("lora"))
    if not entries and isinstance(details, dict):
        entries = as_list(details.get("loras"))
    found = []
    for entry in entries:
        match entry:
            case {"model": file, "weight": weight} | {"file": file, "weight": weight}:
                found.append(as_lora(file, weight))
    return tuple(lora for lora in found if lora is not None)
