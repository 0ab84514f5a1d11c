from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipelines.api import Lora, PipelineError, TextToImageRequest
from pipelines.edit_requests import InpaintRequest, Margins, RemoveRequest
from pipelines.limits import (
    MAX_PROMPT,
    check_inpaint,
    check_remove,
    check_text_to_image,
    snapped,
)

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


INPAINT = InpaintRequest(model="m", picture="p", mask="m", prompt="a fox")
REMOVE = RemoveRequest(picture="p", mask="m")


def test_ordinary_edits_pass() -> None:
    check_inpaint(INPAINT)
    for mode in ("remove", "refine"):
        check_inpaint(replace(INPAINT, mode=mode, prompt=""))
    check_inpaint(replace(INPAINT, mode="expand", prompt="", mask="", margins=Margins(top=1)))
    check_remove(REMOVE)


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"mode": "paint"}, "bad_value", "mode cannot be “paint”"),
        ({"region": "half"}, "bad_value", "region cannot be “half”"),
        ({"prefill": "magic"}, "bad_value", "prefill cannot be “magic”"),
        ({"prompt": " "}, "empty_prompt", "empty"),
        ({"mode": "add", "prompt": " "}, "empty_prompt", "empty"),
        ({"strength": -0.1}, "bad_value", "strength cannot be -0.1"),
        ({"steps": 0}, "bad_value", "steps cannot be 0"),
        ({"grow": -1}, "bad_value", "grow cannot be -1"),
        ({"blur": 5000}, "bad_value", "blur cannot be 5000"),
    ],
)
def test_impossible_inpaint_requests(changes: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(PipelineError, match=words) as failure:
        check_inpaint(replace(INPAINT, **changes))
    assert (failure.value.code, bool(failure.value.hint)) == (code, True)


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"mask": ""}, "no_mask", "There is no mask"),
        ({"context": -1}, "bad_value", "context cannot be -1"),
        ({"feather": -1}, "bad_value", "feather cannot be -1"),
        ({"soften": 2000}, "bad_value", "soften cannot be 2000"),
        ({"margins": Margins(right=-1)}, "bad_value", "margin at the right cannot be -1"),
        ({"count": 0}, "bad_value", "number of pictures cannot be 0"),
        ({"seed": -1}, "bad_value", "seed cannot be -1"),
    ],
)
def test_impossible_edits_of_both_kinds(changes: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(PipelineError, match=words) as failure:
        check_inpaint(replace(INPAINT, **changes))
    assert (failure.value.code, bool(failure.value.hint)) == (code, True)
    with pytest.raises(PipelineError, match=words):
        check_remove(replace(REMOVE, **changes))


def test_an_unknown_method() -> None:
    with pytest.raises(PipelineError, match="method cannot be “magic”"):
        check_remove(replace(REMOVE, method="magic"))
