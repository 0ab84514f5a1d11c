"""Bad input gets a sentence, and nothing is lost by it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pipelines.api import PipelineError
from tests.pipelines.yardstick import Studio, drawn, fresh, read, request_for

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
