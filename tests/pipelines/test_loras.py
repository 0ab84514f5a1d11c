"""LoRAs do what they do in diffusers, leave no trace, and are refused where they do not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file, save_file

from pipelines.api import Lora, PipelineError, TextToImageRequest
from pipelines.pictures import read_info
from tests.pipelines.yardstick import Studio, drawn, fresh, request_for

Tiny = Callable[[str], Path]
TinyLora = Callable[..., Path]

families = pytest.mark.parametrize("family", ["sd1", "sdxl", "flux"])


def with_loras(request: TextToImageRequest, *loras: tuple[Path, float]) -> TextToImageRequest:
    return replace(request, loras=tuple(Lora(str(path), weight) for path, weight in loras))


def loaded(model: Path, *loras: tuple[Path, float]) -> Any:
    pipe = fresh(model)
    for index, (path, _weight) in enumerate(loras):
        pipe.load_lora_weights(
            str(path.parent), weight_name=path.name, adapter_name=f"adapter_{index}"
        )
    pipe.set_adapters([f"adapter_{i}" for i in range(len(loras))], [w for _, w in loras])
    return pipe


@families
@pytest.mark.parametrize("layout", ["diffusers", "kohya"])
def test_equals_diffusers(
    studio: Studio, tiny: Tiny, tiny_lora: TinyLora, family: str, layout: str
) -> None:
    lora = tiny_lora(family, layout)
    plain = request_for(tiny(family), family)
    request = with_loras(plain, (lora, 0.8))
    expected = drawn(loaded(tiny(family), (lora, 0.8)), request, [7])
    assert studio.pixels(request) == expected
    assert studio.pixels(plain) == drawn(fresh(tiny(family)), plain, [7]) != expected
    assert studio.pixels(request) == expected


@families
def test_weights_matter_and_negative_ones_too(
    studio: Studio, tiny: Tiny, tiny_lora: TinyLora, family: str
) -> None:
    lora = tiny_lora(family)
    request = request_for(tiny(family), family)
    pictures = [studio.pixels(with_loras(request, (lora, weight))) for weight in (1, 0.5, -1)]
    pictures.append(studio.pixels(request))
    assert len({picture for (picture,) in pictures}) == 4
    assert studio.pixels(with_loras(request, (lora, 0.0))) == pictures[-1]


def test_several_add_up_in_any_order_of_loading(
    studio: Studio, tiny: Tiny, tiny_lora: TinyLora
) -> None:
    first, second = tiny_lora("sd1"), tiny_lora("sd1", "kohya", seed=1)
    request = request_for(tiny("sd1"), "sd1")
    both = with_loras(request, (first, 0.5), (second, 0.7))
    expected = drawn(loaded(tiny("sd1"), (first, 0.5), (second, 0.7)), both, [7])
    assert studio.pixels(both) == expected
    studio.draw(with_loras(request, (second, 0.7)))
    assert studio.pixels(both) == expected


def test_the_same_again_loads_nothing(studio: Studio, tiny: Tiny, tiny_lora: TinyLora) -> None:
    request = with_loras(request_for(tiny("sd1"), "sd1"), (tiny_lora("sd1"), 0.8))
    studio.draw(request)
    assert any(tiny_lora("sd1").stem in line for line in studio.said)
    studio.draw(replace(request, seed=8))
    assert studio.said == []


def test_works_with_start_picture_and_scheduler(
    studio: Studio, tiny: Tiny, tiny_lora: TinyLora, start_picture: Path
) -> None:
    plain = request_for(tiny("sd1"), "sd1", init_image=str(start_picture), scheduler="Euler a")
    with_it = studio.pixels(with_loras(plain, (tiny_lora("sd1"), 1.0)))
    assert with_it != studio.pixels(plain)


@pytest.mark.parametrize(
    ("model", "lora"), [("sd1", "sdxl"), ("sdxl", "sd1"), ("sd1", "flux"), ("flux", "sdxl")]
)
@pytest.mark.parametrize("layout", ["diffusers", "kohya"])
def test_one_of_another_family_is_refused(
    studio: Studio, tiny: Tiny, tiny_lora: TinyLora, model: str, lora: str, layout: str
) -> None:
    request = request_for(tiny(model), model)
    before = studio.pixels(request)
    with pytest.raises(PipelineError, match="LoRA") as failure:
        studio.draw(with_loras(request, (tiny_lora(lora, layout), 1.0)))
    assert failure.value.code in ("wrong_lora", "bad_lora")
    assert failure.value.hint
    assert "\n" not in str(failure.value)
    assert studio.pixels(request) == before


@pytest.mark.parametrize("damage", ["empty", "header", "cut", "text", "missing"])
def test_a_damaged_one_is_named_and_forgotten(
    studio: Studio, tiny: Tiny, tiny_lora: TinyLora, tmp_path: Path, damage: str
) -> None:
    whole = tiny_lora("sd1", "kohya")
    content = whole.read_bytes()
    broken = tmp_path / "broken.safetensors"
    damaged = {"empty": b"", "header": content[:100], "cut": content[:-500], "text": b"<html>" * 99}
    if damage in damaged:
        broken.write_bytes(damaged[damage])
    request = request_for(tiny("sd1"), "sd1")
    before = studio.pixels(request)
    with_first = studio.pixels(with_loras(request, (whole, 0.8)))
    with pytest.raises(PipelineError, match="broken") as failure:
        studio.draw(with_loras(request, (whole, 0.8), (broken, 1.0)))
    assert failure.value.hint
    assert "\n" not in str(failure.value)
    assert studio.pixels(request) == before
    assert studio.pixels(with_loras(request, (whole, 0.8))) == with_first


def test_one_whose_shapes_do_not_fit_is_refused_whole(
    studio: Studio, tiny: Tiny, tiny_lora: TinyLora, tmp_path: Path
) -> None:
    tensors = load_file(tiny_lora("sd1"))
    odd = tmp_path / "odd.safetensors"
    save_file({key: tensor.repeat(1, 2).repeat(2, 1) for key, tensor in tensors.items()}, odd)
    request = request_for(tiny("sd1"), "sd1")
    before = studio.pixels(request)
    with pytest.raises(PipelineError, match="odd"):
        studio.draw(with_loras(request, (odd, 1.0)))
    assert studio.pixels(request) == before


def test_a_file_changed_on_disk_is_read_again(
    studio: Studio, tiny: Tiny, tiny_lora: TinyLora, tmp_path: Path
) -> None:
    file = tmp_path / "mine.safetensors"
    request = with_loras(request_for(tiny("sd1"), "sd1"), (file, 1.0))
    file.write_bytes(tiny_lora("sd1").read_bytes())
    first = studio.pixels(request)
    newer = tmp_path / "newer.safetensors"
    newer.write_bytes(tiny_lora("sd1", seed=5).read_bytes())
    newer.replace(file)
    assert studio.pixels(request) != first


def test_one_without_a_name_has_that_of_its_folder(
    studio: Studio, tiny: Tiny, tiny_lora: TinyLora, tmp_path: Path
) -> None:
    file = tmp_path / "inkwash" / "pytorch_lora_weights.safetensors"
    file.parent.mkdir()
    file.write_bytes(tiny_lora("sd1").read_bytes())
    request = with_loras(request_for(tiny("sd1"), "sd1"), (file, 0.5))
    (picture,) = studio.draw(request).pictures
    assert read_info(Path(picture.path)).settings.loras == (("inkwash", 0.5),)
