"""Weighted prompts: what compel makes of them, without its parser's surprises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import compel
import pytest
import torch
from diffusers import DiffusionPipeline

from pipelines.families import FAMILIES
from pipelines.weighting import WRAPPERS, embed

Tiny = Callable[[str], Path]
LONG = "a red castle on the green robot with an blue fox, " * 8


@pytest.fixture(params=["sd1", "sdxl"])
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pipe(tiny: Tiny, family: str) -> Any:
    return DiffusionPipeline.from_pretrained(tiny(family), dtype=torch.float32)


def by_diffusers(pipe: Any, prompt: str, clip_skip: int | None = None) -> Any:
    if clip_skip and not hasattr(pipe, "text_encoder_2"):
        # diffusers 0.42 looks for this norm where transformers 5 no longer has it.
        ids = pipe.tokenizer(prompt, padding="max_length", return_tensors="pt").input_ids
        states = pipe.text_encoder(ids, output_hidden_states=True).hidden_states
        return pipe.text_encoder.final_layer_norm(states[-(clip_skip + 1)])
    return pipe.encode_prompt(
        prompt=prompt,
        device="cpu",
        num_images_per_prompt=1,
        do_classifier_free_guidance=False,
        clip_skip=clip_skip,
    )[0]


def test_every_family_that_takes_weights_has_a_wrapper() -> None:
    assert {family.id for family in FAMILIES if family.weighting} == set(WRAPPERS)


@pytest.mark.parametrize(
    ("prompt", "in_compels_notation"),
    [
        ("a (red:1.5) castle", "a (red)1.5 castle"),
        ("a ((red)) castle", "a (red)1.21 castle"),
        ("a (red castle:0.6) on the fox", "a (red castle)0.6 on the fox"),
        (f"{LONG} (fox:1.3)", f"{LONG} (fox)1.3"),
    ],
)
def test_equals_compels_own_result(
    pipe: Any, family: str, prompt: str, in_compels_notation: str
) -> None:
    made = embed(pipe, family, [prompt], ["blue (fox:1.2)"])
    own = WRAPPERS[family](pipe)([in_compels_notation], negative_prompt=["blue (fox)1.2"])
    assert torch.equal(made["prompt_embeds"], own.embeds)
    assert torch.equal(made["negative_prompt_embeds"], own.negative_embeds)


def test_without_weights_equals_diffusers(pipe: Any, family: str) -> None:
    made = embed(pipe, family, ["a red castle"], ["blue"])
    torch.testing.assert_close(made["prompt_embeds"], by_diffusers(pipe, "a red castle"))
    torch.testing.assert_close(made["negative_prompt_embeds"], by_diffusers(pipe, "blue"))


def test_clip_skip_holds_for_weighted_words_too(pipe: Any, family: str) -> None:
    whole = embed(pipe, family, ["a red castle"], ["(blue:1.4)"])
    skipped = embed(pipe, family, ["a red castle"], ["(blue:1.4)"], clip_skip=1)
    expected = by_diffusers(pipe, "a red castle", clip_skip=1)
    assert not torch.allclose(skipped["prompt_embeds"], whole["prompt_embeds"])
    torch.testing.assert_close(skipped["prompt_embeds"], expected)
    assert torch.equal(skipped["negative_prompt_embeds"], whole["negative_prompt_embeds"])


@pytest.mark.parametrize("words", ["C++", "cat-", "a.swap", '"a", "b"', "100%", "\\"])
def test_plain_signs_mean_nothing_special(pipe: Any, family: str, words: str) -> None:
    made = embed(pipe, family, [f"{words} (red:1.2)"], [""])["prompt_embeds"]
    plain = by_diffusers(pipe, f"{words} red")
    before = 1 + len(pipe.tokenizer.tokenize(words))  # each token sees only those before it
    torch.testing.assert_close(made[:, :before], plain[:, :before])
    assert not torch.allclose(made[:, before:], plain[:, before:])


@pytest.mark.parametrize(
    ("prompt", "same_as"),
    [("(red:-1) fox", "(red:0) fox"), ("( :0.5) red (fox:1.2)", "red (fox:1.2)"), ("(:1.2)", "")],
)
def test_weights_that_make_no_sense_do_no_harm(
    pipe: Any, family: str, prompt: str, same_as: str
) -> None:
    made, expected = (embed(pipe, family, [text], [""]) for text in (prompt, same_as))
    assert torch.equal(made["prompt_embeds"], expected["prompt_embeds"])


def test_weights_leave_the_pooled_embedding_alone(tiny: Tiny) -> None:
    pipe = DiffusionPipeline.from_pretrained(tiny("sdxl"), dtype=torch.float32)
    made, plain = (embed(pipe, "sdxl", [p], ["a"]) for p in ("a (red:1.5) fox", "a red fox"))
    assert torch.equal(made["pooled_prompt_embeds"], plain["pooled_prompt_embeds"])
    assert not torch.equal(made["prompt_embeds"], plain["prompt_embeds"])


def test_no_negative_prompt_is_zeros_for_sdxl_as_without_weights(tiny: Tiny) -> None:
    pipe = DiffusionPipeline.from_pretrained(tiny("sdxl"), dtype=torch.float32)
    assert set(embed(pipe, "sdxl", ["a (red:1.5) fox"], [""])) == {
        "prompt_embeds",
        "pooled_prompt_embeds",
    }
    pipe.register_to_config(force_zeros_for_empty_prompt=False)
    assert "negative_prompt_embeds" in embed(pipe, "sdxl", ["a (red:1.5) fox"], [""])


def test_prompts_of_different_lengths_are_padded_together(pipe: Any, family: str) -> None:
    made = embed(pipe, family, [f"{LONG} (fox:1.3)", "a (red:1.2) fox"], ["blue", "blue"])
    assert made["prompt_embeds"].shape == made["negative_prompt_embeds"].shape
    assert made["prompt_embeds"].shape[1] == 2 * pipe.tokenizer.model_max_length
    alone = embed(pipe, family, ["a (red:1.2) fox"], ["blue"])["prompt_embeds"]
    window = pipe.tokenizer.model_max_length
    torch.testing.assert_close(made["prompt_embeds"][1:, :window], alone)


def test_an_embedding_of_several_vectors_is_read_whole(tiny: Tiny, tiny_embedding: Tiny) -> None:
    pipe = DiffusionPipeline.from_pretrained(tiny("sd1"), dtype=torch.float32)
    pipe.load_textual_inversion(tiny_embedding("sd1"), token="tinystyle")
    made = embed(pipe, "sd1", ["a tinystyle fox"], [""])["prompt_embeds"]
    torch.testing.assert_close(made, by_diffusers(pipe, "a tinystyle fox"))
    one_vector = compel.CompelForSD(pipe)(["a tinystyle fox"]).embeds
    assert not torch.allclose(made, one_vector)
