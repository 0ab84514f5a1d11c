"""What a name on the hub stands for, asked over a real connection."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pipelines.api import PipelineError
from pipelines.hub.ask import ask
from pipelines.hub.requests import HubQuestion
from tests.fake_hub import COMMIT, LARGE, FakeHub, etag

if TYPE_CHECKING:
    from tests.scripted_context import ScriptedContext

WEIGHTS = bytes(LARGE)
QUESTION = HubQuestion("org/tiny")


def test_a_name_becomes_a_commit_with_files_and_a_licence(
    hub: FakeHub, ctx: ScriptedContext
) -> None:
    index = json.dumps({"_class_name": "X", "unet": ["diffusers", "UNet"], "scale": 2}).encode()
    hub.repos["org/tiny"] = {
        "model_index.json": index,
        "unet/model.safetensors": WEIGHTS,
        "unet/model.bin": WEIGHTS,
        "whole.safetensors": WEIGHTS,
        "run.py": b"1 / 0",
        "../escape.json": b"{}",
    }
    hub.about = {
        "cardData": {"license": "other", "license_name": "stabilityai-ai-community"},
        "pipeline_tag": "text-to-image",
        "gated": "auto",
    }
    offer = ask(QUESTION, ctx)
    assert offer.commit == COMMIT
    assert [file.path for file in offer.files] == ["model_index.json", "unet/model.safetensors"]
    assert [file.etag for file in offer.files] == [etag(index), etag(WEIGHTS)]
    assert offer.size == len(index) + LARGE
    assert (offer.licence, offer.licence_class) == ("stabilityai-ai-community", "revenue-capped")
    assert (offer.kind, offer.gated, offer.present) == ("text-to-image", True, 0)
    assert offer.left_out == 3  # the name that is not safe is not even counted
    assert hub.tokens == {"Bearer hf_secret"}


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (HubQuestion("org/none"), "no_such_model"),
        (HubQuestion("org/tiny", "v9"), "no_such_revision"),
        (HubQuestion("../etc"), "bad_name"),
        (HubQuestion("org/pickles"), "no_weights"),
    ],
)
def test_what_cannot_be_had_is_said(
    question: HubQuestion, code: str, hub: FakeHub, ctx: ScriptedContext
) -> None:
    hub.repos["org/tiny"] = {"model.safetensors": WEIGHTS}
    hub.repos["org/pickles"] = {"model.bin": WEIGHTS, "config.json": b"{}"}
    with pytest.raises(PipelineError) as caught:
        ask(question, ctx)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "about", [{"sha": "main"}, {"sha": None}, {"siblings": 3}, {"siblings": [{"rfilename": "a"}]}]
)
def test_an_answer_that_makes_no_sense_is_refused(
    about: dict[str, object], hub: FakeHub, ctx: ScriptedContext
) -> None:
    hub.repos["org/tiny"] = {"model.safetensors": WEIGHTS}
    hub.about = about
    with pytest.raises(PipelineError) as caught:
        ask(QUESTION, ctx)
    assert caught.value.code == "bad_answer"


def test_nobody_is_asked_who_must_not_be(
    hub: FakeHub, ctx: ScriptedContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(PipelineError) as caught:
        ask(QUESTION, ctx)
    assert caught.value.code == "offline_wanted"
    assert not hub.asked


def test_no_network_is_a_sentence(
    hub: FakeHub, ctx: ScriptedContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1/")
    with pytest.raises(PipelineError, match=r"http://127.0.0.1:1 could not be reached") as caught:
        ask(QUESTION, ctx)
    assert caught.value.code == "offline"
