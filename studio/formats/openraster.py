"""OpenRaster files (.ora): layers in a ZIP, read within bounds and written whole.

Baseline of https://www.openraster.org/baseline/index.html, version 0.0.5. Groups are dissolved:
their opacity, visibility and place are passed on to the layers in them.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from PIL import Image

from pipelines.atomic import write_bytes
from pipelines.pictures import DECODER_ERRORS
from studio.formats.bounded_zip import BoundedZip, opened_zip
from studio.formats.imported_bible import UnreadableError
from studio.formats.openraster_stack import LayerFacts, check_size, parse_stack, write_stack

if TYPE_CHECKING:
    from pathlib import Path

MEDIA_TYPE = b"image/openraster"

LARGEST_MEMBER = 512 * 1024**2
"""Bytes: a photograph's layer of 64 megapixels takes some 200 MB."""

LARGEST_SUM = 2 * 1024**3
"""Bytes of all members that are read."""

_LARGEST_STACK = 4 * 1024**2  # bytes of XML
_MOST_FULL_LAYERS = 3  # of the largest size: some 800 MB
_THUMBNAIL = 256  # pixels a side
_PNG_LEVEL = 3  # of zlib: twice as fast as the usual 6, a tenth larger


@dataclass(frozen=True, slots=True)
class OraLayer:
    """`image` is RGBA."""

    facts: LayerFacts
    image: Image.Image


@dataclass(frozen=True, slots=True)
class OraPicture:
    """`layers` stand bottom to top. `attributes` are unknown ones of the picture itself."""

    width: int
    height: int
    layers: tuple[OraLayer, ...]
    attributes: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_openraster(path: Path, max_pixels: int) -> OraPicture:
    """Raises UnreadableError for a file that is none, is damaged, or would take too much memory.

    `max_pixels` bounds the canvas and each layer; all layers together have at most three times as
    many. `notes` are sentences on what could not be kept as it was. Raises OSError.
    """
    with path.open("rb") as file, opened_zip(file, LARGEST_SUM) as archive:
        if (archive.read("mimetype", 64) or b"").strip() != MEDIA_TYPE:
            raise UnreadableError("is no OpenRaster picture")
        stack = parse_stack(_member(archive, "stack.xml", _LARGEST_STACK))
        check_size(stack.width, stack.height, max_pixels)
        layers = []
        left = _MOST_FULL_LAYERS * max_pixels
        for facts, source in stack.layers:
            image = _read_png(_member(archive, source, LARGEST_MEMBER), max_pixels)
            left -= image.width * image.height
            if left < 0:
                raise UnreadableError("has too many large layers: merge some of them")
            layers.append(OraLayer(facts, image))
    return OraPicture(stack.width, stack.height, tuple(layers), stack.attributes, stack.notes)


def _member(archive: BoundedZip, name: str, limit: int) -> bytes:
    data = archive.read(name, limit)
    if data is None:
        raise UnreadableError(f"lacks “{name[:80]}”, which it says it has")
    return data


def write_openraster(path: Path, picture: OraPicture, merged: Image.Image) -> None:
    """`merged` is all of it as it is seen (RGBA). Raises OSError; then nothing has changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", MEDIA_TYPE)
        sources = [f"data/layer{number:03}.png" for number in range(len(picture.layers))]
        archive.writestr("stack.xml", _stack_of(picture, sources))
        for source, layer in zip(sources, picture.layers, strict=True):
            archive.writestr(source, _png(layer.image))
        archive.writestr("mergedimage.png", _png(merged))
        small = merged.copy()
        small.thumbnail((_THUMBNAIL, _THUMBNAIL))
        archive.writestr("Thumbnails/thumbnail.png", _png(small))
    write_bytes(path, buffer.getvalue())


def _stack_of(picture: OraPicture, sources: Iterable[str]) -> bytes:
    layers = zip((layer.facts for layer in picture.layers), sources, strict=True)
    root = write_stack(picture.width, picture.height, layers, picture.attributes)
    text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text


def _read_png(data: bytes, max_pixels: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `check_size` is stricter than what Pillow warns of
            with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
                check_size(image.width, image.height, max_pixels)
                return image.convert("RGBA")
    except DECODER_ERRORS as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("holds a damaged picture") from error


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=_PNG_LEVEL)
    return buffer.getvalue()
