"""Texts from PNG, JPEG and WebP under one set of keys."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin

from pipelines.metadata.texts import exif_with_comment, texts_of, user_comment


def saved(form: str, **options: object) -> Image.Image:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, form, **options)
    return Image.open(buffer)


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG"])
def test_a_comment_is_read_as_it_was_written(form: str) -> None:
    texts = texts_of(saved(form, exif=exif_with_comment("a 帽子,\n🎩", "Fabula")))
    assert texts == {"UserComment": "a 帽子,\n🎩", "Software": "Fabula"}


@pytest.mark.parametrize(
    "value",
    [
        b"UNICODE\0" + "a hat, 帽".encode("utf-16-be"),
        b"UNICODE\0" + "a hat, 帽".encode("utf-16-le"),
        b"UNICODE\0" + "a hat, 帽".encode("utf-16"),
        b"ASCII\0\0\0" + "a hat, 帽\0".encode(),
        b"\0" * 8 + "a hat, 帽".encode(),
        "a hat, 帽".encode(),
    ],
)
def test_comments_in_any_code(value: bytes) -> None:
    assert user_comment(value) == "a hat, 帽"


def test_comfyuis_webp_hides_its_graph_in_the_camera() -> None:
    exif = Image.Exif()
    exif[0x010F] = 'workflow:{"nodes": []}'
    exif[0x0110] = 'prompt:{"1": {}}'
    texts = texts_of(saved("WEBP", exif=exif.tobytes()))
    assert texts == {"prompt": '{"1": {}}', "workflow": '{"nodes": []}'}


def test_utf_8_where_png_wants_latin_1() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", "a 帽子".encode())
    info.add_text("Title", "café".encode("latin-1"))
    assert texts_of(saved("PNG", pnginfo=info)) == {"parameters": "a 帽子", "Title": "café"}


def test_the_comment_of_a_jpeg() -> None:
    assert texts_of(saved("JPEG", comment="hello"))["comment"] == "hello"


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\1"]
)
def test_damaged_exif_says_nothing(exif: bytes) -> None:
    image = Image.new("RGB", (8, 8))
    image.info["exif"] = exif
    assert texts_of(image) == {}
