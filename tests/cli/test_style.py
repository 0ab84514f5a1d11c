"""`fabula style`, as scripts use it, with a network of a person's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.tiny_gans import ResnetGenerator, instance, save, seeded

Fabula = Callable[..., tuple[int, str, str]]


@pytest.fixture
def look(work: Path) -> str:
    return str(save(seeded(ResnetGenerator(instance(True))), work / "dusk.safetensors"))


def photo(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    Image.effect_noise((24, 20), 90).convert("RGB").save(path)
    return path


def test_beside_the_picture_and_never_over_a_file(fabula: Fabula, work: Path, look: str) -> None:
    for name in ("a.png", "a.jpg"):
        photo(work / name)
    mask = Image.new("L", (24, 20))
    mask.save(work / "mask.png")
    code, out, err = fabula(
        "style", "a.png", "a.jpg", "--look", look, "--mask", "mask.png", "--keep-colours"
    )
    assert (code, err) == (0, "")
    assert out.split() == [str(work / "a.dusk.png"), str(work / "a.dusk-2.png")]
    with Image.open(work / "a.dusk.png") as made, Image.open(work / "a.png") as original:
        assert made.tobytes() == original.tobytes(), "the mask is black"


@pytest.mark.slow
def test_a_jpeg(fabula: Fabula, work: Path, look: str) -> None:
    photo(work / "a.png")
    code, _, err = fabula("style", "a.png", "--look", look, "-o", "b.jpg")
    assert (code, err) == (0, "")
    with Image.open(work / "b.jpg") as image:
        assert image.format == "JPEG"


def test_a_folder_with_a_bad_picture_goes_on_and_can_be_resumed(
    fabula: Fabula, work: Path, look: str
) -> None:
    for name in ("b.jpg", "a.png"):
        photo(work / "in" / name)
    (work / "in" / "bad.png").write_text("no picture")
    arguments = ("style", "in", "--look", look, "-o", "out", "--json", "--resume")
    code, out, err = fabula(*arguments)
    result = json.loads(out)
    assert code == 1
    assert [Path(each["path"]).name for each in result["pictures"]] == ["a.dusk.png", "b.dusk.png"]
    assert [each["code"] for each in result["failed"]] == ["bad_picture"]
    assert "“bad.png” cannot be read as a picture" in err
    photo(work / "in" / "bad.png")
    before = (work / "out" / "a.dusk.png").stat().st_mtime_ns
    code, out, _ = fabula(*arguments)
    assert code == 0
    assert [Path(each["path"]).name for each in json.loads(out)["pictures"]] == ["bad.dusk.png"]
    assert (work / "out" / "a.dusk.png").stat().st_mtime_ns == before
    assert fabula(*arguments)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("a.png", "--look", "nowhere"), 1, "There is no look “nowhere”."),
        (("a.png", "--like", "a.png"), 1, "install painting-styles"),
        (("a.png", "--look", "dusk.safetensors", "--blend", "120"), 2, "Use 0 to 100."),
        (("a.png", "--look", "dusk.safetensors", "-o", "b.txt"), 2, "“b.txt” names no kind"),
        (("a.png", "--look", "dusk.safetensors", "-o", "no/b.png"), 2, "There is no folder “no”."),
        (("empty", "--look", "dusk.safetensors"), 2, "There is no picture in “empty”."),
        (("a.png",), 2, "--look"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    fabula: Fabula, work: Path, look: str, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    photo(work / "a.png")
    (work / "empty").mkdir()
    found, out, err = fabula("style", *arguments)
    assert (found, out) == (code, "")
    assert sentence in err
    assert "Traceback" not in err
