"""Another VAE and textual inversions: used as diffusers does, and taken out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import diffusers
import pytest
import torch

from pipelines.api import PipelineError
from tests.pipelines.yardstick import Studio, drawn, fresh, request_for

Tiny = Callable[[str], Path]


def test_another_vae_is_used_and_put_back(studio: Studio, tiny: Tiny, tiny_vae: Path) -> None:
    request = request_for(tiny("sd1"), "sd1")
    vae = diffusers.AutoencoderKL.from_pretrained(tiny_vae, dtype=torch.float32)
    expected = drawn(fresh(tiny("sd1"), vae=vae), request, [7])
    own = studio.pixels(request)
    assert studio.pixels(replace(request, vae=str(tiny_vae))) == expected != own
    assert studio.pixels(request) == own


def test_a_vae_of_another_family_is_refused(studio: Studio, tiny: Tiny) -> None:
    request = request_for(tiny("sd1"), "sd1")
    own = studio.pixels(request)
    with pytest.raises(PipelineError, match="VAE") as failure:
        studio.draw(replace(request, vae=str(tiny("flux") / "vae")))
    assert failure.value.code == "bad_vae"
    assert studio.pixels(request) == own


def test_an_embedding_is_read_and_taken_out_again(
    studio: Studio, tiny: Tiny, tiny_embedding: Path
) -> None:
    request = request_for(tiny("sd1"), "sd1", prompt="a tinystyle castle")
    pipe = fresh(tiny("sd1"))
    without = drawn(pipe, request, [7])
    pipe.load_textual_inversion(tiny_embedding, token="tinystyle")
    expected = drawn(pipe, request, [7])
    with_it = replace(request, embeddings=(str(tiny_embedding),))
    assert studio.pixels(request) == without
    assert studio.pixels(with_it) == expected != without
    assert studio.pixels(request) == without
    assert studio.pixels(with_it) == expected
