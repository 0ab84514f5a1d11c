from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.api import EntryUse, Lora, TextToImageRequest
from pipelines.codec import CodecError, from_json, to_json
from pipelines.edit_requests import InpaintRequest, Margins, RemoveRequest
from pipelines.enhance_requests import EnlargeRequest, StyleRequest, StyleShare

REQUEST = TextToImageRequest(
    model="/models/a",
    prompt="帽子 “fox”\n",
    loras=(Lora("/l/ink.safetensors", 0.8), Lora("/l/soft.safetensors")),
    embeddings=("/e/x.safetensors",),
    guidance=3.5,
    typed_prompt="帽子 @fox",
    made_from=(EntryUse("ab12", "0123456789abcdef", "Fox", {"prompt": "01234567"}),),
)


INPAINT = InpaintRequest(
    "/models/a", "/p.png", "/m.png", margins=Margins(1, 2, 3, 4), strength=0.5, feather=None
)


STYLE = StyleRequest(("a.png", "b.png"), "/n", "x", (StyleShare(3, 0.5), StyleShare(7)), mask="m")
ENLARGE = EnlargeRequest(("a.png",), "/n", "x4plus", scale=2.5, keep_colours=True)


@pytest.mark.parametrize(
    "request_", [REQUEST, INPAINT, RemoveRequest("/p.png", context=9), STYLE, ENLARGE]
)
def test_there_and_back_through_text(request_: Any) -> None:
    assert from_json(json.loads(json.dumps(to_json(request_)))) == request_


def test_kind_and_schema_stand_in_the_json() -> None:
    assert (to_json(REQUEST)["kind"], to_json(REQUEST)["schema"]) == ("text_to_image", 1)


@given(
    st.builds(
        TextToImageRequest,
        model=st.text(),
        prompt=st.text(),
        guidance=st.floats(allow_nan=False, allow_infinity=False),
        loras=st.lists(st.builds(Lora, path=st.text(), weight=st.just(1.5))).map(tuple),
        embeddings=st.lists(st.text()).map(tuple),
    )
)
def test_every_request_survives(request_: TextToImageRequest) -> None:
    assert from_json(json.loads(json.dumps(to_json(request_)))) == request_


def test_missing_fields_take_their_defaults_and_unknown_ones_are_left_out() -> None:
    data = {"kind": "text_to_image", "schema": 1, "model": "m", "prompt": "p", "later": 3}
    assert from_json(data) == TextToImageRequest("m", "p")


def test_a_whole_number_is_a_float_too() -> None:
    assert from_json({**to_json(REQUEST), "guidance": 7}).guidance == 7.0


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "other"},
        {"schema": 2},
        {"schema": "1"},
        {"steps": "20"},
        {"steps": True},
        {"steps": 2.5},
        {"loras": "x"},
        {"loras": [{"weight": 1.0}]},
        {"prompt": None},
    ],
)
def test_what_this_version_cannot_read_is_an_error(changes: dict[str, Any]) -> None:
    with pytest.raises(CodecError):
        from_json({**to_json(REQUEST), **changes})


def test_a_request_without_model_is_an_error() -> None:
    data = to_json(replace(REQUEST))
    del data["model"]
    with pytest.raises(CodecError):
        from_json(data)
