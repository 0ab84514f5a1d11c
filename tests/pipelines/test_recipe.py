from __future__ import annotations

import json

from pipelines import codec
from pipelines.api import Lora, TextToImageRequest
from pipelines.recipe import Recipe


def test_its_json_holds_the_whole_request() -> None:
    request = TextToImageRequest("model", "a fox", loras=(Lora("/ink.safetensors", 0.5),))
    recipe = Recipe(
        request=codec.to_json(request),
        prompt="a fox",
        seed=2**32 - 1,
        loras=(("ink", 0.5, "ab" * 32),),
        notes=("Memory was short.",),
        versions={"torch": "2.10"},
    )
    stored = json.loads(json.dumps(recipe.to_json(), allow_nan=False))
    assert stored["schema"] == Recipe.SCHEMA
    assert codec.from_json(stored["request"]) == request
    assert stored["seed"] == 2**32 - 1
    assert stored["loras"] == [["ink", 0.5, "ab" * 32]]
    assert stored["versions"] == {"torch": "2.10"}


def test_no_start_picture_is_told_from_one_that_changed_nothing() -> None:
    assert Recipe(request={}).to_json()["strength"] is None
    assert Recipe(request={}, strength=0.0).to_json()["strength"] == 0.0
