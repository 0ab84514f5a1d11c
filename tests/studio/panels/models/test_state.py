"""What is looked for, and how it comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.panels.models.entries import ModelEntry
from studio.panels.models.state import ModelsState

SDXL = ModelEntry(
    path=Path("/disk/checkpoints/sdxl.safetensors"),
    id="sdxl",
    title="SDXL base 1.0",
    kind="picture",
    source="folders",
    family="SDXL",
    licence="CreativeML OpenRAIL++-M",
)


@pytest.mark.parametrize(
    ("state", "lets"),
    [
        (ModelsState(), True),
        (ModelsState("base CHECKPOINTS openrail"), True),
        (ModelsState("base flux"), False),
        (ModelsState(kind="picture", family="SDXL", licence_class="open", source="folders"), True),
        (ModelsState(kind="lora"), False),
        (ModelsState(family="SD 1.5"), False),
        (ModelsState(licence_class="non-commercial"), False),
        (ModelsState(source="hub"), False),
        (ModelsState(forgotten=True), False),
    ],
)
def test_every_filter_has_to_fit(state: ModelsState, lets: bool) -> None:
    assert state.lets(SDXL) is lets


def test_a_state_comes_back_and_nonsense_is_left_out() -> None:
    state = ModelsState("ink", "lora", "SDXL", "unknown", "hub", True)
    assert ModelsState.from_json(state.to_json()) == state
    assert ModelsState.from_json(None) == ModelsState()
    odd = {"words": 3, "kind": "toaster", "source": "moon", "family": "SDXL", "forgotten": 1}
    assert ModelsState.from_json(odd) == ModelsState(family="SDXL")
