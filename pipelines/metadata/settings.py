"""The settings a picture was made with, in one vocabulary for every tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Tool(StrEnum):
    """Who made a picture."""

    FABULA = "fabula"
    A1111 = "a1111"
    COMFYUI = "comfyui"
    INVOKEAI = "invokeai"
    FOOOCUS = "fooocus"
    DRAW_THINGS = "draw_things"
    SWARMUI = "swarmui"
    NOVELAI = "novelai"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Settings:
    """What could be recovered; None is what the picture does not say.

    Sides in pixels, as they were asked for (before any enlarging). `seed` is 0 to 2**64 - 1,
    which is more than every program takes. `scheduler` is an A1111 name, sampler and schedule
    type joined, as "DPM++ 2M Karras"; a name A1111 does not know stays as the tool wrote it.
    `model`, `vae` and the names of `loras` are file names without folder and suffix.
    `model_hash` is in hex digits as the tool wrote it: mostly the first ten of the file's sha256.
    `clip_skip` counts the text encoder's layers left out (A1111's number less one; tools write it
    for SDXL models too, where it has no effect). `strength` is 0 to 1, only with a start picture.
    """

    prompt: str | None = None
    negative_prompt: str | None = None
    width: int | None = None
    height: int | None = None
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    seed: int | None = None
    model: str | None = None
    model_hash: str | None = None
    loras: tuple[tuple[str, float], ...] = ()
    clip_skip: int | None = None
    strength: float | None = None
    vae: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one tool's reader made of a picture's texts.

    `used` names the texts it has read; `unknown` is what they say beyond `settings`; `raw` is the
    text a person would want to see; `request` is the whole request of a picture of ours.
    """

    tool: Tool
    settings: Settings
    used: frozenset[str]
    raw: str
    unknown: Mapping[str, str] = field(default_factory=dict)
    request: Mapping[str, Any] | None = None


Texts = Mapping[str, str]  # a picture's texts by key, as `texts_of` collects them
