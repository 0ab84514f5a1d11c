"""NovelAI: the PNG texts `Description`, `Source` and `Comment`, the last of them JSON."""

from __future__ import annotations

import re

from pipelines.metadata.fields import Fields, parse_object
from pipelines.metadata.samplers import a1111_name
from pipelines.metadata.settings import Reading, Settings, Texts, Tool

_KEYS = frozenset({"Comment", "Description", "Software", "Source", "Title"})
_SOURCE = re.compile(r"(.+?) ([0-9A-F]{8})")


def read(texts: Texts) -> Reading | None:
    """A picture of NovelAI."""
    values = parse_object(texts.get("Comment"))
    if values is None or "sampler" not in values or not ("uc" in values or "n_samples" in values):
        return None
    fields = Fields(values)
    source = texts.get("Source", "")
    match = _SOURCE.fullmatch(source)
    schedule = fields.text("noise_schedule")
    settings = Settings(
        prompt=fields.text("prompt") or texts.get("Description"),
        negative_prompt=fields.text("uc"),
        width=fields.side("width"),
        height=fields.side("height"),
        steps=fields.steps("steps"),
        guidance=fields.guidance("scale"),
        scheduler=a1111_name(fields.text("sampler"), schedule),
        seed=fields.seed("seed"),
        model=match[1] if match else source or None,
        model_hash=match[2] if match else None,
        strength=fields.strength("strength"),
    )
    return Reading(Tool.NOVELAI, settings, _KEYS, texts["Comment"], fields.rest())
