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
from safetensors.torch import load_file, save_file

from pipelines.api import PipelineError
from pipelines.pictures import read_info
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


def replaced(file: Path, content: bytes) -> None:
    """As a download or a save does it: under the same name, in one moment."""
    newer = file.with_name("newer")
    newer.write_bytes(content)
    newer.replace(file)


def scaled(file: Path, factor: float) -> bytes:
    other = file.with_name("scaled.safetensors")
    save_file({key: tensor * factor for key, tensor in load_file(file).items()}, other)
    content = other.read_bytes()
    other.unlink()
    return content


def test_a_vae_replaced_under_its_name_is_read_again(
    studio: Studio, tiny: Tiny, tiny_vae: Path, tmp_path: Path
) -> None:
    vae = shutil.copytree(tiny_vae, tmp_path / "vae-1.5")
    request = request_for(tiny("sd1"), "sd1", vae=str(vae))
    before = studio.pixels(request)
    (weights,) = vae.glob("*.safetensors")
    replaced(weights, scaled(weights, 0.5))
    assert studio.pixels(request) != before
    assert any("vae-1.5" in line for line in studio.said)
    (picture,) = studio.draw(request).pictures
    recipe = read_info(Path(picture.path)).raw
    assert "vae-1.5" in recipe
    assert studio.said == []


def test_an_embedding_replaced_under_its_name_is_read_again(
    studio: Studio, tiny: Tiny, tiny_embedding: Tiny, tmp_path: Path
) -> None:
    file = tmp_path / "mine.safetensors"
    shutil.copy(tiny_embedding("sd1"), file)
    request = request_for(tiny("sd1"), "sd1", prompt="a mine castle", embeddings=(str(file),))
    before = studio.pixels(request)
    replaced(file, scaled(file, -1))
    assert studio.pixels(request) != before


def test_the_word_of_an_embedding_without_a_name_is_that_of_its_folder(
    studio: Studio, tiny: Tiny, tiny_embedding: Tiny, tmp_path: Path
) -> None:
    file = tmp_path / "inkstyle" / "learned_embeds.safetensors"
    file.parent.mkdir()
    shutil.copy(tiny_embedding("sd1"), file)
    request = request_for(tiny("sd1"), "sd1", prompt="an inkstyle castle")
    assert studio.pixels(replace(request, embeddings=(str(file),))) != studio.pixels(request)


@pytest.mark.parametrize("what", ["vae", "embedding"])
def test_a_pickle_is_never_opened(studio: Studio, tiny: Tiny, tmp_path: Path, what: str) -> None:
    file = tmp_path / "bad.pt"
    torch.save({"emb_params": torch.zeros(1, 8)}, file)
    request = request_for(tiny("sd1"), "sd1")
    with_vae = replace(request, vae=str(file))
    with_embedding = replace(request, embeddings=(str(file),))
    with pytest.raises(PipelineError, match="pickle") as failure:
        studio.draw(with_vae if what == "vae" else with_embedding)
    assert failure.value.code == "pickle"
