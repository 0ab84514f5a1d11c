"""Which tool made a picture, and what it says: every reader in turn."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from pipelines.metadata import (
    a1111,
    comfyui,
    draw_things,
    fabula,
    fooocus,
    invokeai,
    novelai,
    swarmui,
)
from pipelines.metadata.settings import Reading, Settings, Texts, Tool

if TYPE_CHECKING:
    from collections.abc import Callable

# The sure signs come first: many tools write an infotext beside their own.
_READERS: tuple[Callable[[Texts], Reading | None], ...] = (
    fabula.read,
    swarmui.read,
    fooocus.read,
    invokeai.read,
    novelai.read,
    draw_things.read,
    comfyui.read,
    a1111.read,
)


def read_texts(texts: Texts) -> Reading:
    """What the texts of a picture say. Texts that no reader has used are in `unknown`."""
    for read in _READERS:
        reading = read(texts)
        if reading is not None:
            break
    else:
        reading = Reading(Tool.UNKNOWN, Settings(), frozenset(), "\n\n".join(texts.values()))
    if reading.tool is Tool.COMFYUI and (infotext := a1111.read(texts)):
        # A node that saves pictures for A1111's readers knows better than a walk.
        settings = _filled(infotext.settings, reading.settings)
        unknown = {**reading.unknown, **infotext.unknown}
        used = reading.used | infotext.used
        reading = replace(reading, settings=settings, unknown=unknown, used=used)
    others = {key: text for key, text in texts.items() if key not in reading.used and text}
    return replace(reading, unknown={**others, **reading.unknown})


def _filled(settings: Settings, gaps: Settings) -> Settings:
    """`settings`, with what is None or empty in it taken from `gaps`."""
    missing = [f.name for f in fields(Settings) if getattr(settings, f.name) in (None, ())]
    return replace(settings, **{name: getattr(gaps, name) for name in missing})
