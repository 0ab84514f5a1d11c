"""The canvas's files as jobs: pictures, masks and OpenRaster."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from pipelines.api import Done, Failed, JobCancelled, PipelineError
from pipelines.driver import Driver
from pipelines.pictures import DigitalSource, read_info
from pipelines.recipe import Recipe
from pipelines.ticket import Ticket
from studio.canvas_files import (
    EncodePng,
    OpenCanvas,
    OpenMask,
    RawLayer,
    RawPixels,
    SaveOpenRaster,
    SavePicture,
)
from studio.canvas_job import encode_png, open_canvas, open_mask, save_flat, save_openraster
from studio.document.canvas.canvas_record import Blend
from tests.scripted_context import ScriptedContext

RECIPE = Recipe({"kind": "text_to_image", "schema": 1})


@pytest.fixture
def ctx(tmp_path: Path) -> ScriptedContext:
    folder = tmp_path / "job"
    folder.mkdir()
    return ScriptedContext(folder)


def raw(folder: Path, image: Image.Image, name: str = "in.raw") -> RawPixels:
    data = image.tobytes() if image.mode == "L" else image.tobytes("raw", "BGRA")
    (folder / name).write_bytes(data)
    return RawPixels(folder / name, image.width, image.height)


def test_a_photograph_comes_upright_with_its_profile(tmp_path: Path, ctx: ScriptedContext) -> None:
    image = Image.new("RGB", (30, 20), (10, 200, 30))
    image.putpixel((0, 0), (255, 0, 0))
    exif = image.getexif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image.save(tmp_path / "a.png", exif=exif, icc_profile=profile)
    opened = open_canvas(OpenCanvas(tmp_path / "a.png"), ctx)
    assert (opened.width, opened.height, opened.profile) == (20, 30, profile)
    assert opened.layers[0].name == "a"
    assert "upright" in opened.notes[0]
    data = opened.layers[0].pixels.path.read_bytes()
    assert data[19 * 4 : 20 * 4] == b"\x00\x00\xff\xff"
    assert data[:4] == bytes((30, 200, 10, 255))


@pytest.mark.parametrize(("mode", "word"), [("CMYK", "CMYK"), ("P", "palette"), ("I;16", "16")])
def test_other_kinds_are_converted_with_a_note(
    tmp_path: Path, ctx: ScriptedContext, mode: str, word: str
) -> None:
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    Image.new(mode, (8, 8)).save(path)
    opened = open_canvas(OpenCanvas(path), ctx)
    assert any(word in note for note in opened.notes)
    assert len(opened.layers[0].pixels.path.read_bytes()) == 8 * 8 * 4


def test_what_is_no_picture_is_refused(tmp_path: Path, ctx: ScriptedContext) -> None:
    for data in (b"", b"text", b"PK\x03\x04 no archive"):
        (tmp_path / "a.ora").write_bytes(data)
        with pytest.raises(PipelineError) as caught:
            open_canvas(OpenCanvas(tmp_path / "a.ora"), ctx)
        assert caught.value.code == "bad_picture"
        assert "a.ora" in str(caught.value)
    with pytest.raises(PipelineError):
        open_canvas(OpenCanvas(tmp_path / "missing.png"), ctx)


def test_a_mask_is_alpha_or_light_and_has_the_canvas_size(
    tmp_path: Path, ctx: ScriptedContext
) -> None:
    path = tmp_path / "m.png"
    for image in (Image.new("L", (4, 3), 200), Image.new("RGBA", (4, 3), (0, 0, 0, 200))):
        image.save(path)
        mask = open_mask(OpenMask(path, 4, 3), ctx)
        assert mask.path.read_bytes() == bytes([200]) * 12
    Image.new("I;16", (4, 3), 51_400).save(path)
    assert open_mask(OpenMask(path, 4, 3), ctx).path.read_bytes() == bytes([200]) * 12
    with pytest.raises(PipelineError) as caught:
        open_mask(OpenMask(path, 5, 3), ctx)
    assert caught.value.code == "bad_mask"


def test_a_flat_picture_is_lossless_where_the_format_is(
    tmp_path: Path, ctx: ScriptedContext
) -> None:
    image = Image.effect_noise((40, 30), 90).convert("RGBA")
    pixels = raw(tmp_path, image)
    for suffix in (".png", ".webp", ".jpg"):
        target = tmp_path / f"out{suffix}"
        request = SavePicture(target, pixels, RECIPE, DigitalSource.COMPOSITE, b"profile")
        assert save_flat(request, ctx) == target
        with Image.open(target) as saved:
            assert saved.info["icc_profile"] == b"profile"
            if suffix != ".jpg":
                assert saved.convert("RGB").tobytes() == image.convert("RGB").tobytes()
        assert read_info(target).width == 40
    with pytest.raises(PipelineError) as caught:
        save_flat(SavePicture(tmp_path / "out.bmp", pixels, RECIPE, DigitalSource.COMPOSITE), ctx)
    assert caught.value.code == "bad_path"


def test_openraster_goes_out_and_comes_back(tmp_path: Path, ctx: ScriptedContext) -> None:
    lower = raw(tmp_path, Image.new("RGBA", (20, 10), (10, 20, 30, 255)), "lower.raw")
    upper = raw(tmp_path, Image.new("RGBA", (5, 4), (200, 90, 7, 3)), "upper.raw")
    layers = (
        RawLayer("Base", lower, locked=True),
        RawLayer("Patch", upper, 3, -2, False, 0.5, Blend.MULTIPLY, attributes={"glow": "9"}),
    )
    path = tmp_path / "a.ora"
    save_openraster(SaveOpenRaster(path, layers, lower, {"xres": "300"}), ctx)
    opened = open_canvas(OpenCanvas(path), ctx)
    assert opened.attributes == {"xres": "300"}
    for one, other in zip(layers, opened.layers, strict=True):
        assert one.pixels.path.read_bytes() == other.pixels.path.read_bytes()
        assert (one.name, one.x, one.y, one.visible, one.opacity, one.blend, one.locked) == (
            (other.name, other.x, other.y, other.visible, other.opacity, other.blend, other.locked)
        )
        assert one.attributes == other.attributes


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, ctx: ScriptedContext) -> None:
    pixels = raw(tmp_path, Image.new("RGBA", (4, 4)))
    missing = tmp_path / "missing" / "a.ora"
    with pytest.raises(PipelineError) as caught:
        save_openraster(SaveOpenRaster(missing, (), pixels), ctx)
    assert caught.value.code == "bad_path"


def test_pixels_become_a_png(tmp_path: Path, ctx: ScriptedContext) -> None:
    mask = raw(tmp_path, Image.new("L", (6, 5), 77))
    for path in (None, tmp_path / "mask.png"):
        made = encode_png(EncodePng(mask, grey=True, path=path), ctx)
        with Image.open(io.BytesIO(made.read_bytes())) as image:
            assert (image.mode, image.size, image.getpixel((0, 0))) == ("L", (6, 5), 77)
    assert made == tmp_path / "mask.png"


def test_it_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    pixels = raw(tmp_path, Image.new("RGBA", (4, 4)))
    layers = (RawLayer("a", pixels), RawLayer("b", pixels))
    with pytest.raises(JobCancelled):
        save_openraster(
            SaveOpenRaster(tmp_path / "a.ora", layers, pixels), ScriptedContext(tmp_path, 2)
        )
    assert not (tmp_path / "a.ora").exists()


def test_the_job_knows_no_window() -> None:
    code = "import studio.canvas_job, sys; assert 'PySide6' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_it_runs_in_a_child(tmp_path: Path) -> None:
    Image.new("RGB", (5, 4), "teal").save(tmp_path / "a.png")
    driver = Driver()
    try:
        good, bad = (
            list(driver.run(Ticket("studio.canvas_job:open_canvas", request, str(tmp_path))))[-1]
            for request in (OpenCanvas(tmp_path / "a.png"), OpenCanvas(tmp_path / "none.png"))
        )
    finally:
        driver.close()
    assert isinstance(good, Done)
    assert (good.result.width, good.result.height) == (5, 4)
    assert good.result.layers[0].pixels.path.stat().st_size == 5 * 4 * 4
    assert isinstance(bad, Failed)
    assert (bad.code, bad.message) == ("bad_picture", "“none.png” is not there.")
