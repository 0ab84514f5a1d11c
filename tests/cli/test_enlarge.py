"""`fabula enlarge`, as scripts use it, with a network of a person's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.tiny_gans import CompactNet, save, seeded

Fabula = Callable[..., tuple[int, str, str]]


@pytest.fixture
def network(work: Path) -> str:
    Image.effect_noise((24, 20), 90).convert("RGB").save(work / "a.png")
    return str(save(seeded(CompactNet()), work / "crisp.safetensors"))


def test_a_scale_and_an_exact_size(fabula: Fabula, work: Path, network: str) -> None:
    code, out, err = fabula("enlarge", "a.png", "--scale", "2.5", "--network", network)
    assert (code, out.strip(), err) == (0, str(work / "a.x2.5.png"), "")
    with Image.open(work / "a.x2.5.png") as image:
        assert image.size == (60, 50)
    code, out, _ = fabula("enlarge", "a.png", "--size", "33x21", "--network", network, "--json")
    (picture,) = json.loads(out)["pictures"]
    assert (code, picture["width"], picture["height"]) == (0, 33, 21)
    assert picture["path"] == str(work / "a.33x21.png")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("--network", "nowhere"), 1, "There is no network “nowhere”."),
        ((), 1, "There is no network on this disk."),
        (("--network", "crisp.safetensors", "--scale", "99"), 2, "cannot be enlarged 99 times"),
        (("--size", "12"), 2, "write it as 1920x1080"),
    ],
)
@pytest.mark.usefixtures("network")
def test_what_cannot_be_done_is_one_sentence(
    fabula: Fabula, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    found, out, err = fabula("enlarge", "a.png", *arguments)
    assert (found, out) == (code, "")
    assert sentence in err
    assert "Traceback" not in err
