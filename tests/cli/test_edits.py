"""`fabula inpaint`, `remove` and `expand`, as scripts use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from pipelines.pictures import read_info

Fabula = Callable[..., tuple[int, str, str]]


@pytest.fixture
def photo(work: Path) -> Image.Image:
    """`photo.png` and `mask.png` in the folder where the command runs."""
    grey = Image.radial_gradient("L").resize((90, 60))
    image = Image.merge(
        "RGB", (grey, grey.rotate(180), Image.linear_gradient("L").resize((90, 60)))
    )
    image.save(work / "photo.png")
    mask = Image.new("L", image.size)
    mask.paste(255, (30, 20, 60, 40))
    mask.save(work / "mask.png")
    return image


def assert_outside_is(photo: Image.Image, path: Path) -> None:
    with Image.open(path) as image:
        assert image.size == photo.size
        old, new = photo.copy(), image.convert("RGB")
        inner = new.crop((30, 20, 60, 40))
        assert inner.tobytes() != photo.crop((30, 20, 60, 40)).tobytes()
        for each in (old, new):
            each.paste(0, (30, 20, 60, 40))
        assert new.tobytes() == old.tobytes()


def test_inpaint(fabula: Fabula, work: Path, photo: Image.Image) -> None:
    code, out, err = fabula(
        "inpaint", "photo.png", "--mask", "mask.png", "--prompt", "brick wall", "--steps", "2",
        "--seed", "4", "-n", "2", "-o", "out.png", "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    result = json.loads(out)
    assert [(p["path"], p["seed"]) for p in result["pictures"]] == [
        ("out-01.png", 4), ("out-02.png", 5),
    ]  # fmt: skip
    first = result["pictures"][0]
    assert (first["x"], first["y"], first["width"], first["height"]) == (30, 20, 30, 20)
    assert_outside_is(photo, work / "out-01.png")
    assert read_info(work / "out-02.png").settings.prompt == "brick wall"


def test_remove_writes_beside_the_picture_and_never_over_a_file(
    fabula: Fabula, work: Path, photo: Image.Image
) -> None:
    for name in ("photo.remove.png", "photo.remove-2.png"):
        assert fabula("remove", "photo.png", "--mask", "mask.png") == (0, f"{name}\n", "")
        assert_outside_is(photo, work / name)


def test_expand_without_words_needs_no_model(
    fabula: Fabula, work: Path, photo: Image.Image
) -> None:
    code, out, err = fabula("expand", "photo.png", "--left", "20", "--bottom", "9", "-o", "w.jpg")
    assert (code, out) == (0, "w.jpg\n")
    assert "JPEG is lossy" in err
    with Image.open(work / "w.jpg") as image:
        assert image.size == (110, 69)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("inpaint", "photo.png", "--mask", "mask.png"), 2, "The prompt is empty."),
        (("inpaint", "photo.png", "--mask", "mask.png", "--prompt", "x", "--strength", "2"), 2,
         "The strength cannot be 2."),
        (("inpaint", "photo.png", "--mask", "mask.png", "--prompt", "x", "-m", "none"), 1, "none"),
        (("remove", "photo.png", "--mask", "mask.png", "-o", "out.gif"), 2, "“out.gif” is no PNG"),
        (("remove", "photo.png", "--mask", "mask.png", "-n", "0"), 2, "number of pictures"),
        (("remove", "none.png", "--mask", "mask.png"), 1, "“none.png” is not there."),
        (("remove", "photo.png", "--mask", "none.png"), 1, "“none.png” is not there."),
        (("expand", "photo.png"), 2, "The picture would not grow."),
        (("expand", "photo.png", "--left", "-3"), 2, "margin at the left"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_sentence(
    fabula: Fabula,
    work: Path,
    photo: Image.Image,
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    found, out, err = fabula(*arguments)
    assert (found, out) == (code, "")
    assert words in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1
    assert sorted(path.name for path in work.iterdir()) == ["mask.png", "photo.png"]


def test_a_picture_that_cannot_be_written(fabula: Fabula, work: Path, photo: Image.Image) -> None:
    (work / "out").mkdir()
    (work / "out" / "photo.remove.png").mkdir()
    code, _, err = fabula("remove", "photo.png", "--mask", "mask.png", "-o", "out")
    assert code == 1
    assert "could not be written" in err
