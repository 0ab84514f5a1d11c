"""Bad input gets a sentence, and nothing is lost by it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pipelines.api import PipelineError
from pipelines.catalog import inspect_model
from tests.pipelines.yardstick import Studio, drawn, fresh, read, request_for
from tests.tiny_models import FAMILIES

Tiny = Callable[[str], Path]


def test_a_start_picture_of_another_size_is_cropped_not_stretched(
    studio: Studio, tiny: Tiny, tmp_path: Path, start_picture: Path
) -> None:
    wide = Image.new("RGB", (128, 64), "white")
    wide.paste(read(start_picture), (32, 0))
    wide.save(tmp_path / "wide.png")
    request = request_for(tiny("sd1"), "sd1", init_image=str(start_picture), strength=0.7)
    assert studio.pixels(replace(request, init_image=str(tmp_path / "wide.png"))) == (
        studio.pixels(request)
    )


def test_transparent_parts_of_a_start_picture_are_white(
    studio: Studio, tiny: Tiny, tmp_path: Path
) -> None:
    red = Image.new("RGBA", (64, 64), (255, 0, 0, 0))  # what nobody sees
    red.paste((0, 0, 255, 255), (16, 16, 48, 48))
    red.save(tmp_path / "clear.png")
    white = Image.new("RGB", (64, 64), "white")
    white.paste((0, 0, 255), (16, 16, 48, 48))
    white.save(tmp_path / "white.png")
    request = request_for(tiny("sd1"), "sd1", strength=0.5)
    on_white = studio.pixels(replace(request, init_image=str(tmp_path / "white.png")))
    result = studio.draw(replace(request, init_image=str(tmp_path / "clear.png")))
    assert [read(picture.path).tobytes() for picture in result.pictures] == on_white
    assert "laid on white" in " ".join(result.notes)


@pytest.mark.parametrize("strength", [0.0, 0.05])
def test_a_strength_of_no_steps_keeps_the_picture(
    studio: Studio, tiny: Tiny, start_picture: Path, strength: float
) -> None:
    request = request_for(tiny("sd1"), "sd1", init_image=str(start_picture), strength=strength)
    pictures = studio.draw(request).pictures
    assert read(pictures[0].path).size == (64, 64)


@pytest.mark.parametrize("bytes_", [b"", b"not a picture"])
def test_a_start_picture_that_cannot_be_read_is_named(
    studio: Studio, tiny: Tiny, tmp_path: Path, bytes_: bytes
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(bytes_)
    for path in (broken, tmp_path / "missing.png"):
        with pytest.raises(PipelineError, match=path.name) as failure:
            studio.draw(request_for(tiny("sd1"), "sd1", init_image=str(path)))
        assert failure.value.hint


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder"])
@pytest.mark.parametrize("size", [0, 5, 1000, -1000])
def test_a_damaged_model_is_named(
    studio: Studio, tiny: Tiny, tmp_path: Path, part: str, size: int
) -> None:
    model = tmp_path / "damaged"
    shutil.copytree(tiny("sd1"), model)
    (file,) = (model / part).glob("*.safetensors")
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(PipelineError, match="damaged") as failure:
        studio.draw(request_for(model, "sd1"))
    assert failure.value.hint
    request = request_for(tiny("sd1"), "sd1")
    assert studio.pixels(request) == drawn(fresh(tiny("sd1")), request, [7])


def test_a_model_that_is_not_there_is_named(studio: Studio, tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="gone"):
        studio.draw(request_for(tmp_path / "gone", "sd1"))


def test_nothing_is_loaded_for_an_impossible_request(studio: Studio, tiny: Tiny) -> None:
    with pytest.raises(PipelineError, match="prompt is empty"):
        studio.draw(request_for(tiny("sd1"), "sd1", prompt=" "))
    assert studio.said == []


@pytest.mark.parametrize("family", FAMILIES)
def test_of_a_long_prompt_the_beginning_counts_and_that_is_said(
    studio: Studio, tiny: Tiny, family: str
) -> None:
    limit = inspect_model(tiny(family)).tokens
    short = request_for(tiny(family), family, prompt="a red castle", negative_prompt="")
    long = replace(short, prompt="a red castle " + "on the fox " * 900)
    assert studio.draw(short).notes == ()
    assert studio.draw(long).notes == (
        f"Only the first {limit} tokens of the prompt count: it is longer.",
    )


def test_a_long_prompt_with_weights_counts_as_a_whole(studio: Studio, tiny: Tiny) -> None:
    long = request_for(tiny("sd1"), "sd1", prompt="a (red:1.2) castle " + "on the fox " * 90)
    assert studio.draw(long).notes == ()
    assert studio.pixels(long) != studio.pixels(replace(long, prompt=long.prompt + "a robot"))
