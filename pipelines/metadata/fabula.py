"""Our own pictures: the recipe as JSON, and as the infotext that other tools read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipelines import __version__
from pipelines.metadata.a1111 import (
    Infotext,
    format_infotext,
    lora_tag,
    number_text,
    split_lora_tags,
)
from pipelines.metadata.fields import Fields, as_list, as_name, as_number, parse_object
from pipelines.metadata.samplers import split_schedule
from pipelines.metadata.settings import Reading, Settings, Texts, Tool

if TYPE_CHECKING:
    from pipelines.recipe import Recipe

PROGRAM = "Fabula Studio"
KEY = "fabula"
SHORT_HASH = 10  # hex digits of a sha256 that A1111 and Civitai write


def recipe_text(recipe: Recipe) -> str:
    """The recipe as one line of JSON in plain ASCII: no container and no XML can spoil it."""
    return json.dumps({"version": __version__, **recipe.to_json()})


def infotext(recipe: Recipe) -> str:
    """The recipe as an A1111 infotext; "" for a picture that was not drawn in steps."""
    if not recipe.steps:
        return ""
    sampler, schedule = split_schedule(recipe.scheduler)
    fields = (
        ("Steps", str(recipe.steps)),
        ("Sampler", sampler),
        ("Schedule type", schedule),
        ("CFG scale", number_text(recipe.guidance)),
        ("Seed", str(recipe.seed)),
        ("Size", f"{recipe.width}x{recipe.height}"),
        ("Model hash", recipe.model_hash[:SHORT_HASH]),
        ("Model", recipe.model_name),
        ("VAE", as_name(recipe.vae) or ""),
        ("Denoising strength", "" if recipe.strength is None else number_text(recipe.strength)),
        ("Clip skip", str(recipe.clip_skip + 1) if recipe.clip_skip else ""),
        ("Lora hashes", ", ".join(f"{n}: {h[:SHORT_HASH]}" for n, _, h in recipe.loras if h)),
        ("Version", f"{PROGRAM} {__version__}"),
    )
    named = {name for name, _ in split_lora_tags(recipe.prompt)[1]}
    tags = [lora_tag(name, weight) for name, weight, _ in recipe.loras if name not in named]
    prompt = " ".join([recipe.prompt, *tags]) if recipe.prompt else " ".join(tags)
    text = format_infotext(Infotext(prompt, recipe.negative_prompt, fields))
    # A PNG text ends at a NUL, and half a surrogate pair has no encoding.
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def read(texts: Texts) -> Reading | None:
    """A picture of ours. A newer version's recipe is read as far as it is understood."""
    recipe = parse_object(texts.get(KEY))
    if recipe is None or not isinstance(recipe.get("request"), dict):
        return None
    request: dict[str, Any] = recipe["request"]
    fields = Fields(recipe)
    settings = Settings(
        prompt=fields.text("prompt"),
        negative_prompt=fields.text("negative_prompt"),
        width=fields.side("width"),
        height=fields.side("height"),
        steps=fields.steps("steps"),
        guidance=fields.guidance("guidance"),
        scheduler=fields.text("scheduler") or None,
        seed=fields.seed("seed"),
        model=fields.text("model_name") or None,
        model_hash=fields.text("model_hash") or None,
        loras=_loras(fields),
        clip_skip=fields.integer("clip_skip", high=24),
        strength=fields.strength("strength"),
        vae=fields.name("vae"),
    )
    fields.take("request")
    fields.take("schema")
    return Reading(
        Tool.FABULA,
        settings,
        frozenset({KEY, "parameters", "UserComment", "Software"}),
        texts.get("parameters") or texts.get("UserComment") or texts[KEY],
        fields.rest(),
        request,
    )


def _loras(fields: Fields) -> tuple[tuple[str, float], ...]:
    found = []
    for entry in as_list(fields.take("loras")):
        match entry:
            case [str(name), weight, *_] if (number := as_number(weight, -100, 100)) is not None:
                found.append((name, number))
    return tuple(found)
