"""A1111's infotext: written and read back, and what other programs make of the format."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.metadata.a1111 import (
    Infotext,
    format_infotext,
    lora_tag,
    parse_infotext,
    read,
    settings_of,
    split_lora_tags,
)
from pipelines.metadata.settings import Settings, Tool

PLAIN = (("Steps", "20"), ("Sampler", "Euler a"), ("Seed", "1"))
FULL = """a castle, (hill:1.2)
second line <lora:Ink-v2:0.8>
Negative prompt: blurry,
 ugly
Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 4294967295, \
Size: 512x768, Model hash: 6ce0161689, Model: "v1-5, pruned: emaonly", VAE: kl-f8.safetensors, \
Denoising strength: 0.45, Clip skip: 2, Lora hashes: "Ink-v2: 1f2e3d", \
Hashes: {"model": "6ce0161689", "lora:Ink-v2": "1f2e"}, RNG: CPU, Version: v1.10.1"""


def settings(text: str) -> tuple[Settings, dict[str, str]]:
    return settings_of(parse_infotext(text))


def test_everything_a1111_writes_is_read() -> None:
    found, unknown = settings(FULL)
    assert found.prompt == "a castle, (hill:1.2)\nsecond line"
    assert found.negative_prompt == "blurry,\n ugly"
    assert (found.width, found.height, found.steps) == (512, 768, 20)
    assert (found.guidance, found.seed) == (7.5, 4294967295)
    assert found.scheduler == "DPM++ 2M Karras"
    assert found.model == "v1-5, pruned: emaonly"
    assert found.model_hash == "6ce0161689"
    assert found.loras == (("Ink-v2", 0.8),)
    assert found.clip_skip == 1
    assert found.strength == 0.45
    assert found.vae == "kl-f8"
    assert unknown == {
        "Hashes": '{"model": "6ce0161689", "lora:Ink-v2": "1f2e"}',
        "RNG": "CPU",
        "Version": "v1.10.1",
    }


@pytest.mark.parametrize(
    "info",
    [
        Infotext("a 帽子", "", PLAIN),
        Infotext("", "only unwanted", PLAIN),
        Infotext("", "", PLAIN),
        Infotext("two\nlines\n", "  spaces  \n\nand a gap", PLAIN),
        Infotext("x", "y", (*PLAIN, ("Model", 'quotes " and, commas: and\nlines \\ end\\'))),
        Infotext("x", "y", (*PLAIN, ("Model", '"quoted"'), ("VAE", "[list]"), ("Note", " pad "))),
        Infotext("Steps: one, two: three, four: five\nx", "", PLAIN),
        Infotext("p" * 10_000, "n, " * 10_000, PLAIN),
    ],
)
def test_what_is_written_is_read_back_exactly(info: Infotext) -> None:
    assert parse_infotext(format_infotext(info)) == info


_WORDS = st.text().filter(lambda text: "Negative prompt:" not in text and "Steps:" not in text)
_FIELD = st.tuples(st.from_regex(r"[A-Za-z][\w \-/]*[A-Za-z]", fullmatch=True), st.text(min_size=1))


@given(_WORDS, _WORDS, st.lists(_FIELD, max_size=5))
def test_any_words_survive(prompt: str, negative: str, fields: list[tuple[str, str]]) -> None:
    info = Infotext(prompt, negative, (*PLAIN, *fields))
    assert parse_infotext(format_infotext(info)) == info


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    settings(text)
    settings(f"{text}\nSteps: {text}, Size: {text}, Seed: {text}, Lora hashes: {text}")


def test_two_pairs_are_no_settings_line() -> None:
    info = parse_infotext("a, b\nSteps: 20, Seed: 1")
    assert info == Infotext("a, b\nSteps: 20, Seed: 1")
    assert read({"parameters": "a, b\nSteps: 20, Seed: 1"}) is None


def test_weights_in_a_prompt_are_no_settings_line() -> None:
    assert parse_infotext("(cat:1.2), (dog:1.1), (hat:1.3)").fields == ()


def test_lines_below_the_settings_are_kept_apart() -> None:
    text = "a red cat\nSteps: 5, Sampler: Euler, Seed: 3\nTemplate: a {red|blue}\ncat"
    found, unknown = settings(text)
    assert found.prompt == "a red cat"
    assert found.seed == 3
    assert unknown == {"Template": "a {red|blue}\ncat"}


def test_the_strength_of_a_hires_pass_is_not_that_of_a_start_picture() -> None:
    line = "Steps: 20, Sampler: Euler, Seed: 1, Denoising strength: 0.5, Hires upscale: 2, "
    found, unknown = settings(f"x\n{line}Hires steps: 10, Hires upscaler: Latent, Size: 512x512")
    assert found.strength is None
    assert (found.width, found.height) == (512, 512)
    assert unknown["Hires upscale"] == "2"
    assert unknown["Denoising strength"] == "0.5"


def test_civitais_flux_fields_are_not_believed() -> None:
    line = (
        "Steps: 25, CFG scale: 3.5, Sampler: Undefined, Seed: 2, Size: 832x1216, Clip skip: 2, "
        'Created Date: 2025-01-01T12:34:56.789Z, Civitai resources: [{"type":"checkpoint",'
        '"modelVersionId":691639}], Civitai metadata: {}'
    )
    found, unknown = settings(f"a cat\n{line}")
    assert found.scheduler is None
    assert found.clip_skip is None
    assert found.guidance == 3.5
    assert unknown["Civitai resources"] == '[{"type":"checkpoint","modelVersionId":691639}]'
    assert unknown["Created Date"] == "2025-01-01T12:34:56.789Z"


def test_values_that_make_no_sense_are_listed() -> None:
    line = "Steps: many, Sampler: Euler, CFG scale: nan, Seed: -1, Size: bigxsmall, Clip skip: 0"
    found, unknown = settings(f"x\n{line}")
    assert (found.steps, found.guidance, found.seed, found.width) == (None, None, None, None)
    assert unknown.keys() == {"Steps", "CFG scale", "Seed", "Size", "Clip skip"}


def test_old_names_of_samplers_stay_joined() -> None:
    found, _ = settings("x\nSteps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 1")
    assert found.scheduler == "DPM++ 2M Karras"


@pytest.mark.parametrize(
    ("prompt", "rest", "loras"),
    [
        ("a cat <lora:ink:0.8>", "a cat", (("ink", 0.8),)),
        ("<lora:ink>a cat", "a cat", (("ink", 1.0),)),
        ("a <lora:b c:-0.5> cat<lyco:d:1>", "a cat", (("b c", -0.5), ("d", 1.0))),
        ("x <lora:ink:te=0.5:unet=0.7>", "x", (("ink", 0.5),)),
        ("x <lora:ink:much>", "x", (("ink", 1.0),)),
        ("1 < 2, <lora:>, <lora", "1 < 2, <lora:>, <lora", ()),
    ],
)
def test_lora_tags(prompt: str, rest: str, loras: tuple[tuple[str, float], ...]) -> None:
    assert split_lora_tags(prompt) == (rest, loras)


def test_a_tag_is_read_as_it_was_written() -> None:
    assert split_lora_tags(lora_tag("ink", 0.85)) == ("", (("ink", 0.85),))
    assert lora_tag("ink", 1.0) == "<lora:ink:1>"


def test_the_comment_of_a_jpeg_counts_too() -> None:
    reading = read({"UserComment": FULL.replace("\n", "\r\n")})
    assert reading is not None
    assert reading.tool is Tool.A1111
    assert reading.settings.prompt == "a castle, (hill:1.2)\nsecond line"


@pytest.mark.parametrize(
    "unit", ["word ", "aa: [1,", 'aa: ["q, ', "a,", "aa:", '"', 'aa: "\\', "<lora:", "Steps:\n"]
)
def test_long_texts_take_time_in_proportion(unit: str) -> None:
    text = "Steps: " + unit * (1_000_000 // len(unit))
    begin = time.perf_counter()
    settings(text)
    assert time.perf_counter() - begin < 5
