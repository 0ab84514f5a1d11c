"""Only what was painted changes, with every family, however often and wherever it is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pipelines.api import JobCancelled, Lora, PipelineError
from pipelines.composing import save_composed
from pipelines.edit_requests import Margins
from pipelines.inpaint.modes import MODES
from pipelines.pictures import open_rgb, read_info
from tests.pipelines.inpaint.conftest import Workshop, colourful, laid_on, mask_of, request_of

Small = Callable[[str], Path]

FAMILIES = (
    "sd1", "sdxl", "sd3", "flux", "z-image", "qwen-image", "sd1-inpaint", "sdxl-inpaint",
    "flux-fill", "flux2",
)  # fmt: skip
SIZE = (150, 101)
BOX = (40, 30, 91, 70)


def assert_only_there(before: Image.Image, after: Image.Image, mask: Image.Image) -> None:
    """That every pixel where `mask` is black is the same, bit for bit, and most others are not."""
    old, new = np.asarray(before), np.asarray(after)
    painted = np.asarray(mask) > 0
    assert (new[~painted] == old[~painted]).all()
    assert (new[painted] != old[painted]).any()


@pytest.mark.parametrize("family", FAMILIES)
def test_changes_nothing_but_what_was_painted(
    workshop: Workshop, small: Small, family: str
) -> None:
    picture, mask = colourful(*SIZE), mask_of(SIZE, BOX)
    files = workshop.saved(picture), workshop.saved(mask, "mask.png")
    ctx = workshop.context()
    request = request_of(small(family), *files, count=2, steps=3)
    result = workshop.draw(request, ctx)
    first, second = result.patches
    for patch in result.patches:
        assert (patch.x, patch.y, patch.width, patch.height) == (40, 30, 51, 40)
        assert_only_there(picture, laid_on(picture, patch), mask)
    assert (first.seed, second.seed) == (7, 8)
    assert laid_on(picture, first).tobytes() != laid_on(picture, second).tobytes()
    assert tuple(ctx.items) == result.patches
    assert [p.step for p in ctx.progressed] == [1, 2, 3, 4, 5, 6]
    assert {(p.part, p.parts) for p in ctx.progressed} == {(0, 2), (1, 2)}
    assert result.notes == ()
    if family not in ("qwen-image", "flux2"):  # their first picture shows how
        assert [preview.part for preview in ctx.previews] == [0, 0, 0, 1, 1, 1]
    again = workshop.draw(replace(request, seed=8, count=1)).patches[0]
    assert laid_on(picture, again).tobytes() == laid_on(picture, second).tobytes()


@pytest.mark.parametrize(("family", "times"), [("sd1", 50), ("sdxl-inpaint", 8), ("flux", 8)])
def test_however_often_it_is_inpainted(
    workshop: Workshop, small: Small, family: str, times: int
) -> None:
    """Strokes here and there: what none of them touched is as it was at first."""
    first = picture = colourful(*SIZE)
    touched = Image.new("L", SIZE)
    random = np.random.default_rng(1)
    for number in range(times):
        left, top = int(random.integers(0, 120)), int(random.integers(0, 60))
        box = (left, top, left + int(random.integers(1, 30)), top + int(random.integers(1, 20)))
        mask = mask_of(SIZE, box)
        touched.paste(255, box)
        files = workshop.saved(picture), workshop.saved(mask, "mask.png")
        request = request_of(small(family), *files, steps=1, seed=number)
        result = workshop.draw(request)
        save_composed(picture, result.patches[0], result.margins, workshop.folder / "out.png")
        after, _ = open_rgb(workshop.folder / "out.png")
        assert_only_there(picture, after, mask)
        picture = after
    assert_only_there(first, picture, touched)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_painted(workshop: Workshop, small: Small, data: st.DataObject) -> None:
    width, height = data.draw(st.integers(1, 160)), data.draw(st.integers(1, 160))
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    mask = mask_of(
        (width, height),
        (
            left,
            top,
            data.draw(st.integers(left + 1, width)),
            data.draw(st.integers(top + 1, height)),
        ),
    )
    if data.draw(st.booleans()):
        mask = mask.point(lambda value: value // 3)
    picture = colourful(width, height)
    request = request_of(
        small("sd1"),
        workshop.saved(picture),
        workshop.saved(mask, "mask.png"),
        mode=data.draw(st.sampled_from(sorted(set(MODES) - {"expand"}))),
        steps=1,
        region=data.draw(st.sampled_from(["masked", "whole"])),
        feather=data.draw(st.sampled_from([None, 0, 40])),
        differential=data.draw(st.booleans()),
    )
    after = laid_on(picture, workshop.draw(request).patches[0])
    untouched = np.asarray(mask) == 0
    assert (np.asarray(after)[untouched] == np.asarray(picture)[untouched]).all()


def test_expands_around_the_picture(workshop: Workshop, small: Small) -> None:
    picture = colourful(90, 60)
    margins = Margins(left=30, bottom=17)
    request = request_of(
        small("sd1"), workshop.saved(picture), mode="expand", margins=margins, prompt=""
    )
    result = workshop.draw(request)
    (patch,) = result.patches
    assert (patch.x, patch.y) == (-30, 0)
    after = laid_on(picture, patch, margins)
    assert after.size == (120, 77)
    assert after.crop((30, 0, 120, 60)).tobytes() == picture.tobytes()
    for box in ((0, 0, 30, 77), (30, 60, 120, 77)):
        assert np.asarray(after.crop(box)).std() > 5, "nothing was drawn there"


def test_a_strip_at_one_side_is_drawn_with_its_surroundings_only(
    workshop: Workshop, small: Small
) -> None:
    picture = workshop.saved(colourful(600, 60))
    request = request_of(small("sd1"), picture, mode="expand", margins=Margins(right=40))
    result = workshop.draw(request)
    assert result.box[0] > 400
    assert result.patches[0].x == 600


@pytest.mark.parametrize("prefill", ["exemplar", "noise"])
def test_a_candidate_can_be_made_again_alone(
    workshop: Workshop, small: Small, prefill: str
) -> None:
    picture = colourful(*SIZE)
    files = workshop.saved(picture), workshop.saved(mask_of(SIZE, BOX), "mask.png")
    request = request_of(small("sd1"), *files, strength=0.6, prefill=prefill, steps=4)
    both = workshop.draw(replace(request, count=2)).patches
    alone = workshop.draw(replace(request, seed=8)).patches[0]
    assert laid_on(picture, alone).tobytes() == laid_on(picture, both[1]).tobytes()


def test_refine_keeps_the_drawing(workshop: Workshop, small: Small) -> None:
    """The less strength, the fewer steps; the mask has no grey prefill."""
    picture = colourful(*SIZE)
    files = workshop.saved(picture), workshop.saved(mask_of(SIZE, BOX), "mask.png")
    ctx = workshop.context()
    request = request_of(small("sd1"), *files, mode="refine", prompt="", steps=10, strength=0.2)
    workshop.draw(request, ctx)
    assert len(ctx.progressed) == 2


def test_greyer_pixels_join_in_later(workshop: Workshop, small: Small) -> None:
    picture = colourful(64, 64)
    mask = Image.linear_gradient("L").resize((64, 64))
    files = workshop.saved(picture), workshop.saved(mask, "mask.png")
    request = request_of(small("sd1"), *files, steps=6, colour_match=False)
    even, graded = (
        np.asarray(laid_on(picture, workshop.draw(each).patches[0])).astype(int)
        for each in (request, replace(request, differential=True))
    )
    assert (even != graded).any()
    model = workshop.inpaint._model
    assert model is not None
    assert model.pipe.scheduler is model.own_scheduler


def test_a_model_for_masks_says_that_grey_is_nothing_to_it(
    workshop: Workshop, small: Small
) -> None:
    files = workshop.saved(colourful(64, 64)), workshop.saved(mask_of((64, 64), BOX), "mask.png")
    request = request_of(small("sd1-inpaint"), *files, differential=True)
    (note,) = workshop.draw(request).notes
    assert "trained for masks" in note


def test_a_piece_of_a_canvas_knows_where_it_lies(workshop: Workshop, small: Small) -> None:
    files = workshop.saved(colourful(*SIZE)), workshop.saved(mask_of(SIZE, BOX), "mask.png")
    result = workshop.draw(request_of(small("sd1"), *files, x=1000, y=2000))
    assert (result.patches[0].x, result.patches[0].y) == (1040, 2030)
    assert result.box[0] >= 1000


def test_all_that_made_it_is_in_the_picture(
    workshop: Workshop, small: Small, tiny_lora: Callable[..., Path], tmp_path: Path
) -> None:
    picture = colourful(*SIZE)
    picture.info["icc_profile"] = b"a profile"
    path = workshop.folder / "picture.png"
    picture.save(path, icc_profile=b"a profile")
    mask = workshop.saved(mask_of(SIZE, BOX), "mask.png")
    lora = Lora(str(tiny_lora("sd1")), 0.5)
    request = request_of(
        small("sd1"), str(path), mask, loras=(lora,), strength=0.75, scheduler="Euler"
    )
    opened, _ = open_rgb(path)
    result = workshop.draw(request)
    out = tmp_path / "out.png"
    save_composed(opened, result.patches[0], result.margins, out)
    info = read_info(out)
    assert (info.settings.prompt, info.settings.seed) == ("a red castle", 7)
    assert (info.settings.strength, info.settings.scheduler) == (0.75, "Euler")
    assert info.settings.loras == (("sd1-diffusers-0", 0.5),)
    assert info.request is not None
    assert (info.request["kind"], info.request["mode"]) == ("inpaint", "replace")
    with Image.open(out) as image:
        assert image.info["icc_profile"] == b"a profile"
        assert "compositeWithTrainedAlgorithmicMedia" in image.info["XML:com.adobe.xmp"]


def test_cancel_leaves_no_trace(workshop: Workshop, small: Small) -> None:
    picture = colourful(*SIZE)
    files = workshop.saved(picture), workshop.saved(mask_of(SIZE, BOX), "mask.png")
    request = request_of(small("sd1"), *files, count=2)
    whole = workshop.context()
    expected = [laid_on(picture, p).tobytes() for p in workshop.draw(request, whole).patches]
    for check in range(1, whole.checks + 1, 17):
        ctx = workshop.context(cancel_at=check)
        with pytest.raises(JobCancelled):
            workshop.draw(request, ctx)
        assert ctx.checks == check, "it went on after Cancel"
        assert len(list(ctx.folder.glob("patches/*"))) == len(ctx.items)
    again = workshop.draw(request).patches
    assert [laid_on(picture, patch).tobytes() for patch in again] == expected
    model = workshop.inpaint._model
    assert model is not None
    for part in model.pipe.components.values():
        if isinstance(part, torch.nn.Module):
            assert not any(module._forward_pre_hooks for module in part.modules())


def test_one_warm_model_draws_whole_pictures_and_parts(workshop: Workshop, small: Small) -> None:
    from pipelines.model_slot import ModelSlot
    from pipelines.text_to_image import TextToImage
    from tests.pipelines.yardstick import request_for

    slot = ModelSlot()
    imagine, workshop.inpaint._slot = TextToImage(slot), slot
    whole = request_for(small("sd1"), "sd1", steps=1)
    said: list[str] = []
    imagine.load(whole, said.append)
    before = Path(imagine.run(whole, workshop.context()).pictures[0].path).read_bytes()
    files = workshop.saved(colourful(64, 64)), workshop.saved(mask_of((64, 64), BOX), "mask.png")
    said.clear()
    part = request_of(small("sd1"), *files, steps=1)
    workshop.inpaint.load(part, said.append)
    assert said == []
    workshop.inpaint.run(part, workshop.context())
    imagine.load(whole, said.append)
    assert said == []
    after = imagine.run(whole, workshop.context()).pictures[0].path
    assert Path(after).read_bytes() == before


def test_families_that_cannot_say_so(
    workshop: Workshop, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines import families

    without = replace(families.family("sd1"), inpaint="", fill="")
    monkeypatch.setitem(families._BY_CLASS, "StableDiffusionPipeline", without)
    files = workshop.saved(colourful(64, 64)), workshop.saved(mask_of((64, 64), BOX), "mask.png")
    with pytest.raises(PipelineError, match="cannot change a part") as failure:
        workshop.draw(request_of(small("sd1"), *files))
    assert failure.value.code == "no_inpaint"


def test_a_model_for_masks_draws_no_whole_picture(workshop: Workshop, small: Small) -> None:
    from tests.pipelines.yardstick import Studio, request_for

    with pytest.raises(PipelineError, match="cannot draw a whole picture") as failure:
        Studio(workshop.folder).draw(request_for(small("sd1-inpaint"), "sd1"))
    assert failure.value.code == "inpaint_model"
