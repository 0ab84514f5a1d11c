"""Our pictures are diffusers' pictures, and a run that ends early leaves nothing behind."""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import diffusers
import pytest
from safetensors.torch import load_file, save_file

from pipelines.api import PipelineError
from pipelines.families import family as family_named
from pipelines.how import How
from pipelines.prompts import choose
from pipelines.schedulers_table import scheduler_names
from tests.pipelines.yardstick import Studio, drawn, fresh, largest_difference, read, request_for
from tests.tiny_models import FAMILIES

Tiny = Callable[[str], Path]

every_family = pytest.mark.parametrize("family", FAMILIES)


@every_family
def test_pictures_are_those_of_diffusers(studio: Studio, tiny: Tiny, family: str) -> None:
    request = request_for(tiny(family), family, count=2)
    expected = [drawn(fresh(tiny(family)), request, [seed])[0] for seed in (7, 8)]
    assert studio.pixels(request) == expected
    assert studio.pixels(request) == expected, "the warm pipeline differs from the fresh one"
    assert expected[0] != expected[1]


@every_family
def test_a_batch_is_that_of_diffusers(studio: Studio, tiny: Tiny, family: str) -> None:
    request = request_for(tiny(family), family, count=3, batch_size=2)
    pipe = fresh(tiny(family))
    pictures = studio.pixels(request)
    assert pictures == drawn(pipe, request, [7, 8]) + drawn(pipe, request, [9])
    # Sums over a batch may be rounded otherwise: nearly the same is all that can be promised.
    singles = studio.pixels(replace(request, batch_size=1))
    assert max(map(largest_difference, pictures, singles)) <= 2


@every_family
def test_begins_from_a_picture_as_diffusers_does(
    studio: Studio, tiny: Tiny, family: str, start_picture: Path
) -> None:
    plain = request_for(tiny(family), family, steps=4)
    request = replace(plain, init_image=str(start_picture), strength=0.5)
    pipe = fresh(tiny(family), family_named(family).image_to_image)
    expected = drawn(pipe, request, [7], image=read(start_picture), strength=0.5)
    assert studio.pixels(request) == expected
    assert studio.pixels(plain) == drawn(fresh(tiny(family)), plain, [7])
    assert studio.pixels(request) == expected, "drawing from words in between changed something"


@pytest.mark.parametrize(
    ("name", "class_name", "options"),
    [
        ("Euler", "EulerDiscreteScheduler", {}),
        ("Euler a", "EulerAncestralDiscreteScheduler", {}),
        ("Heun", "HeunDiscreteScheduler", {}),
        ("LMS Beta", "LMSDiscreteScheduler", {"use_beta_sigmas": True}),
        ("DPM2 a", "KDPM2AncestralDiscreteScheduler", {}),
        ("DPM++ 2M Karras", "DPMSolverMultistepScheduler", {"use_karras_sigmas": True}),
        (
            "DPM++ 2M SDE Exponential",
            "DPMSolverMultistepScheduler",
            {"algorithm_type": "sde-dpmsolver++", "use_exponential_sigmas": True},
        ),
        (
            "DPM++ 3M SDE",
            "DPMSolverMultistepScheduler",
            {"algorithm_type": "sde-dpmsolver++", "solver_order": 3},
        ),
        ("DPM++ SDE Karras", "DPMSolverSinglestepScheduler", {"use_karras_sigmas": True}),
        ("UniPC", "UniPCMultistepScheduler", {}),
        ("DDIM SGM Uniform", "DDIMScheduler", {"timestep_spacing": "trailing"}),
        ("PNDM", "PNDMScheduler", {"skip_prk_steps": True}),
        ("LCM", "LCMScheduler", {}),
    ],
)
def test_scheduler_is_the_one_asked_for(
    studio: Studio, tiny: Tiny, name: str, class_name: str, options: dict[str, Any]
) -> None:
    request = request_for(tiny("sd1"), "sd1", steps=5, scheduler=name)
    pipe = fresh(tiny("sd1"))
    own = pipe.scheduler
    pipe.scheduler = getattr(diffusers, class_name).from_config(own.config, **options)
    assert studio.pixels(request) == drawn(pipe, request, [7])
    pipe.scheduler = own
    plain = replace(request, scheduler="")
    assert studio.pixels(plain) == drawn(pipe, plain, [7]), "the model's own did not come back"


