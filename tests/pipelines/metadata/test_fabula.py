"""Our own recipe, as JSON and as infotext."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.metadata import a1111, fabula
from pipelines.metadata.settings import Reading, Settings, Tool
from pipelines.recipe import Recipe

RECIPE = Recipe(
    request={"kind": "text_to_image", "schema": 1, "model": "m", "prompt": "a {red|blue} hat"},
    prompt='a red hat, "帽子",\nnew line: yes',
    negative_prompt="blurry,\nugly",
    seed=4_294_967_295,
    width=768,
    height=512,
    steps=25,
    guidance=7.5,
    scheduler="DPM++ 2M Karras",
    model_name='odd, "name": v1\nv2',
    model_hash="0123456789abcdef" * 4,
    family="sdxl",
    strength=0.6,
    clip_skip=1,
    vae="/models/vae/kl-f8.safetensors",
    loras=(("ink", 0.8, "ab" * 32), ("line", -1.0, "")),
    device="cpu",
    dtype="float32",
    notes=("A note.",),
    versions={"torch": "2.10"},
)


def read(recipe: Recipe) -> Reading:
    reading = fabula.read({"fabula": fabula.recipe_text(recipe)})
    assert reading is not None
    return reading


def test_the_json_says_everything() -> None:
    reading = read(RECIPE)
    assert reading.tool is Tool.FABULA
    assert reading.request == RECIPE.request
    assert reading.settings == Settings(
        prompt=RECIPE.prompt,
        negative_prompt=RECIPE.negative_prompt,
        width=768,
        height=512,
        steps=25,
        guidance=7.5,
        scheduler="DPM++ 2M Karras",
        seed=4_294_967_295,
        model=RECIPE.model_name,
        model_hash=RECIPE.model_hash,
        loras=(("ink", 0.8), ("line", -1.0)),
        clip_skip=1,
        strength=0.6,
        vae="kl-f8",
    )
    assert reading.unknown["device"] == "cpu"
    assert reading.unknown["notes"] == '["A note."]'
    assert reading.unknown["versions"] == '{"torch": "2.10"}'


def test_the_infotext_says_the_same() -> None:
    found, unknown = a1111.settings_of(a1111.parse_infotext(fabula.infotext(RECIPE)))
    assert found == replace(read(RECIPE).settings, model_hash="0123456789")
    assert unknown.keys() == {"Version"}


def test_adapters_that_the_prompt_names_already_are_not_named_twice() -> None:
    recipe = replace(RECIPE, prompt="a hat <lora:ink:0.8>")
    assert fabula.infotext(recipe).split("\n")[0] == "a hat <lora:ink:0.8> <lora:line:-1>"


def test_a_picture_without_steps_has_no_infotext() -> None:
    assert fabula.infotext(replace(RECIPE, steps=0)) == ""


@given(st.text(alphabet=st.characters()), st.text(alphabet=st.characters()))
def test_any_words_survive(prompt: str, negative: str) -> None:
    recipe = replace(RECIPE, prompt=prompt, negative_prompt=negative)
    assert read(recipe).settings.prompt == prompt
    assert read(recipe).settings.negative_prompt == negative
    assert "\0" not in fabula.infotext(recipe)
    fabula.infotext(recipe).encode("utf-16-be")


@pytest.mark.parametrize("text", ["", "{", "{}", '{"request": 3}', "[]"])
def test_what_is_no_recipe_of_ours(text: str) -> None:
    assert fabula.read({"fabula": text}) is None


def test_a_newer_recipe_is_read_as_far_as_it_is_understood() -> None:
    newer = json.dumps(
        {"schema": 9, "request": {}, "prompt": "x", "seed": "?", "loras": [3, ["a"]]}
    )
    reading = fabula.read({"fabula": newer})
    assert reading is not None
    assert reading.settings == Settings(prompt="x")
    assert reading.unknown["seed"] == "?"
