"""`fabula info`, without Qt: what pictures of any tool say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipelines.api import TextToImageRequest
from pipelines.codec import to_json
from pipelines.pictures import DigitalSource, read_info, save_picture
from pipelines.recipe import Recipe
from studio.cli.info import as_json, as_text

Fabula = Callable[..., tuple[int, str, str]]

INFOTEXT = (
    "an owl <lora:ink:0.8>\nNegative prompt: blurry\n"
    "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 9, Size: 512x768, Model: dreamshaper,"
    " Hires upscale: 2"
)


def a1111(path: Path, text: str = INFOTEXT) -> Path:
    info = PngInfo()
    info.add_text("parameters", text)
    Image.new("RGB", (4, 6)).save(path, pnginfo=info)
    return path


def test_several_pictures_for_a_person(fabula: Fabula, work: Path) -> None:
    a1111(work / "theirs.png")
    Image.new("RGB", (8, 4)).save(work / "photo.jpg")
    code, out, err = fabula("info", "theirs.png", "photo.jpg")
    assert (code, err) == (0, "")
    theirs, photo = out.split("\n\n")
    for words in ("Euler a", "dreamshaper", "ink (0.8)", "4 × 6 pixels", "Hires upscale"):
        assert words in theirs
    assert theirs.index("Not understood") < theirs.index("Hires upscale")
    assert photo.strip().splitlines()[-1] == "  It does not say how it was made."


def test_json_for_scripts_goes_on_after_a_bad_file(fabula: Fabula, work: Path) -> None:
    a1111(work / "theirs.png")
    (work / "notes.txt").write_text("no picture")
    code, out, err = fabula("info", "gone.png", "notes.txt", "theirs.png", "--json")
    assert code == 1
    assert len(err.splitlines()) == 2
    assert "“gone.png” is not there." in err
    assert "Traceback" not in err
    (said,) = map(json.loads, out.splitlines())
    assert (said["path"], said["tool"], said["width"], said["height"]) == (
        "theirs.png", "a1111", 4, 6,
    )  # fmt: skip
    settings = said["settings"]
    assert (settings["seed"], settings["steps"], settings["width"]) == (9, 20, 512)
    assert settings["loras"] == [["ink", 0.8]]
    assert settings["vae"] is None
    assert said["unknown"]["Hires upscale"] == "2"
    assert said["raw"] == INFOTEXT


def test_without_a_picture_it_says_how_it_is_used(fabula: Fabula) -> None:
    code, _, err = fabula("info")
    assert code == 2
    assert "PICTURE" in err


def test_our_own_says_its_whole_request(tmp_path: Path) -> None:
    path = tmp_path / "ours.png"
    request = to_json(TextToImageRequest("model", "a fox", seed=7))
    recipe = Recipe(request=request, prompt="a fox", seed=8, width=16, height=8, steps=3)
    save_picture(Image.new("RGB", (16, 8)), path, recipe, DigitalSource.GENERATED)
    said = json.loads(json.dumps(as_json(path, read_info(path))))
    assert said["request"] == json.loads(json.dumps(request))
    assert said["settings"]["seed"] == 8
    assert "Fabula Studio" in as_text(path, read_info(path))


@pytest.mark.parametrize("evil", ["\x1b[2Jan owl", "an owl\rfox\x07"])
def test_a_picture_does_not_command_the_terminal(tmp_path: Path, evil: str) -> None:
    path = a1111(tmp_path / "evil.png", f"{evil}\nSteps: 20, Seed: 9, {evil}: {evil}")
    text = as_text(path, read_info(path))
    assert "owl" in text
    assert not any(c in text for c in "\x1b\r\x07")
