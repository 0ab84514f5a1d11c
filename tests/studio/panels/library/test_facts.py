"""What a picture was made with, in words, from any tool."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipelines.api import Lora, TextToImageRequest
from pipelines.codec import to_json
from studio.library import Entry
from studio.panels.library import wording
from studio.panels.library.facts import Difference, differences, settings_rows
from studio.panels.library.state import SIZES, LibraryState

NOW = datetime.now().astimezone()


def stored(request: TextToImageRequest) -> dict[str, object]:
    """As the index gives it back."""
    settings: dict[str, object] = json.loads(json.dumps(to_json(request)))
    return settings


OURS = Entry(
    Path("/library/a.png"),
    NOW,
    1216,
    832,
    "a (door:1.2), evening light",
    417_233_190,
    settings=stored(
        TextToImageRequest(
            "/models/sdxl-base.safetensors",
            "a door",
            "blurry",
            steps=20,
            guidance=5.5,
            scheduler="DPM++ 2M Karras",
            loras=(Lora("/loras/ink-wash.safetensors", 0.8),),
            clip_skip=1,
        )
    ),
)
THEIRS = Entry(
    Path("/library/b.png"),
    NOW,
    512,
    512,
    "a door",
    settings={
        "model": "dreamshaper", "steps": 30, "guidance": 7.0, "strength": 0.5,
        "loras": [["ink", 1.0]],
    },
)  # fmt: skip


def test_rows_of_our_own() -> None:
    assert settings_rows(OURS, str.upper) == [
        ("Model", "SDXL-BASE"),
        ("Steps", "20"),
        ("Guidance", "5.5"),
        ("Scheduler", "DPM++ 2M Karras"),
        ("Seed", "417 233 190"),
        ("LoRA", "ink-wash 0.8"),
        ("Clip skip", "1"),
        ("Negative prompt", "blurry"),
    ]


def test_rows_of_another_tool() -> None:
    assert settings_rows(THEIRS, str) == [
        ("Model", "dreamshaper"),
        ("Steps", "30"),
        ("Guidance", "7.0"),
        ("Strength", "0.5"),
        ("LoRA", "ink 1"),
    ]


def test_a_start_picture_has_a_strength() -> None:
    started = replace(OURS, settings={**OURS.settings, "init_image": "/a/sketch.png"})
    rows = dict(settings_rows(started, str))
    assert (rows["Start picture"], rows["Strength"]) == ("sketch", "0.6")


@pytest.mark.parametrize("settings", [{}, {"loras": 3, "steps": None, "guidance": [1], "model": 4}])
def test_strange_settings_are_left_out(settings: dict[str, object]) -> None:
    rows = dict(settings_rows(replace(THEIRS, settings=settings), str))
    assert set(rows) <= {"Model"}


def test_only_what_differs() -> None:
    other = replace(OURS, seed=None, prompt="a (door:1.2), sea fog", made=NOW - timedelta(days=9))
    rows = differences(OURS, other, str)
    assert [row.name for row in rows] == ["Seed", "Words", "Made"]
    assert rows[0] == Difference("Seed", "417 233 190", "–")
    assert rows[1] == Difference("Words", "evening light", "sea fog")
    assert differences(OURS, OURS, str) == []
    turned = replace(OURS, prompt="evening light, a (door:1.2)")
    assert differences(OURS, turned, str)[0].second == "evening light, a (door:1.2)"


def test_wording() -> None:
    assert wording.count(46, 12_408) == "46 of 12\N{NO-BREAK SPACE}408 pictures"
    assert wording.count(1, 1) == "1 picture"
    assert [wording.size_range(size) for size in SIZES][::3] == [
        "Up to 512 px",
        "Over 2\N{NO-BREAK SPACE}048 px",
    ]


@pytest.mark.parametrize(
    "saved",
    [None, 3, [], {"query": 3}, {"query": {"period": "never", "kept": 1, "words": None}},
     {"query": {"order": "random", "longest": -1, "unknown": True}, "row_height": "tall"}],
)  # fmt: skip
def test_what_cannot_be_understood_of_a_state_is_as_at_first(saved: object) -> None:
    assert LibraryState.from_json(saved) == LibraryState()


def test_a_state_comes_back_and_stays_in_its_bounds() -> None:
    state = LibraryState(replace(LibraryState().query, words="fox", kept=True, period="week"), 200)
    assert LibraryState.from_json(state.to_json()) == state
    assert LibraryState.from_json({"row_height": 9999}).row_height == 320
