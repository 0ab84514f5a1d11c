"""The table of families: what it promises holds for every row."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipelines.families import FAMILIES, Family, family, family_of_class, shapes_of


@pytest.fixture(params=FAMILIES, ids=lambda each: each.id)
def each(request: pytest.FixtureRequest) -> Family:
    found: Family = request.param
    return found


def test_shapes_fit_the_multiple_and_the_budget(each: Family) -> None:
    assert each.shapes["1:1"] == (each.size, each.size)
    for aspect, (width, height) in each.shapes.items():
        wanted = float(aspect.split(":")[0]) / float(aspect.split(":")[1])
        assert width % each.multiple == height % each.multiple == 0
        assert 0.9 < width * height / each.size**2 <= 1
        assert width / height == pytest.approx(wanted, rel=0.04)


def test_upright_shapes_are_the_lying_ones_turned(each: Family) -> None:
    assert each.shapes["9:16"] == each.shapes["16:9"][::-1]
    assert each.shapes["2:3"] == each.shapes["3:2"][::-1]


def test_classes_name_one_family(each: Family) -> None:
    assert all(family_of_class(name) is each for name in each.classes)
    assert family(each.id) is each


def test_sdxl_gets_the_sizes_it_was_trained_on() -> None:
    shapes = family("sdxl").shapes
    assert shapes == {
        "1:1": (1024, 1024),
        "3:2": (1216, 832),
        "16:9": (1344, 768),
        "9:16": (768, 1344),
        "2:3": (832, 1216),
    }


def test_small_models_get_small_shapes() -> None:
    assert shapes_of(128, 8)["16:9"] == (168, 96)


def test_unknown_names() -> None:
    assert family_of_class("WanPipeline") is None
    with pytest.raises(KeyError):
        family("sd9")


def test_the_pipeline_classes_exist_in_diffusers() -> None:
    names = {
        name
        for each in FAMILIES
        for name in (*each.classes, each.text_to_image, each.image_to_image)
        if name
    }
    # The attributes of the package name its classes without importing torch.
    code = f"import diffusers; print([n for n in {sorted(names)!r} if n not in dir(diffusers)])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
