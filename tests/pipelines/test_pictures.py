"""Picture files: no pixel and no file is lost, and nothing bad gets through."""

from __future__ import annotations

import errno
import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from pipelines import atomic
from pipelines.api import PipelineError
from pipelines.pictures import (
    DigitalSource,
    Tool,
    open_picture,
    open_rgb,
    read_info,
    save_picture,
)
from tests.pipelines.metadata.samples import FORMATS, RECIPE, noise, save

# ---- pixels -------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["png", "webp"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_pixels_are_kept_bit_for_bit(tmp_path: Path, suffix: str, mode: str) -> None:
    path = tmp_path / f"a.{suffix}"
    save_picture(noise(mode), path, RECIPE, DigitalSource.COMPOSITE)
    image, notes = open_rgb(path)
    assert image.mode == mode
    assert image.tobytes() == noise(mode).tobytes()
    assert notes == ()


def test_jpeg_lays_transparency_on_white(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    save_picture(Image.new("RGBA", (16, 16), (0, 0, 0, 0)), path, RECIPE, DigitalSource.COMPOSITE)
    assert open_picture(path).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "CMYK", "YCbCr", "I;16", "I", "F"])
def test_every_mode_can_be_written(tmp_path: Path, suffix: str, mode: str) -> None:
    path = tmp_path / f"a.{suffix}"
    save_picture(Image.new(mode, (16, 16)), path, RECIPE, DigitalSource.ENHANCED)
    assert open_picture(path).size == (16, 16)


