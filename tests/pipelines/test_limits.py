from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipelines.api import Lora, PipelineError, TextToImageRequest
from pipelines.limits import MAX_PROMPT, check_text_to_image, snapped

GOOD = TextToImageRequest(model="m", prompt="a fox", width=512, height=512)


def test_an_ordinary_request_passes() -> None:
    check_text_to_image(GOOD)
    check_text_to_image(replace(GOOD, width=0, height=0, prompt="fox " * 2_500))


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"prompt": " \n"}, "empty_prompt", "empty"),
        ({"prompt": "a" * (MAX_PROMPT + 1)}, "long_prompt", "20,000 letters"),
        ({"negative_prompt": "a" * (MAX_PROMPT + 1)}, "long_prompt", "20,000 letters"),
        ({"width": 30_000}, "bad_size", "A width of 30,000 pixels"),
        ({"height": 8}, "bad_size", "A height of 8 pixels"),
        ({"width": -64}, "bad_size", "-64"),
        ({"steps": 0}, "bad_value", "steps cannot be 0"),
        ({"guidance": float("nan")}, "bad_value", "guidance scale cannot be nan"),
        ({"guidance": float("inf")}, "bad_value", "guidance scale cannot be inf"),
        ({"count": 0}, "bad_value", "number of pictures cannot be 0"),
        ({"batch_size": 65}, "bad_value", "batch size cannot be 65"),
        ({"strength": 1.1}, "bad_value", "strength cannot be 1.1"),
        ({"seed": 2**32}, "bad_value", "seed"),
        ({"loras": (Lora("a", 1), Lora("b", float("nan")))}, "bad_value", "LoRA cannot be nan"),
        ({"loras": (Lora("a", -4.5),)}, "bad_value", "LoRA cannot be -4.5"),
        ({"clip_skip": -1}, "bad_value", "clip skip cannot be -1"),
    ],
)
def test_impossible_requests_get_a_sentence(changes: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(PipelineError) as caught:
        check_text_to_image(replace(GOOD, **changes))
    assert caught.value.code == code
    assert words in str(caught.value)
    assert caught.value.hint


def test_sides_become_multiples_and_a_note_says_so() -> None:
    request, note = snapped(replace(GOOD, width=500, height=333), 64)
    assert (request.width, request.height) == (512, 320)
    assert note == "500 × 333 was changed to 512 × 320: sides are multiples of 64."


def test_sides_that_fit_stay() -> None:
    assert snapped(GOOD, 64) == (GOOD, "")


def test_a_side_never_becomes_nothing() -> None:
    request, _ = snapped(replace(GOOD, width=33, height=64), 128)
    assert (request.width, request.height) == (128, 128)
