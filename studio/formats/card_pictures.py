"""Pictures that come with a character card, checked; and the one that it is written into."""

from __future__ import annotations

import io
import warnings

from PIL import Image, PngImagePlugin

from pipelines.pictures import DECODER_ERRORS, MAX_PIXELS
from studio.document.assets import Asset
from studio.formats.png_texts import SIGNATURE

_FORMATS = ("PNG", "JPEG", "WEBP")
_PLAIN_SIZE = (512, 768)  # pixels: cards are upright, two to three
_PLAIN_COLOUR = (58, 63, 74)

PLAIN_MARK = "fabula-placeholder"
"""Keyword of the text in a picture that stands for none."""


def picture_asset(data: bytes) -> Asset | None:
    """A PNG, JPEG or WebP picture of at most MAX_PIXELS as an asset; None for everything else.

    Only its head is read: pixels that are damaged show where they are shown.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damage
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                width, height = image.size
    except DECODER_ERRORS:
        return None
    return Asset.from_bytes(data) if width * height <= MAX_PIXELS else None


def as_png(data: bytes) -> bytes | None:
    """A picture as PNG: a PNG as it is, others without loss and with what their XMP says.

    None for what cannot be read.
    """
    if data.startswith(SIGNATURE):
        return data
    chunks, buffer = PngImagePlugin.PngInfo(), io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            xmp = image.info.get("xmp")
            if isinstance(xmp, bytes):  # how it came about has to stay with it
                chunks.add_itxt("XML:com.adobe.xmp", xmp.decode("utf-8", "replace"))
            flat = image.convert("RGBA" if image.has_transparency_data else "RGB")
    except DECODER_ERRORS:
        return None
    flat.save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


def plain_png() -> bytes:
    """An empty picture, for a card of somebody who has none."""
    chunks, buffer = PngImagePlugin.PngInfo(), io.BytesIO()
    chunks.add_text(PLAIN_MARK, "This character has no picture.")
    Image.new("RGB", _PLAIN_SIZE, _PLAIN_COLOUR).save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()
