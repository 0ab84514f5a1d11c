"""A finished picture as the bytes of a file, with all its metadata in the file's own places."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, PngImagePlugin

from pipelines import __version__
from pipelines.metadata.fabula import KEY, PROGRAM, infotext, recipe_text
from pipelines.metadata.texts import exif_with_comment
from pipelines.metadata.xmp import JPEG_SEGMENT, make_jpeg_packets, make_packet

if TYPE_CHECKING:
    from pipelines.recipe import Recipe

_JPEG_QUALITY = 95
_WITHOUT_MODEL = "humanEdits"  # IPTC: by people, using tools that generate nothing


def encode(image: Image.Image, form: str, recipe: Recipe, source: str) -> bytes:
    """The bytes of a PNG, JPEG or WEBP file that says all of `recipe`.

    `source` is a term of IPTC's Digital Source Type vocabulary. PNG and WebP are lossless; JPEG
    lays a transparent picture on white, and has no room for an infotext of more than some 32,000
    letters. Modes other than L, LA, RGB and RGBA become RGB or RGBA.
    """
    buffer = io.BytesIO()
    # A profile of grey or print does not fit what is written.
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA", "P") else None
    if image.mode not in ("L", "LA", "RGB", "RGBA") or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    text, software = infotext(recipe), f"{PROGRAM} {__version__}"
    system = f"{PROGRAM}: {recipe.model_name}" if recipe.model_name else PROGRAM
    if source == _WITHOUT_MODEL:
        system = ""
    provenance = (source, PROGRAM, __version__, system)
    if form == "PNG":
        chunks = PngImagePlugin.PngInfo()
        if text:
            chunks.add_text("parameters", text)
        chunks.add_text(KEY, recipe_text(recipe))
        chunks.add_itxt("XML:com.adobe.xmp", make_packet(*provenance).decode())
        image.save(buffer, form, pnginfo=chunks, icc_profile=profile)
    elif form == "WEBP":
        exif = exif_with_comment(text, software)
        xmp = make_packet(*provenance, recipe_text(recipe))
        image.save(buffer, form, lossless=True, exact=True, exif=exif, xmp=xmp, icc_profile=profile)
    else:
        exif = exif_with_comment(text, software)
        if len(exif) > JPEG_SEGMENT:
            exif = exif_with_comment("", software)
        xmp, segments = make_jpeg_packets(*provenance, recipe_text(recipe))
        on_white(image).save(
            buffer,
            form,
            quality=_JPEG_QUALITY,
            subsampling=0,
            comment="",  # not that of the picture it was made from
            icc_profile=profile,
            exif=exif,
            xmp=xmp,
            extra=segments,
        )
    return buffer.getvalue()


def on_white(image: Image.Image) -> Image.Image:
    """A picture without transparency: white shows where it was transparent."""
    if not image.has_transparency_data:
        return image
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")
