"""SwarmUI: JSON with `sui_image_params`."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from pipelines.metadata.fields import Fields, as_list, as_lora, as_text, parse_object
from pipelines.metadata.samplers import a1111_name
from pipelines.metadata.settings import Reading, Settings, Texts, Tool


def read(texts: Texts) -> Reading | None:
    """A picture of SwarmUI."""
    for key in ("parameters", "UserComment"):
        values = parse_object(texts.get(key))
        params = None if values is None else values.pop("sui_image_params", None)
        if values is not None and isinstance(params, dict):
            settings, unknown = _settings(params)
            more = {name: as_text(value) for name, value in values.items()}
            return Reading(Tool.SWARMUI, settings, frozenset({key}), texts[key], unknown | more)
    return None


def _settings(params: dict[str, Any]) -> tuple[Settings, dict[str, str]]:
    fields = Fields(params)
    layer = fields.integer("clipstopatlayer", low=-24, high=-1)
    settings = Settings(
        prompt=fields.text("prompt"),
        negative_prompt=fields.text("negativeprompt"),
        width=fields.side("width"),
        height=fields.side("height"),
        steps=fields.steps("steps"),
        guidance=fields.guidance("fluxguidancescale", "cfgscale"),
        scheduler=a1111_name(
            fields.text("sampler", "comfyuisampler"), fields.text("scheduler", "comfyuischeduler")
        ),
        seed=fields.seed("seed"),
        model=fields.name("model"),
        loras=_loras(fields),
        clip_skip=None if layer is None else -layer - 1,
        strength=fields.strength("initimagecreativity") if fields.get("initimage") else None,
        vae=_vae(fields),
    )
    return settings, fields.rest()


def _loras(fields: Fields) -> tuple[tuple[str, float], ...]:
    names, weights = _listed(fields.take("loras")), _listed(fields.take("loraweights"))
    # Without a weight an adapter is used as trained.
    found = [as_lora(name, weight) for name, weight in zip_longest(names, weights, fillvalue=1)]
    return tuple(lora for lora in found if lora is not None)


def _listed(value: object) -> list[Any]:
    """A list, or the comma-separated text that older versions wrote."""
    return value.split(",") if isinstance(value, str) else as_list(value)


def _vae(fields: Fields) -> str | None:
    vae = fields.name("vae")
    return None if vae in (None, "Automatic") else vae
