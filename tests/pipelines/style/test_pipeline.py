"""A style job from its request to files with all they have to say."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from pipelines.api import JobCancelled, Picture, PipelineError
from pipelines.enhance_requests import StyleRequest, StyleShare
from pipelines.pictures import read_info
from pipelines.style.pipeline import Style
from tests.disks import needs_disks, run_with_disks
from tests.pipelines.test_conversion import Canary
from tests.requirements import real_starter
from tests.scripted_context import ScriptedContext
from tests.tiny_gans import CompactNet, ResnetGenerator, instance, save, seeded


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("networks")
    return str(save(seeded(ResnetGenerator(instance(True))), folder / "dusk.safetensors"))


@pytest.fixture
def ctx(tmp_path: Path) -> ScriptedContext:
    (tmp_path / "out").mkdir()
    return ScriptedContext(tmp_path / "out")


def photo(path: Path, mode: str = "RGB", **how: object) -> str:
    Image.effect_noise((40, 30), 90).convert(mode).save(path, **how)  # type: ignore[arg-type]
    return str(path)


def do(request: StyleRequest, ctx: ScriptedContext) -> object:
    style = Style()
    said: list[str] = []
    style.load(request, said.append)
    return style.run(request, ctx)


def test_the_file_says_how_it_was_made(network: str, ctx: ScriptedContext, tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = photo(tmp_path / "a.png", "RGBA", icc_profile=profile)
    request = StyleRequest((source,), network, look="dusk", opacity=0.8)
    do(request, ctx)
    (picture,) = ctx.items
    assert isinstance(picture, Picture)
    with Image.open(picture.path) as image:
        assert (image.mode, image.size) == ("RGBA", (40, 30))
        assert image.info["icc_profile"] == profile
        assert "algorithmicallyEnhanced" in image.info["XML:com.adobe.xmp"]
    info = read_info(Path(picture.path))
    assert info.request is not None
    assert info.request["kind"] == "style"
    assert info.request["images"] == [source]
    assert info.settings.model == "dusk"
    assert len(info.settings.model_hash or "") == 64
    assert info.unknown["family"] == "CycleGAN ResNet-2"


def test_same_input_same_bytes(network: str, ctx: ScriptedContext, tmp_path: Path) -> None:
    request = StyleRequest((photo(tmp_path / "a.png"),), network)
    do(request, ctx)
    first = Path(ctx.items[0].path).read_bytes()
    do(request, ctx)
    assert Path(ctx.items[1].path).read_bytes() == first


def test_odd_pictures_are_done_and_said(network: str, ctx: ScriptedContext, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue", "lime")]
    frames[0].save(tmp_path / "film.gif", save_all=True, append_images=frames[1:])
    Image.new("I;16", (20, 20), 30_000).save(tmp_path / "deep.png")
    images = (
        str(tmp_path / "film.gif"),
        photo(tmp_path / "print.jpg", "CMYK"),
        str(tmp_path / "deep.png"),
        photo(tmp_path / "grey.png", "L"),
    )
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.png")
    result = do(StyleRequest((*images, str(tmp_path / "dot.png")), network), ctx)
    assert [item.index for item in ctx.items] == [0, 1, 2, 3, 4]
    notes = "\n".join(result.notes)  # type: ignore[attr-defined]
    assert "film.gif: The picture is an animation: only the first of its 3 frames" in notes
    assert "print.jpg: The picture was for print" in notes
    assert "deep.png: The picture has 16 bits" in notes


def test_bad_pictures_do_not_stop_the_others(
    network: str, ctx: ScriptedContext, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.jpg"
    photo(cut)
    cut.write_bytes(cut.read_bytes()[:-400])
    text = tmp_path / "note.png"
    text.write_text("no picture")
    good = photo(tmp_path / "good.png")
    request = StyleRequest((str(cut), str(text), good, str(tmp_path / "gone.png")), network)
    result = do(request, ctx)
    assert [item.index for item in ctx.items] == [2]
    failed = result.failed  # type: ignore[attr-defined]
    assert [(each.index, each.code) for each in failed] == [
        (0, "bad_picture"), (1, "bad_picture"), (3, "bad_picture"),
    ]  # fmt: skip
    assert ctx.progressed[-1].part == 3
    steps = [each.step for each in ctx.progressed]
    assert steps == sorted(steps)
    with pytest.raises(PipelineError, match=r"note\.png"):
        do(replace(request, images=(str(text),)), ctx)


def test_a_picture_that_cannot_be_written_does_not_stop_the_others(
    network: str, ctx: ScriptedContext, tmp_path: Path
) -> None:
    (ctx.folder / "0001.png").mkdir()  # the second cannot be written
    images = tuple(photo(tmp_path / f"{i}.png") for i in range(3))
    result = do(StyleRequest(images, network), ctx)
    assert [item.index for item in ctx.items] == [0, 2]
    assert [each.code for each in result.failed] == ["bad_path"]  # type: ignore[attr-defined]


@pytest.mark.slow
@needs_disks
def test_a_full_disk_ends_the_job_and_what_is_done_stays(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    save(seeded(ResnetGenerator(instance(True))), tmp_path / "tiny.safetensors")
    mounts = "mount -t tmpfs -o size=64k tmpfs full"
    (found,) = run_with_disks(tmp_path, mounts, "tests.full_disk_of_styles")
    assert found["code"] == "disk_full"
    assert 0 < len(found["pictures"]) < 9
    assert found["files"] == found["pictures"], "and nothing lies half-written beside it"


def test_cancel(network: str, tmp_path: Path, ctx: ScriptedContext) -> None:
    ctx.cancel_at = 9
    with pytest.raises(JobCancelled):
        do(StyleRequest((photo(tmp_path / "a.png"),), network), ctx)
    assert list(ctx.folder.iterdir()) == []


def test_networks_that_cannot_be_used(tmp_path: Path, ctx: ScriptedContext) -> None:
    source, canary = photo(tmp_path / "a.png"), tmp_path / "canary"
    evil = tmp_path / "evil.pth"
    evil.write_bytes(pickle.dumps({"weights": Canary(canary)}))
    enlarges = save(CompactNet(), tmp_path / "big.safetensors")
    for path, code in (
        (evil, "pickle"), (enlarges, "unknown_network"), (tmp_path / "gone", "not_found"),
    ):  # fmt: skip
        with pytest.raises(PipelineError) as caught:
            do(StyleRequest((source,), str(path)), ctx)
        assert caught.value.code == code
    assert not canary.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"images": ()}, "no_picture"),
        ({"opacity": 1.5}, "bad_opacity"),
        ({"strength": -1.0}, "bad_strength"),
    ],
)
def test_impossible_requests(change: dict[str, object], code: str, network: str) -> None:
    request = replace(StyleRequest(("a.png",), network), **change)  # type: ignore[arg-type]
    with pytest.raises(PipelineError) as caught:
        Style().load(request, lambda _message: None)
    assert caught.value.code == code


def test_a_painting_style_and_the_style_of_a_picture(ctx: ScriptedContext, tmp_path: Path) -> None:
    folder = str(real_starter("painting-styles"))
    source, like = photo(tmp_path / "a.png"), photo(tmp_path / "b.jpg")
    for request, name in (
        (StyleRequest((source,), folder, "painting-4", styles=(StyleShare(4),)), "painting-4"),
        (StyleRequest((source,), folder, like=like, strength=0.5), "painting-styles"),
    ):
        do(request, ctx)
        assert read_info(Path(ctx.items[-1].path)).settings.model == name
    with pytest.raises(PipelineError) as caught:
        do(StyleRequest((source,), folder), ctx)
    assert caught.value.code == "bad_style"
