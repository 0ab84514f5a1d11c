"""Removing needs no model, takes seconds, and touches nothing that was not painted."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipelines.api import JobCancelled, PipelineError
from pipelines.composing import save_composed
from pipelines.edit_requests import METHODS, Margins, RemoveRequest
from pipelines.pictures import open_rgb, read_info
from tests.pipelines.inpaint.conftest import Workshop, colourful, laid_on, mask_of

SIZE = (160, 120)


def request_of(
    workshop: Workshop, picture: Image.Image, mask: Image.Image | None, **changes: object
) -> RemoveRequest:
    path = "" if mask is None else workshop.saved(mask, "mask.png")
    return RemoveRequest(workshop.saved(picture), path, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
def test_what_was_painted_looks_like_its_surroundings(workshop: Workshop, method: str) -> None:
    clean = colourful(*SIZE)
    mask = mask_of(SIZE, (60, 20, 76, 100))
    spoiled = clean.copy()
    spoiled.paste((255, 0, 255), mask=mask)
    result = workshop.fill(request_of(workshop, spoiled, mask, method=method, seed=3))
    (patch,) = result.patches
    assert (patch.x, patch.y, patch.width, patch.height) == (60, 20, 16, 80)
    after, before = np.asarray(laid_on(spoiled, patch)), np.asarray(spoiled)
    painted = np.asarray(mask) > 0
    assert (after[~painted] == before[~painted]).all()
    error = abs(after.astype(int) - np.asarray(clean))[painted].mean()
    assert error < 0.3 * abs(before.astype(int) - np.asarray(clean))[painted].mean()


def test_narrow_things_have_one_candidate(workshop: Workshop) -> None:
    mask = Image.new("L", SIZE)
    ImageDraw.Draw(mask).line((10, 10, 150, 90), fill=255, width=4)
    result = workshop.fill(request_of(workshop, colourful(*SIZE), mask, count=3))
    assert len(result.patches) == 1
    assert "one candidate" in result.notes[0]


def test_wide_things_have_several_that_can_be_made_again(workshop: Workshop) -> None:
    picture, mask = colourful(*SIZE), mask_of(SIZE, (50, 30, 100, 80))
    ctx = workshop.context()
    result = workshop.fill(request_of(workshop, picture, mask, count=2, seed=2**32 - 1), ctx)
    first, second = (laid_on(picture, patch).tobytes() for patch in result.patches)
    assert [patch.seed for patch in result.patches] == [2**32 - 1, 0]
    assert first != second
    assert tuple(ctx.items) == result.patches
    assert [p.step for p in ctx.progressed] == [0, 1, 2]
    again = workshop.fill(request_of(workshop, picture, mask, seed=0))
    assert laid_on(picture, again.patches[0]).tobytes() == second


def test_things_apart_are_filled_each_from_its_own_surroundings(workshop: Workshop) -> None:
    picture = Image.new("RGB", (900, 80), (20, 20, 20))
    picture.paste((200, 200, 200), (450, 0, 900, 80))
    mask = mask_of((900, 80), (40, 20, 70, 50), (800, 20, 830, 50))
    ctx = workshop.context()
    result = workshop.fill(request_of(workshop, picture, mask), ctx)
    assert ctx.progressed[-1].total == 2
    assert laid_on(picture, result.patches[0]).tobytes() == picture.tobytes()


def test_many_specks_are_filled_together(workshop: Workshop) -> None:
    picture = Image.new("RGB", (1300, 1300), (90, 100, 110))
    specks = [(x, y, x + 3, y + 3) for x in range(20, 1300, 200) for y in range(20, 1300, 200)]
    result = workshop.fill(request_of(workshop, picture, mask_of(picture.size, *specks)))
    after = np.asarray(laid_on(picture, result.patches[0])).astype(int)
    assert abs(after - np.asarray(picture)).max() <= 2  # Telea rounds


def test_goes_on_beyond_the_edges(workshop: Workshop) -> None:
    picture, margins = colourful(*SIZE), Margins(left=24, top=10)
    result = workshop.fill(request_of(workshop, picture, None, margins=margins, method="exemplar"))
    after = laid_on(picture, result.patches[0], margins)
    assert after.size == (184, 130)
    assert after.crop((24, 10, 184, 130)).tobytes() == picture.tobytes()
    assert np.asarray(after.crop((0, 0, 24, 130))).std() > 5


@pytest.mark.parametrize("box", [(0, 0, 1, 1), (159, 119, 160, 120), (0, 0, 160, 119)])
def test_at_the_border(workshop: Workshop, box: tuple[int, int, int, int]) -> None:
    picture, mask = colourful(*SIZE), mask_of(SIZE, box)
    after = laid_on(picture, workshop.fill(request_of(workshop, picture, mask)).patches[0])
    outside = np.asarray(mask) == 0
    assert (np.asarray(after)[outside] == np.asarray(picture)[outside]).all()


def test_all_painted_leaves_nothing_to_take_from(workshop: Workshop) -> None:
    with pytest.raises(PipelineError) as failure:
        workshop.fill(request_of(workshop, colourful(*SIZE), Image.new("L", SIZE, 255)))
    assert failure.value.code == "nothing_around"


def test_says_honestly_that_no_model_made_it(workshop: Workshop) -> None:
    picture, mask = colourful(*SIZE), mask_of(SIZE, (50, 30, 100, 80))
    request = request_of(workshop, picture, mask, seed=5, picture_source="/somewhere/photo.png")
    result = workshop.fill(request)
    out = workshop.folder / "out.png"
    save_composed(open_rgb(workshop.folder / "picture.png")[0], result.patches[0], Margins(), out)
    with Image.open(out) as image:
        packet = image.info["XML:com.adobe.xmp"]
        recipe = json.loads(image.info["fabula"])
    assert "humanEdits" in packet
    assert "AISystemUsed" not in packet
    assert recipe["request"]["picture"] == "/somewhere/photo.png"
    assert "torch" not in recipe["versions"]
    assert read_info(out).settings.seed == 5


def test_cancel(workshop: Workshop) -> None:
    request = request_of(workshop, colourful(*SIZE), mask_of(SIZE, (50, 30, 100, 80)), count=2)
    whole = workshop.context()
    workshop.fill(request, whole)
    for check in range(1, whole.checks + 1):
        ctx = workshop.context(cancel_at=check)
        with pytest.raises(JobCancelled):
            workshop.fill(request, ctx)
        assert len(list(ctx.folder.glob("patches/*"))) == len(ctx.items)


@pytest.mark.slow
def test_a_lamp_post_in_a_large_photograph_takes_seconds(workshop: Workshop) -> None:
    picture = colourful(4000, 4000)
    mask = mask_of(picture.size, (2000, 200, 2120, 3900))
    began = time.monotonic()
    workshop.fill(request_of(workshop, picture, mask))
    assert time.monotonic() - began < 40  # some eight, on a machine with nothing else to do


def test_loads_no_model_library() -> None:
    code = (
        "import sys, pipelines.inpaint.remove; "
        "print(sorted({'torch', 'diffusers', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
