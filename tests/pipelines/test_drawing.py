"""A run can be watched and ended anywhere, and leaves nothing behind when it ends early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch

from pipelines.api import JobCancelled, PipelineError, TextToImageRequest
from tests.pipelines.yardstick import Studio, read, request_for
from tests.tiny_models import FAMILIES

Tiny = Callable[[str], Path]

every_family = pytest.mark.parametrize("family", FAMILIES)


@every_family
def test_tells_how_far_it_is(studio: Studio, tiny: Tiny, family: str) -> None:
    ctx = studio.context()
    result = studio.draw(request_for(tiny(family), family, count=2), ctx)
    assert [p.step for p in ctx.progressed] == sorted(p.step for p in ctx.progressed)
    assert ctx.progressed[-1].step == ctx.progressed[-1].total == 6
    assert {(p.part, p.parts) for p in ctx.progressed} == {(0, 2), (1, 2)}
    assert tuple(ctx.items) == result.pictures
    assert [p.index for p in result.pictures] == [0, 1]
    assert all(Path(p.path).parent == ctx.folder for p in result.pictures)
    assert (result.device[:3], result.dtype, result.notes) == ("CPU", "float32", ())


@pytest.mark.parametrize("family", ["sd1", "sdxl", "sd3", "flux", "z-image", "qwen-image"])
def test_arrives_at_the_end_from_a_picture_too(
    studio: Studio, tiny: Tiny, family: str, start_picture: Path
) -> None:
    ctx = studio.context()
    request = request_for(tiny(family), family, steps=6, init_image=str(start_picture))
    studio.draw(replace(request, strength=0.5), ctx)
    assert [p.step for p in ctx.progressed] == [1, 2, 3]
    assert {p.total for p in ctx.progressed} == {3}


@pytest.mark.parametrize("scheduler", ["Heun", "PNDM", "DPM2 a", "DPM++ SDE Karras"])
def test_arrives_at_the_end_with_schedulers_that_step_twice(
    studio: Studio, tiny: Tiny, scheduler: str
) -> None:
    ctx = studio.context()
    studio.draw(request_for(tiny("sd1"), "sd1", steps=5, scheduler=scheduler), ctx)
    total = ctx.progressed[-1].total
    assert [p.step for p in ctx.progressed] == list(range(1, total + 1))
    assert len(ctx.previews) == total


@every_family
def test_shows_a_preview_of_each_step(studio: Studio, tiny: Tiny, family: str) -> None:
    ctx = studio.context()
    request = request_for(tiny(family), family, width=96, count=2, batch_size=2)
    if family == "qwen-image":  # its first picture shows how
        studio.draw(request)
    studio.draw(request, ctx)
    assert [preview.part for preview in ctx.previews] == [0, 1] * 3
    for preview in ctx.previews:
        assert len(preview.rgb) == preview.width * preview.height * 3
        assert preview.width * 64 == preview.height * 96
        assert len(set(preview.rgb)) > 20, "a flat preview shows nothing"


def assert_untouched(studio: Studio) -> None:
    """Nothing of ours hangs in diffusers' objects any more."""
    model = studio.pipeline._model
    assert model is not None
    for part in model.pipe.components.values():
        if isinstance(part, torch.nn.Module):
            assert not any(module._forward_pre_hooks for module in part.modules())
    assert model.pipe.scheduler is model.own_scheduler
    assert "step" not in vars(model.own_scheduler)


def cancelled_everywhere(studio: Studio, request: TextToImageRequest, stride: int) -> None:
    whole = studio.context()
    expected = studio.pixels(request, whole)
    for check in range(1, whole.checks + 1, stride):
        ctx = studio.context(cancel_at=check)
        with pytest.raises(JobCancelled):
            studio.draw(request, ctx)
        assert ctx.checks == check, "it went on after Cancel"
        assert not [file for file in ctx.folder.iterdir() if file.suffix != ".png"]
        assert len(list(ctx.folder.iterdir())) == len(ctx.items)
        assert_untouched(studio)
        assert studio.pixels(request) == expected, f"after Cancel at check {check}"


@every_family
def test_cancel_leaves_no_trace(studio: Studio, tiny: Tiny, family: str) -> None:
    request = request_for(tiny(family), family, width=32, height=32, steps=2, count=2)
    cancelled_everywhere(studio, request, stride=17)


@pytest.mark.slow
@pytest.mark.parametrize("scheduler", ["", "DPM++ 2M Karras", "PNDM", "UniPC"])
def test_cancel_anywhere_leaves_no_trace(studio: Studio, tiny: Tiny, scheduler: str) -> None:
    request = request_for(
        tiny("sd1"), "sd1", width=32, height=32, steps=3, scheduler=scheduler, clip_skip=1
    )
    cancelled_everywhere(studio, request, stride=1)


