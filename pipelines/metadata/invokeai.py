"""InvokeAI: `invokeai_metadata` since version 3, `sd-metadata` before."""

from __future__ import annotations

import re
from typing import Any

from pipelines.metadata.fields import Fields, as_list, as_lora, as_name, parse_object
from pipelines.metadata.samplers import a1111_name
from pipelines.metadata.settings import Reading, Settings, Texts, Tool

_KEYS = frozenset(
    {"invokeai_metadata", "invokeai_workflow", "invokeai_graph", "sd-metadata", "Dream"}
)


def read(texts: Texts) -> Reading | None:
    """A picture of InvokeAI."""
    for key, understand in (("invokeai_metadata", _current), ("sd-metadata", _legacy)):
        values = parse_object(texts.get(key))
        if values is not None:
            settings, unknown = understand(values)
            return Reading(Tool.INVOKEAI, settings, _KEYS, texts[key], unknown)
    return None


def _current(values: dict[str, Any]) -> tuple[Settings, dict[str, str]]:
    fields = Fields(values)
    # A blake3 hash stays in the list: others look models up by their sha256.
    settings = Settings(
        prompt=fields.text("positive_prompt"),
        negative_prompt=fields.text("negative_prompt"),
        width=fields.side("width"),
        height=fields.side("height"),
        steps=fields.steps("steps"),
        guidance=fields.guidance("guidance", "cfg_scale"),
        scheduler=a1111_name(fields.text("scheduler")),
        seed=fields.seed("seed"),
        model=_model_name(fields.get("model")),
        loras=_loras(fields),
        clip_skip=fields.integer("clip_skip", "skipped_layers", high=24),
        strength=fields.strength("strength"),
        vae=_model_name(fields.get("vae")),
    )
    return settings, fields.rest()


def _model_name(model: object) -> str | None:
    match model:
        case {"name": name} | {"model_name": name}:
            return as_name(name)
    return as_name(model)


def _loras(fields: Fields) -> tuple[tuple[str, float], ...]:
    found = []
    for entry in as_list(fields.take("loras")):
        match entry:
            case {"model": model, "weight": weight} | {"lora": model, "weight": weight}:
                found.append(as_lora(_model_name(model), weight))
    return tuple(lora for lora in found if lora is not None)


def _legacy(values: dict[str, Any]) -> tuple[Settings, dict[str, str]]:
    image = values.pop("image", None)
    outer, fields = Fields(values), Fields(image if isinstance(image, dict) else {})
    prompt, negative = _legacy_prompts(fields.take("prompt"))
    settings = Settings(
        prompt=prompt,
        negative_prompt=negative,
        width=fields.side("width"),
        height=fields.side("height"),
        steps=fields.steps("steps"),
        guidance=fields.guidance("cfg_scale"),
        scheduler=a1111_name(fields.text("sampler")),
        seed=fields.seed("seed"),
        model=outer.name("model_weights"),
        model_hash=outer.text("model_hash"),
        strength=fields.strength("strength") if fields.take("type") == "img2img" else None,
    )
    return settings, outer.rest() | fields.rest()


def _legacy_prompts(prompt: object) -> tuple[str | None, str | None]:
    """Prompt and negative prompt: version 2 put unwanted words in square brackets."""
    match prompt:
        case [{"prompt": str(text)}, *_] | str(text):
            negative = ", ".join(part.strip() for part in re.findall(r"\[([^\[\]]*)\]", text))
            return re.sub(r"\s*\[[^\[\]]*\]", "", text).strip(), negative
    return None, None
