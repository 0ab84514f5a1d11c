from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.api import Lora
from studio.panels.imagine.requests import request_for
from studio.panels.imagine.sizes import shape_of, snapped
from studio.panels.imagine.state import ImagineState, Timing, remembered, with_model
from studio.panels.imagine.timing import duration, measured, seconds_for
from tests.studio.panels.imagine.fakes import FLUX, SDXL, STARTER

FULL = ImagineState(
    model="sdxl-base",
    prompt="a “castle” 帽子",
    width=1344,
    height=768,
    guidance=5.5,
    seed=2**32 - 1,
    loras=(Lora("/l.safetensors", -0.5),),
    embeddings=("/e.safetensors",),
    history=("one", "two"),
    timings=(Timing("m", 512, 512, 20, 1.25),),
    more_open=True,
)


def test_a_state_comes_back_from_its_json() -> None:
    assert ImagineState.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", 0),
        ("steps", True),
        ("steps", "20"),
        ("guidance", float("nan")),
        ("seed", -1),
        ("count", 10**9),
        ("loras", [{"path": "/x"}]),
        ("loras", [1]),
        ("timings", [["m", 1, 1]]),
        ("history", "one"),
        ("prompt", None),
        ("more_open", 1),
    ],
)
def test_one_bad_field_costs_only_itself(name: str, value: object) -> None:
    plain = {**FULL.to_json(), name: value, "of a later version": 1}
    expected = replace(FULL, **{name: getattr(ImagineState(), name)})
    assert ImagineState.from_json(plain) == expected


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)


@given(_JSON | st.dictionaries(st.sampled_from(list(FULL.to_json())), _JSON))
def test_any_json_gives_a_state_that_can_be_saved(plain: object) -> None:
    state = ImagineState.from_json(plain)
    assert ImagineState.from_json(state.to_json()) == state


def test_a_model_brings_its_own_settings_and_drops_what_it_lacks() -> None:
    state = with_model(replace(FULL, clip_skip=2), FLUX)
    assert (state.width, state.height, state.guidance) == (1344, 768, 5.5)
    assert (state.loras, state.clip_skip) == ((), 0)
    assert state.prompt == FULL.prompt


def test_history_has_each_prompt_once_newest_first() -> None:
    state = ImagineState()
    for words in ("a", "b", "a ", "b", "c"):
        state = remembered(state, words, 3)
    assert state.history == ("c", "b", "a")
    assert remembered(state, "d", 2).history == ("d", "c")
    assert remembered(state, "d", 0).history == ()


def test_a_request_leaves_out_what_the_family_does_not_know() -> None:
    state = replace(FULL, negative_prompt="blur", clip_skip=1, init_image="/s.png")
    flux = request_for(state, FLUX, "/w")
    assert (flux.negative_prompt, flux.embeddings, flux.clip_skip) == ("", (), 0)
    assert (flux.init_image, flux.wildcards, flux.model) == ("/s.png", "/w", "/models/flux")
    sdxl = request_for(state, SDXL)
    assert (sdxl.negative_prompt, sdxl.clip_skip, sdxl.seed) == ("blur", 1, 2**32 - 1)


def test_without_a_seed_each_request_has_another() -> None:
    state = replace(FULL, seed=None, count=2, batch_size=8)
    seeds = {request_for(state, SDXL).seed for _ in range(8)}
    assert len(seeds) > 1
    assert request_for(state, SDXL).batch_size == 2


def test_sides_snap_to_the_models_lattice() -> None:
    assert [snapped(side, 64) for side in (1, 1000, 1050, 99999)] == [64, 1024, 1024, 8192]
    assert shape_of((128, 128), STARTER.shapes) == "1:1"
    assert shape_of((128, 256), STARTER.shapes) == ""


def test_cost_follows_the_last_measurement() -> None:
    state = with_model(ImagineState(count=4), STARTER)
    assert seconds_for(state) is None
    state = measured(state, Timing("starter-icons", 128, 128, 20, 0.5))
    assert seconds_for(state) == pytest.approx(2)
    assert seconds_for(replace(state, steps=40)) == pytest.approx(4)
    assert seconds_for(replace(state, width=256)) is None
    state = measured(state, Timing("starter-icons", 128, 128, 20, 1.0))
    assert seconds_for(state) == pytest.approx(4)
    assert len(state.timings) == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (3.6, "4 s"), (99, "99 s"), (150, "2 min"), (4800, "1 h 20 min")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words
