"""LoRAs named in the prompt are used as if they had been chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.adapters import LoraRef
from pipelines.api import Lora
from pipelines.families import family
from studio.panels.imagine.lora_tags import with_tagged_loras
from studio.panels.imagine.state import ImagineState
from tests.studio.panels.imagine.fakes import SDXL

KNOWN = (
    LoraRef("ink", Path("/l/Ink Wash.safetensors"), family("sdxl"), "Ink wash", (), 1),
    LoraRef("old", Path("/l/old.safetensors"), family("sd1"), "Old", (), 1),
    LoraRef("any", Path("/l/any.safetensors"), None, "Any", (), 1),
)


@pytest.mark.parametrize(
    ("prompt", "words", "loras", "note"),
    [
        ("a fox <lora:ink:0.8>", "a fox", (Lora("/l/Ink Wash.safetensors", 0.8),), ""),
        ("<lora:ink wash>, a fox", "a fox", (Lora("/l/Ink Wash.safetensors", 1.0),), ""),
        ("a fox <lora:any:9>", "a fox", (Lora("/l/any.safetensors", 4.0),), ""),
        ("a <lora:x:1> fox", "a fox", (), "There is no LoRA “x”; it was left out."),
        (
            "a fox <lora:old:1>",
            "a fox",
            (),
            "The LoRA “old” is not for SDXL base 1.0; it was left out.",
        ),
        ("a fox", "a fox", (), ""),
    ],
)
def test_tags_become_loras(prompt: str, words: str, loras: tuple[Lora, ...], note: str) -> None:
    state, notes = with_tagged_loras(ImagineState(prompt=prompt), SDXL, KNOWN)
    assert (state.prompt, state.loras, notes) == (words, loras, note)


def test_a_tag_weighs_over_the_list() -> None:
    chosen = (Lora("/l/Ink Wash.safetensors", 0.3), Lora("/l/any.safetensors", 0.5))
    state = ImagineState(prompt="<lora:ink:0.9> fox", loras=chosen)
    found, _ = with_tagged_loras(state, SDXL, KNOWN)
    assert found.loras == (Lora("/l/Ink Wash.safetensors", 0.9), Lora("/l/any.safetensors", 0.5))
