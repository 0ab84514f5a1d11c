"""Another VAE and textual inversions: used as diffusers does, and taken out again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import diffusers
import pytest
import torch
from safetensors.torch import load_file

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


@pytest.mark.parametrize("damage", ["empty", "cut", "missing"])
def test_a_damaged_vae_is_named(
    studio: Studio, tiny: Tiny, tiny_vae: Path, tmp_path: Path, damage: str
) -> None:
    broken = tmp_path / "broken"
    if damage != "missing":
        shutil.copytree(tiny_vae, broken)
        (weights,) = broken.glob("*.safetensors")
        weights.write_bytes(b"" if damage == "empty" else weights.read_bytes()[:-100])
    request = request_for(tiny("sd1"), "sd1")
    own = studio.pixels(request)
    with pytest.raises(PipelineError, match="broken") as failure:
        studio.draw(replace(request, vae=str(broken)))
    assert failure.value.code == "bad_vae"
    assert studio.pixels(request) == own


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_an_embedding_is_read_and_taken_out_again(
    studio: Studio, tiny: Tiny, tiny_embedding: Tiny, family: str
) -> None:
    request = request_for(tiny(family), family, prompt="a tinystyle castle")
    pipe = fresh(tiny(family))
    without = drawn(pipe, request, [7])
    load_embedding(pipe, tiny_embedding(family))
    expected = drawn(pipe, request, [7])
    with_it = replace(request, embeddings=(str(tiny_embedding(family)),))
    assert studio.pixels(request) == without
    assert studio.pixels(with_it) == expected != without
    assert studio.pixels(with_it) == expected
    assert studio.said == []
    assert studio.pixels(request) == without
    assert studio.pixels(with_it) == expected


def load_embedding(pipe: Any, file: Path) -> None:
    vectors = load_file(file)
    if "emb_params" in vectors:
        pipe.load_textual_inversion(file, token=file.stem)
        return
    for name, number in (("clip_l", ""), ("clip_g", "_2")):
        pipe.load_textual_inversion(
            vectors[name],
            token=file.stem,
            text_encoder=getattr(pipe, f"text_encoder{number}"),
            tokenizer=getattr(pipe, f"tokenizer{number}"),
        )


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
@pytest.mark.parametrize("damage", ["empty", "cut", "text", "missing", "other family"])
def test_a_damaged_embedding_is_named_and_forgotten(
    studio: Studio, tiny: Tiny, tiny_embedding: Tiny, tmp_path: Path, family: str, damage: str
) -> None:
    whole = tiny_embedding(family)
    broken = tmp_path / "broken.safetensors"
    other = tiny_embedding("sdxl" if family == "sd1" else "sd1").read_bytes()
    damaged = {"empty": b"", "cut": whole.read_bytes()[:-9], "text": b"<html>" * 99}
    damaged["other family"] = other
    if damage in damaged:
        broken.write_bytes(damaged[damage])
    request = request_for(tiny(family), family, prompt="a tinystyle castle")
    good = replace(request, embeddings=(str(whole),))
    without, with_it = studio.pixels(request), studio.pixels(good)
    with pytest.raises(PipelineError, match="broken") as failure:
        studio.draw(replace(request, embeddings=(str(whole), str(broken))))
    assert failure.value.hint
    assert studio.pixels(request) == without
    assert studio.pixels(good) == with_it


def test_a_family_without_embeddings_says_so(
    studio: Studio, tiny: Tiny, tiny_embedding: Tiny
) -> None:
    request = request_for(tiny("flux"), "flux", embeddings=(str(tiny_embedding("sd1")),))
    with pytest.raises(PipelineError, match="embeddings"):
        studio.draw(request)