@every_family
def test_cancel_is_heard_in_every_part(studio: Studio, tiny: Tiny, family: str) -> None:
    request = request_for(tiny(family), family, steps=1)
    studio.pipeline.load(request, studio.said.append)
    model = studio.pipeline._model
    assert model is not None
    ctx = studio.context()
    begun: dict[str, int] = {}

    def note(name: str, *_: Any) -> None:
        begun.setdefault(name, ctx.checks)

    parts = {k: v for k, v in model.pipe.components.items() if isinstance(v, torch.nn.Module)}
    parts["vae"] = parts["vae"].decoder
    for name, part in parts.items():
        part.register_forward_pre_hook(partial(note, name))
    studio.pipeline.run(request, ctx)
    assert set(begun) == set(parts)
    for name, first in begun.items():
        following = min((other for other in begun.values() if other > first), default=ctx.checks)
        assert following - first >= 2, f"{name} ran without hearing Cancel"


def test_pictures_finished_before_cancel_stay(studio: Studio, tiny: Tiny) -> None:
    request = request_for(tiny("sd1"), "sd1", count=2)
    whole = studio.context()
    first, _second = studio.pixels(request, whole)
    ctx = studio.context(cancel_at=whole.checks - 1)
    with pytest.raises(JobCancelled):
        studio.draw(request, ctx)
    (item,) = ctx.items
    assert read(item.path).tobytes() == first


def out_of_memory(times: int, method: Any) -> Callable[..., Any]:
    """`method`, after it has run out of memory so many times."""
    left = times

    def run(*arguments: Any, **options: Any) -> Any:
        nonlocal left
        if left:
            left -= 1
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB")
        return method(*arguments, **options)

    return run


def test_the_vae_is_tiled_when_memory_runs_out(
    studio: Studio, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_for(tiny("sd1"), "sd1", count=2)
    expected = studio.pixels(request)
    model = studio.pipeline._model
    assert model is not None
    monkeypatch.setattr(
        model.pipe.vae.decoder, "forward", out_of_memory(1, model.pipe.vae.decoder.forward)
    )
    result = studio.draw(request)
    assert [read(p.path).tobytes() for p in result.pictures] == expected
    assert len(result.notes) == 1
    assert "tiles" in result.notes[0]
    assert model.pipe.vae.use_tiling
    assert_untouched(studio)


def test_batches_are_split_when_tiles_do_not_help(
    studio: Studio, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_for(tiny("sd1"), "sd1", count=3, batch_size=3)
    singles = studio.pixels(replace(request, batch_size=1))
    model = studio.pipeline._model
    assert model is not None
    monkeypatch.setattr(model.pipe.unet, "forward", out_of_memory(2, model.pipe.unet.forward))
    ctx = studio.context()
    result = studio.draw(request, ctx)
    assert [read(p.path).tobytes() for p in result.pictures] == singles
    assert [picture.index for picture in ctx.items] == [0, 1, 2]
    assert "one at a time" in " ".join(result.notes)


def test_says_so_when_nothing_helps(
    studio: Studio, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_for(tiny("sd1"), "sd1")
    expected = studio.pixels(request)
    model = studio.pipeline._model
    assert model is not None
    with monkeypatch.context() as patch:
        patch.setattr(model.pipe.unet, "forward", out_of_memory(99, model.pipe.unet.forward))
        with pytest.raises(PipelineError, match="memory") as failure:
            studio.draw(request)
    assert failure.value.code == "out_of_memory"
    assert failure.value.hint
    assert_untouched(studio)
    assert studio.pixels(request) == expected


def test_an_error_that_is_not_memory_is_not_hidden(
    studio: Studio, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_for(tiny("sd1"), "sd1")
    expected = studio.pixels(request)

    def broken(*_arguments: Any, **_options: Any) -> Any:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    model = studio.pipeline._model
    assert model is not None
    with monkeypatch.context() as patch:
        patch.setattr(model.pipe.unet, "forward", broken)
        with pytest.raises(RuntimeError, match="mat1"):
            studio.draw(request)
    assert_untouched(studio)
    assert studio.pixels(request) == expected


def test_parts_go_back_to_main_memory_after_a_start_picture_too(
    studio: Studio, tiny: Tiny, start_picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_for(tiny("sd1"), "sd1", init_image=str(start_picture))
    studio.pipeline.load(request, studio.said.append)
    model = studio.pipeline._model
    assert model is not None
    freed: list[bool] = []
    monkeypatch.setattr(model.pipe, "maybe_free_model_hooks", lambda: freed.append(True))
    studio.pipeline.run(request, studio.context())
    assert freed == [True]