def test_what_the_source_picture_said_is_not_handed_on(tmp_path: Path) -> None:
    old = tmp_path / "old.jpg"
    noise().save(old, comment="the camera of Mara", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0")
    for suffix in FORMATS:
        path = tmp_path / f"new.{suffix}"
        save_picture(open_picture(old), path, RECIPE, DigitalSource.COMPOSITE)
        assert b"the camera of Mara" not in path.read_bytes()


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_colour_profile_stays(tmp_path: Path, suffix: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = noise()
    image.info["icc_profile"] = profile
    path = tmp_path / f"a.{suffix}"
    save_picture(image, path, RECIPE, DigitalSource.COMPOSITE)
    assert open_rgb(path)[0].info["icc_profile"] == profile


def _open_note(path: Path) -> tuple[Image.Image, str]:
    image, [note] = open_rgb(path)
    return image, note


def test_16_bits_are_scaled(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.frombytes("I;16", (3, 1), struct.pack("<3H", 0, 32_896, 65_535)).save(path)
    image, note = _open_note(path)
    assert [image.getpixel((x, 0)) for x in range(3)] == [(0,) * 3, (128,) * 3, (255,) * 3]
    assert "16 bits" in note


def test_16_bits_of_colour_are_noted(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" + struct.pack(">3H", 0xFF00, 0x8000, 0x0001)))
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b""))
    image, note = _open_note(path)
    assert image.getpixel((0, 0)) == (255, 128, 0)
    assert "16 bits" in note


def test_print_colours_become_rgb(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("CMYK", (16, 16), (0, 255, 255, 0)).save(path, quality=100)
    image, note = _open_note(path)
    assert image.mode == "RGB"
    red, green, blue = image.tobytes()[:3]
    assert red > 200 > 60 > max(green, blue)
    assert "CMYK" in note


def test_a_damaged_profile_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("CMYK", (16, 16)).save(path, icc_profile=b"no profile")
    image, _ = open_rgb(path)
    assert image.getpixel((8, 8)) == (255, 255, 255)
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("transparent", [True, False])
def test_a_palette_becomes_full_colour(tmp_path: Path, transparent: bool) -> None:
    path = tmp_path / "a.png"
    picture = noise().quantize(8)
    if transparent:
        picture.info["transparency"] = 0
    picture.save(path)
    image, note = _open_note(path)
    assert image.mode == ("RGBA" if transparent else "RGB")
    assert "palette" in note


def test_a_camera_held_sideways(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    noise().save(path, exif=exif)
    image, note = _open_note(path)
    assert image.size == (32, 48)
    assert "upright" in note
    info = read_info(path)
    assert (info.width, info.height) == (48, 32)


def test_only_the_first_frame_of_an_animation(tmp_path: Path) -> None:
    for suffix in ("png", "webp"):
        path = tmp_path / f"a.{suffix}"
        frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue", "green")]
        frames[0].save(path, save_all=True, append_images=frames[1:], lossless=True)
        image, note = _open_note(path)
        assert image.tobytes()[:3] == b"\xff\0\0"
        assert "first of its 3 frames" in note


def test_grey_needs_no_note(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    noise("LA").save(path)
    image, notes = open_rgb(path)
    assert (image.mode, notes) == ("RGBA", ())


# ---- writing that fails -------------------------------------------------------------------------


def failing(code: int) -> Callable[..., None]:
    def fail(*_args: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EIO, "write_failed"),
    ],
)
def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, expected: str
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, call, failing(code))
    with pytest.raises(PipelineError) as caught:
        save_picture(noise(), path, RECIPE, DigitalSource.GENERATED)
    assert caught.value.code == expected
    assert "a.png" in str(caught.value)
    assert caught.value.hint
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.png"]


def test_a_disk_that_fills_up_while_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.FileIO):
        def write(self, data: object) -> int:
            failing(errno.ENOSPC)()
            raise AssertionError

    monkeypatch.setattr(
        atomic, "open", lambda handle, mode: Full(handle, mode.replace("b", "")), raising=False
    )
    with pytest.raises(PipelineError) as caught:
        save_picture(noise(), tmp_path / "a.png", RECIPE, DigitalSource.GENERATED)
    assert caught.value.code == "disk_full"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    outcomes = iter([real, failing(errno.EINVAL)])
    monkeypatch.setattr(os, "fsync", lambda handle: next(outcomes)(handle))
    save(tmp_path, "png")
    assert next(outcomes, None) is None


@pytest.mark.parametrize(
    "name", ["a.gif", "a", "missing/a.png", "file/a.png", f"{'x' * 300}.png", "folder.png"]
)
def test_bad_paths(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.png").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(PipelineError) as caught:
        save_picture(noise(), tmp_path / name, RECIPE, DigitalSource.GENERATED)
    assert caught.value.code == "bad_path"
    assert sorted(tmp_path.iterdir()) == before


def test_sides_the_format_cannot_hold(tmp_path: Path) -> None:
    with pytest.raises(PipelineError) as caught:
        save_picture(
            Image.new("L", (20_000, 1)), tmp_path / "a.webp", RECIPE, DigitalSource.GENERATED
        )
    assert caught.value.code == "too_large"


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    path = save(tmp_path, "png")
    (plain := tmp_path / "plain").write_bytes(b"")
    assert path.stat().st_mode == plain.stat().st_mode


# ---- reading that fails -------------------------------------------------------------------------


def refused(
    path: Path, action: Callable[[Path], object] = open_picture, code: str = "bad_picture"
) -> str:
    with pytest.raises(PipelineError) as caught:
        action(path)
    assert caught.value.code == code
    assert path.name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("action", [open_picture, open_rgb, read_info])
@pytest.mark.parametrize(
    "data", [b"", b"text", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe EPSF", b"GIF89a" + b"\0" * 100]
)
def test_what_is_no_picture(tmp_path: Path, action: Callable[[Path], object], data: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    refused(path, action)


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "not there" in refused(tmp_path / "a.png")
    refused(tmp_path)
    os.mkfifo(tmp_path / "pipe.png")
    refused(tmp_path / "pipe.png")


@pytest.mark.parametrize("suffix", FORMATS)
def test_truncated_pictures(tmp_path: Path, suffix: str) -> None:
    data = save(tmp_path, suffix).read_bytes()
    path = tmp_path / f"cut.{suffix}"
    path.write_bytes(data[: len(data) * 3 // 4])
    refused(path)


def test_too_many_pixels(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (10_000, 6_401)).save(path)
    assert "10,000 × 6,401" in refused(path, code="picture_too_large")
    assert read_info(path).width == 10_000
    assert open_picture(path, max_pixels=65_000_000).size == (10_000, 6_401)


def test_texts_behind_the_pixels_are_found(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    noise().save(buffer, "PNG")
    text = b"parameters\0a hat\nSteps: 20, Sampler: Euler, Seed: 1"
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text
    chunk += struct.pack(">I", zlib.crc32(b"tEXt" + text))
    data = buffer.getvalue()
    path = tmp_path / "a.png"
    path.write_bytes(data[:-12] + chunk + data[-12:])
    info = read_info(path)
    assert info.tool is Tool.A1111
    assert info.settings.prompt == "a hat"


def test_a_picture_of_another_tool(tmp_path: Path) -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("invokeai_metadata", '{"positive_prompt": "a hat", "seed": 3}')
    chunks.add_text("Author", "Mara")
    path = tmp_path / "a.png"
    noise().save(path, pnginfo=chunks)
    info = read_info(path)
    assert info.tool is Tool.INVOKEAI
    assert info.settings.seed == 3
    assert info.unknown == {"Author": "Mara"}
    assert info.request is None