@pytest.mark.parametrize("family", ["sd1", "sd3", "flux", "z-image", "qwen-image"])
def test_every_scheduler_offered_draws(studio: Studio, tiny: Tiny, family: str) -> None:
    pictures = {}
    for name in scheduler_names(flow=family_named(family).flow):
        request = request_for(tiny(family), family, width=32, height=32, scheduler=name)
        (picture,) = studio.draw(request).pictures
        pictures[name] = read(picture.path).getextrema()
    black = [name for name, extrema in pictures.items() if extrema == ((0, 0),) * 3]
    assert not black, "the numbers overflowed"


def test_a_scheduler_that_does_not_fit_is_refused(studio: Studio, tiny: Tiny) -> None:
    with pytest.raises(PipelineError, match="does not fit") as failure:
        studio.draw(request_for(tiny("flux"), "flux", scheduler="DPM++ 2M Karras"))
    assert failure.value.code == "unknown_scheduler"
    assert studio.draw(request_for(tiny("flux"), "flux")).pictures


@pytest.mark.parametrize("family", ["sdxl", "sd3"])
def test_clip_skip_is_that_of_diffusers(studio: Studio, tiny: Tiny, family: str) -> None:
    request = request_for(tiny(family), family, clip_skip=1)
    expected = drawn(fresh(tiny(family)), request, [7], clip_skip=1)
    assert studio.pixels(request) == expected
    assert studio.pixels(replace(request, clip_skip=0)) != expected


def test_clip_skip_works_for_sd1_where_diffusers_fails(studio: Studio, tiny: Tiny) -> None:
    request = request_for(tiny("sd1"), "sd1", clip_skip=1)
    pipe = fresh(tiny("sd1"))
    layers = pipe.text_encoder.encoder.layers
    shortened = fresh(tiny("sd1"))
    shortened.text_encoder.encoder.layers = layers[:-1]
    negative = pipe.encode_prompt(request.negative_prompt, "cpu", 1, False)[0]
    positive = shortened.encode_prompt(request.prompt, "cpu", 1, False)[0]
    words = {"prompt": None, "negative_prompt": None}
    words |= {"prompt_embeds": positive, "negative_prompt_embeds": negative}
    assert studio.pixels(request) == drawn(pipe, request, [7], **words)


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_weights_change_the_picture(studio: Studio, tiny: Tiny, family: str) -> None:
    plain = request_for(tiny(family), family, prompt="a red castle")
    assert studio.pixels(replace(plain, prompt="a (red:1.5) castle")) != studio.pixels(plain)
    assert studio.pixels(replace(plain, prompt="a (red:1.0) castle")) == studio.pixels(plain)
    assert studio.draw(replace(plain, prompt="a (red:1.5) castle")).notes == ()


def test_weights_work_with_a_start_picture(studio: Studio, tiny: Tiny, start_picture: Path) -> None:
    plain = request_for(tiny("sdxl"), "sdxl", init_image=str(start_picture), prompt="a red castle")
    assert studio.pixels(replace(plain, prompt="a (red:1.5) castle")) != studio.pixels(plain)


def test_wildcards_are_read_from_their_folder(studio: Studio, tiny: Tiny, tmp_path: Path) -> None:
    (tmp_path / "beast.txt").write_text("# beasts\nfox\nrobot\n", encoding="utf-8")
    request = request_for(
        tiny("sd1"), "sd1", prompt="a __beast__", count=4, wildcards=str(tmp_path)
    )
    assert {p.prompt for p in studio.draw(request).pictures} == {"a fox", "a robot"}


@pytest.mark.parametrize("family", ["sd1", "sdxl", "sd3", "flux", "z-image", "qwen-image"])
def test_guidance_works_without_a_negative_prompt(studio: Studio, tiny: Tiny, family: str) -> None:
    request = request_for(tiny(family), family, negative_prompt="")
    assert studio.pixels(request) != studio.pixels(replace(request, guidance=8.0))


