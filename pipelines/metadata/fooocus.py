"""Fooocus: JSON (`fooocus_scheme` is "fooocus") or an infotext ("a1111")."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pipelines.metadata import a1111
from pipelines.metadata.fields import Fields, as_list, as_lora, parse_object
from pipelines.metadata.samplers import a1111_name
from pipelines.metadata.settings import Reading, Settings, Texts, Tool

_KEYS = frozenset(
    {"parameters", "UserComment", "Comment", "fooocus_scheme", "MakerNote", "Software"}
)
_LORA_KEY = re.compile(r"lora_(combined_)?\d+|LoRA \d+")


def read(texts: Texts) -> Reading | None:
    """A picture of Fooocus or of one of its forks."""
    for key in ("parameters", "UserComment", "Comment"):
        values = parse_object(texts.get(key))
        if values is not None and ("base_model" in values or "Base Model" in values):
            settings, unknown = _json_settings(values)
            return Reading(Tool.FOOOCUS, settings, _KEYS, texts[key], unknown)
    reading = a1111.read(texts)
    if reading is not None and _is_fooocus(texts, reading):
        return replace(reading, tool=Tool.FOOOCUS, used=_KEYS)
    return None


def _is_fooocus(texts: Texts, reading: Reading) -> bool:
    scheme = texts.get("fooocus_scheme") or texts.get("MakerNote")
    return scheme == "a1111" or reading.unknown.get("Version", "").startswith("Fooocus")


def _json_settings(values: dict[str, Any]) -> tuple[Settings, dict[str, str]]:
    fields = Fields(values)
    width, height = _resolution(fields)
    settings = Settings(
        prompt=fields.text("prompt", "Prompt"),
        negative_prompt=fields.text("negative_prompt", "Negative Prompt"),
        width=width,
        height=height,
        steps=fields.steps("steps", "Steps"),
        guidance=fields.guidance("guidance_scale", "Guidance Scale"),
        scheduler=a1111_name(
            fields.text("sampler", "Sampler"), fields.text("scheduler", "Scheduler")
        ),
        seed=fields.seed("seed", "Seed"),
        model=fields.name("base_model", "Base Model"),
        model_hash=fields.text("base_model_hash"),
        loras=_loras(values, fields),
        clip_skip=fields.layer("clip_skip", "CLIP Skip"),
        vae=_vae(fields),
    )
    return settings, fields.rest()


def _resolution(fields: Fields) -> tuple[int | None, int | None]:
    """Sides from "(1152, 896)"."""
    for key in ("resolution", "Resolution"):
        match = re.fullmatch(r"\D{0,3}(\d{1,5})\D{1,5}(\d{1,5})\D{0,3}", str(fields.get(key)))
        if match is not None:
            fields.take(key)
            return int(match[1]), int(match[2])
    return None, None


def _loras(values: dict[str, Any], fields: Fields) -> tuple[tuple[str, float], ...]:
    """Adapters as `[name, weight, hash]` in a list, or each as "name : weight"."""
    found = []
    for entry in as_list(fields.take("loras")):
        match entry:
            case [name, weight, *_]:
                found.append(as_lora(name, weight))
    for key, value in values.items():
        if _LORA_KEY.fullmatch(key) and isinstance(value, str):
            name, _, weight = value.rpartition(":")
            found.append(as_lora(name, weight))
            fields.take(key)
    # Both ways stand side by side in some versions.
    return tuple(dict.fromkeys(lora for lora in found if lora is not None))


def _vae(fields: Fields) -> str | None:
    vae = fields.name("vae", "VAE")
    return None if vae in (None, "Default (model)") else vae
