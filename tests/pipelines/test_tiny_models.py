"""The tiny models are real ones: diffusers loads and runs them, and every input matters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL, DiffusionPipeline
from safetensors.torch import load_file

from tests.tiny_adapters import ALPHA, RANK
from tests.tiny_models import FAMILIES, SIZE, build_tiny
from tests.tiny_tokenizers import clip_tokenizer, qwen_tokenizer, t5_tokenizer

Tiny = Callable[[str], Path]
TinyLora = Callable[..., Path]


def opened(folder: Path, **parts: Any) -> Any:
    pipeline = DiffusionPipeline.from_pretrained(folder, dtype=torch.float32, **parts)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def drawn(pipeline: Any, prompt: str = "a red castle", seed: int = 0, **settings: Any) -> Any:
    result = pipeline(
        prompt=prompt,
        width=SIZE,
        height=SIZE,
        num_inference_steps=2,
        generator=torch.Generator().manual_seed(seed),
        **settings,
    )
    return np.asarray(result.images[0]).astype(int)


@pytest.mark.parametrize("family", FAMILIES)
def test_draws_what_depends_on_everything_it_is_given(tiny: Tiny, family: str) -> None:
    pipeline = opened(tiny(family))
    picture = drawn(pipeline)
    assert picture.shape == (SIZE, SIZE, 3)
    assert picture.std() > 15, "a flat picture would prove nothing"
    assert np.array_equal(picture, drawn(pipeline))
    assert not np.array_equal(picture, drawn(pipeline, prompt="a blue fox"))
    assert not np.array_equal(picture, drawn(pipeline, seed=1))
    if family == "qwen-image":
        guided = drawn(pipeline, true_cfg_scale=3.0, negative_prompt="a robot")
    else:
        guided = drawn(pipeline, guidance_scale=1.5)
    assert not np.array_equal(picture, guided)


@pytest.mark.parametrize("family", FAMILIES)
def test_is_small_and_the_same_each_time(tiny: Tiny, tmp_path: Path, family: str) -> None:
    def digests(folder: Path) -> dict[str, str]:
        files = (path for path in folder.rglob("*") if path.is_file())
        return {
            str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
        }

    again = build_tiny(family, tmp_path / "again")
    assert digests(again) == digests(tiny(family))
    assert sum(file.stat().st_size for file in again.rglob("*")) < 4_000_000


def test_building_leaves_the_random_numbers_of_others_alone(tmp_path: Path) -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    build_tiny("sd1", tmp_path / "model")
    assert torch.equal(torch.rand(3), expected)


@pytest.mark.parametrize("make", [clip_tokenizer, t5_tokenizer, qwen_tokenizer])
def test_tokenizers_know_their_words_and_spell_others(make: Callable[[], Any]) -> None:
    tokenizer = make()
    assert tokenizer.decode(tokenizer("a red castle").input_ids, skip_special_tokens=True) == (
        "a red castle"
    )
    words = len(tokenizer.tokenize("a red castle"))
    assert words == len(tokenizer.tokenize("a blue robot"))
    assert len(tokenizer.tokenize("a red zebra")) > words


@pytest.mark.parametrize("family", ["sd1", "sdxl", "flux"])
def test_loras_of_both_layouts_do_the_same(tiny: Tiny, tiny_lora: TinyLora, family: str) -> None:
    plain = drawn(opened(tiny(family)))
    pictures = []
    for layout in ("diffusers", "kohya"):
        pipeline = opened(tiny(family))
        file = tiny_lora(family, layout)
        pipeline.load_lora_weights(file.parent, weight_name=file.name, adapter_name="lora_0")
        pictures.append(drawn(pipeline))
    assert np.array_equal(*pictures)
    assert np.abs(pictures[0] - plain).mean() > 0.5


def test_lora_reaches_every_part_of_sdxl(tiny: Tiny, tiny_lora: TinyLora) -> None:
    pipeline = opened(tiny("sdxl"))
    tensors = load_file(tiny_lora("sdxl", "diffusers"))
    for key in (key for key in tensors if key.endswith("lora_A.weight")):
        name = key.removesuffix(".lora_A.weight")
        part, _, module = name.partition(".")
        if part == "text_encoder":
            module = module.removeprefix("text_model.")
        weight = getattr(pipeline, part).get_submodule(module).weight
        weight.data += tensors[f"{name}.lora_B.weight"] @ tensors[key]
    merged = drawn(pipeline)

    pipeline = opened(tiny("sdxl"))
    file = tiny_lora("sdxl", "kohya")
    pipeline.load_lora_weights(file.parent, weight_name=file.name, adapter_name="lora_0")
    assert np.abs(drawn(pipeline) - merged).max() <= 2, "rounding is all that may differ"
    assert {key.partition(".")[0] for key in tensors} == {"unet", "text_encoder", "text_encoder_2"}


def test_kohya_files_carry_an_alpha_of_their_own(tiny_lora: TinyLora) -> None:
    alphas = {k: v for k, v in load_file(tiny_lora("sd1", "kohya")).items() if k.endswith(".alpha")}
    assert alphas
    assert {float(alpha) for alpha in alphas.values()} == {ALPHA} != {float(RANK)}


def test_embedding_and_autoencoder_change_the_picture(
    tiny: Tiny, tiny_embedding: Tiny, tiny_vae: Path
) -> None:
    pipeline = opened(tiny("sd1"))
    before = drawn(pipeline, prompt="a tinystyle castle")
    pipeline.load_textual_inversion(tiny_embedding("sd1"), token="tinystyle")
    assert not np.array_equal(before, drawn(pipeline, prompt="a tinystyle castle"))
    other = AutoencoderKL.from_pretrained(tiny_vae, dtype=torch.float32)
    assert np.abs(drawn(opened(tiny("sd1"), vae=other)) - drawn(opened(tiny("sd1")))).mean() > 5
