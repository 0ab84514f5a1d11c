from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageCms

from pipelines.api import PipelineError
from pipelines.finishing import finish, open_mask, resized

RED, BLUE = (200, 30, 40), (20, 60, 220)


def plain(colour: tuple[int, ...], mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (8, 6), colour)


def test_opacity() -> None:
    original, made = plain(RED), plain(BLUE)
    assert finish(original, made, opacity=0).tobytes() == original.tobytes()
    assert finish(original, made, opacity=1).tobytes() == made.tobytes()
    half = finish(original, made, opacity=0.5).getpixel((0, 0))
    assert half == (110, 45, 130)


def test_outside_the_mask_nothing_changes_bit_for_bit() -> None:
    original = Image.effect_noise((8, 6), 90).convert("RGB")
    mask = Image.new("L", (8, 6))
    mask.paste(255, (0, 0, 4, 6))
    found = finish(original, plain(BLUE), mask=mask)
    assert found.getpixel((0, 0)) == BLUE
    assert found.crop((4, 0, 8, 6)).tobytes() == original.crop((4, 0, 8, 6)).tobytes()
    half = finish(original, plain(BLUE), mask=mask, opacity=0.5)
    assert half.getpixel((0, 0)) not in (BLUE, original.getpixel((0, 0)))
    assert half.crop((4, 0, 8, 6)).tobytes() == original.crop((4, 0, 8, 6)).tobytes()


def test_colours_of_the_original_with_the_luminance_of_the_new() -> None:
    found = finish(plain((120, 90, 60)), plain((160, 160, 160)), keep_colours=True)
    luminance, blue, red = found.convert("YCbCr").getpixel((0, 0))  # type: ignore[misc]
    _, wanted_blue, wanted_red = plain((120, 90, 60)).convert("YCbCr").getpixel((0, 0))  # type: ignore[misc]
    assert (luminance, blue, red) == pytest.approx((160, wanted_blue, wanted_red), abs=1)


def test_alpha_and_profile_are_the_originals() -> None:
    original = plain((*RED, 77), "RGBA")
    original.info["icc_profile"] = ImageCms.ImageCmsProfile(
        ImageCms.createProfile("sRGB")
    ).tobytes()
    found = finish(original, plain(BLUE))
    assert found.getpixel((0, 0)) == (*BLUE, 77)
    assert found.info["icc_profile"] == original.info["icc_profile"]


def test_colours_under_transparency_survive_resizing() -> None:
    assert resized(plain((*RED, 0), "RGBA"), (16, 12)).getpixel((3, 3)) == (*RED, 0)


def test_a_mask_of_another_size_is_refused(tmp_path: Path) -> None:
    plain((255, 255, 255)).save(tmp_path / "mask.png")
    assert open_mask(tmp_path / "mask.png", (8, 6)).getpixel((0, 0)) == 255
    with pytest.raises(PipelineError, match=r"8 × 6 pixels, the picture 9 × 6"):
        open_mask(tmp_path / "mask.png", (9, 6))
