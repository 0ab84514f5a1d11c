"""What is written into a picture is read back, by us and by others."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import sd_parsers
from PIL import Image

from pipelines.codec import from_json
from pipelines.pictures import DigitalSource, Tool, open_picture, read_info, save_picture
from pipelines.recipe import Recipe
from tests.pipelines.metadata.samples import FORMATS, RECIPE, REQUEST, noise, save


@pytest.mark.parametrize("suffix", [*FORMATS, "jpeg", "PNG"])
def test_round_trip(tmp_path: Path, suffix: str) -> None:
    info = read_info(save(tmp_path, suffix))
    assert info.tool is Tool.FABULA
    assert (info.width, info.height) == (48, 32)
    assert info.request is not None
    assert from_json(info.request) == REQUEST
    assert info.settings.prompt == RECIPE.prompt
    assert info.settings.negative_prompt == RECIPE.negative_prompt
    assert info.settings.seed == RECIPE.seed
    assert info.settings.scheduler == RECIPE.scheduler
    assert info.settings.model_hash == RECIPE.model_hash
    assert info.unknown["versions"] == '{"torch": "2.10"}'
    assert info.unknown["DigitalSourceType"] == "trainedAlgorithmicMedia"
    assert "Steps: 12" in info.raw
    assert [p.name for p in tmp_path.iterdir()] == [f"帽子 picture.{suffix}"]


NASTY = 'line\n"quoted", commas: \\ <b>&amp;</b> 帽子 🎩 {a|b} \t\x0b\x00 \ud83d <lora:x:1>'


@pytest.mark.parametrize("suffix", FORMATS)
def test_nasty_words_survive_in_every_field(tmp_path: Path, suffix: str) -> None:
    recipe = replace(
        RECIPE,
        request={"kind": NASTY},
        prompt=NASTY,
        negative_prompt=NASTY,
        scheduler=NASTY,
        model_name=NASTY,
        family=NASTY,
        vae=NASTY,
        loras=((NASTY, 0.5, NASTY),),
        device=NASTY,
        notes=(NASTY,),
        versions={NASTY: NASTY},
    )
    info = read_info(save(tmp_path, suffix, recipe))
    assert info.request == {"kind": NASTY}
    assert info.settings.prompt == NASTY
    assert info.settings.negative_prompt == NASTY
    assert info.settings.scheduler == NASTY
    assert info.settings.model == NASTY
    assert info.settings.loras == ((NASTY, 0.5),)
    assert json.loads(info.unknown["versions"]) == {NASTY: NASTY}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("length", [10_000, 40_000])
def test_long_prompts(tmp_path: Path, suffix: str, length: int) -> None:
    """The longer one has no room in a JPEG's EXIF, and both need several segments of XMP there."""
    recipe = replace(RECIPE, prompt="帽" * length, negative_prompt="子" * length)
    path = save(tmp_path, suffix, recipe)
    info = read_info(path)
    assert info.settings.prompt == "帽" * length
    assert info.settings.negative_prompt == "子" * length
    assert open_picture(path).size == (48, 32)
    assert _source_type(path).endswith("/trainedAlgorithmicMedia")


@pytest.mark.parametrize("suffix", FORMATS)
def test_another_program_reads_it(tmp_path: Path, suffix: str) -> None:
    found = sd_parsers.ParserManager().parse(save(tmp_path, suffix))
    assert found is not None
    assert found.generator.name == "AUTOMATIC1111"
    [sampler] = found.samplers
    assert [str(prompt) for prompt in sampler.prompts] == [RECIPE.prompt]
    assert [str(prompt) for prompt in sampler.negative_prompts] == [RECIPE.negative_prompt]
    assert sampler.name == "DPM++ 2M"
    assert sampler.parameters == {
        "scheduler": "Karras", "cfg_scale": "7.5", "seed": "4294967295", "steps": "12",
    }  # fmt: skip
    assert (sampler.model.name, sampler.model.hash) == ("starter", "0123456789")


def _source_type(path: Path) -> str:
    with Image.open(path) as image:
        packet = image.info["xmp"]
    iptc = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
    [description] = ElementTree.fromstring(packet).iter(
        "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"
    )
    source = description.attrib[f"{iptc}DigitalSourceType"]
    system = None if source.endswith("/humanEdits") else "Fabula Studio: starter"
    assert description.attrib.get(f"{iptc}AISystemUsed") == system
    return source


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("source", DigitalSource)
def test_every_picture_says_what_it_is(tmp_path: Path, suffix: str, source: DigitalSource) -> None:
    path = tmp_path / f"a.{suffix}"
    save_picture(noise(), path, RECIPE, source)
    assert _source_type(path) == f"http://cv.iptc.org/newscodes/digitalsourcetype/{source}"


def test_png_has_the_keys_others_look_for(tmp_path: Path) -> None:
    with Image.open(save(tmp_path, "png")) as image:
        assert {"parameters", "fabula", "XML:com.adobe.xmp"} <= image.info.keys()
        assert json.loads(image.info["fabula"])["schema"] == 1


def test_a_picture_without_steps_has_no_infotext(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    save_picture(noise(), path, Recipe(request={"kind": "enlarge"}), DigitalSource.ENHANCED)
    assert read_info(path).request == {"kind": "enlarge"}
    with Image.open(path) as image:
        assert "parameters" not in image.info