@pytest.mark.parametrize("family", ["sd3", "flux", "z-image"])
def test_weights_are_left_out_where_they_mean_nothing(
    studio: Studio, tiny: Tiny, family: str
) -> None:
    plain = request_for(tiny(family), family, prompt="a red castle")
    weighted = replace(plain, prompt="a (red:1.5) castle", count=2)
    assert studio.pixels(weighted)[:1] == studio.pixels(plain)
    assert len(studio.draw(weighted).notes) == 1, "one sentence for the whole job"


def test_a_negative_prompt_that_cannot_work_is_named(studio: Studio, tiny: Tiny) -> None:
    request = request_for(tiny("flux"), "flux")
    result = studio.draw(replace(request, negative_prompt="blue"))
    assert "negative prompt" in " ".join(result.notes)


def test_alternatives_are_chosen_by_seed(studio: Studio, tiny: Tiny) -> None:
    prompt = "a {red|blue|green} {castle|fox|robot}"
    request = request_for(tiny("sd1"), "sd1", prompt=prompt, count=4, seed=3)
    result = studio.draw(request)
    words = [picture.prompt for picture in result.pictures]
    assert words == [choose(prompt, seed) for seed in (3, 4, 5, 6)]
    assert len(set(words)) > 1
    pipe = fresh(tiny("sd1"))
    for picture in result.pictures:
        expected = drawn(pipe, replace(request, prompt=picture.prompt), [picture.seed])
        assert [read(picture.path).tobytes()] == expected


def test_seeds_count_up_and_wrap(studio: Studio, tiny: Tiny) -> None:
    request = request_for(tiny("sd1"), "sd1", seed=2**32 - 1, count=2)
    assert [p.seed for p in studio.draw(request).pictures] == [2**32 - 1, 0]


@every_family
def test_a_second_request_loads_nothing(studio: Studio, tiny: Tiny, family: str) -> None:
    request = request_for(tiny(family), family)
    studio.draw(request)
    assert studio.said
    studio.draw(replace(request, prompt="a fox", seed=1, steps=2, width=32, scheduler="Euler"))
    assert studio.said == []


def test_another_model_takes_the_place_of_the_first(studio: Studio, tiny: Tiny) -> None:
    for family in ("sd1", "flux", "sd1"):
        request = request_for(tiny(family), family)
        assert studio.pixels(request) == drawn(fresh(tiny(family)), request, [7])
        assert studio.said


def test_a_model_replaced_under_its_name_is_loaded_again(
    studio: Studio, tiny: Tiny, tmp_path: Path
) -> None:
    folder = shutil.copytree(tiny("sd1"), tmp_path / "mine")
    request = request_for(folder, "sd1")
    before = studio.pixels(request)
    (weights,) = (folder / "unet").glob("*.safetensors")
    newer = tmp_path / "newer.safetensors"
    save_file({key: tensor * 0.5 for key, tensor in load_file(weights).items()}, newer)
    newer.replace(weights)
    assert studio.pixels(request) == drawn(fresh(folder), request, [7]) != before


def test_turning_previews_off_loads_nothing(
    studio: Studio, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_for(tiny("sd1"), "sd1")
    studio.draw(request)
    quiet = replace(How.from_environment(), previews=False)
    for name, value in quiet.to_environment().items():
        monkeypatch.setenv(name, value)
    ctx = studio.context()
    studio.draw(request, ctx)
    assert (studio.said, ctx.previews) == ([], [])


def test_unloading_lets_go_of_everything(studio: Studio, tiny: Tiny) -> None:
    request = request_for(tiny("sd1"), "sd1")
    expected = studio.pixels(request)
    model = studio.pipeline._model
    assert model is not None
    weights = weakref.ref(model.pipe.unet)
    del model
    studio.pipeline.unload()
    assert weights() is None
    studio.pipeline.unload()
    assert studio.pixels(request) == expected
    assert studio.said


def test_size_is_the_models_own_if_none_is_named(studio: Studio, tiny: Tiny) -> None:
    picture = studio.draw(request_for(tiny("sd1"), "sd1", width=0, height=0)).pictures[0]
    assert read(picture.path).size == (picture.width, picture.height)
    assert picture.width == picture.height > 0


def test_a_size_that_does_not_fit_is_changed_and_named(studio: Studio, tiny: Tiny) -> None:
    result = studio.draw(request_for(tiny("sd1"), "sd1", width=70, height=64))
    assert read(result.pictures[0].path).size == (72, 64)
    assert "72" in result.notes[0]
