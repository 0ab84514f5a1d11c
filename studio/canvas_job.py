"""Reading and writing the canvas's files as jobs, away from the window."""

from __future__ import annotations

import io
import math
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PIL import Image

from pipelines import atomic
from pipelines.api import PipelineError
from pipelines.pictures import MAX_PIXELS, open_picture, open_rgb, save_picture
from pipelines.write_errors import write_error
from studio.canvas_files import (
    EncodePng,
    OpenCanvas,
    OpenedCanvas,
    OpenMask,
    RawLayer,
    RawPixels,
    SaveOpenRaster,
    SavePicture,
)
from studio.document.canvas.canvas_record import Blend
from studio.formats.imported_bible import UnreadableError
from studio.formats.openraster import OraLayer, OraPicture, read_openraster, write_openraster
from studio.formats.openraster_stack import LayerFacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.api import JobContext

_LARGEST_READ = 170_000_000  # pixels; Pillow itself refuses more than 178 million
_ZIP = b"PK\x03\x04"
_ORA = {
    Blend.NORMAL: "svg:src-over",
    Blend.MULTIPLY: "svg:multiply",
    Blend.SCREEN: "svg:screen",
}
_OF_ORA = {name: blend for blend, name in _ORA.items()}


def open_canvas(request: OpenCanvas, ctx: JobContext) -> OpenedCanvas:
    """Raises PipelineError for what is no picture, is damaged or too large."""
    if _begins_with(request.path, _ZIP):
        return _open_ora(request.path, ctx)
    image, notes = open_rgb(request.path, _LARGEST_READ if request.smaller else MAX_PIXELS)
    if image.width * image.height > MAX_PIXELS:
        image, note = _fitting(image)
        notes = (*notes, note)
    pixels = _write_raw(image, ctx.folder / "picture.raw")
    layer = RawLayer(request.path.stem, pixels)
    profile = image.info.get("icc_profile") or b""
    return OpenedCanvas(image.width, image.height, (layer,), notes, profile)


def open_mask(request: OpenMask, ctx: JobContext) -> RawPixels:
    """What is opaque, or light where nothing is transparent, is masked.

    Raises PipelineError as `open_canvas` does, and `bad_mask` for another size.
    """
    image = open_picture(request.path)
    if image.size != (request.width, request.height):
        raise PipelineError(
            "bad_mask",
            f"“{request.path.name}” has {image.width:,} × {image.height:,} pixels, the canvas"
            f" {request.width:,} × {request.height:,}.",
            "Choose a mask of the same size.",
        )
    grey = image.convert("RGBA").getchannel("A") if image.has_transparency_data else _grey(image)
    return _write_raw(grey, ctx.folder / "mask.raw")


def save_flat(request: SavePicture, ctx: JobContext) -> Path:
    """Returns the path. Raises PipelineError, and what was there before still is."""
    image = _read_raw(request.pixels)
    if _is_opaque(image):
        image = image.convert("RGB")
    if request.profile:
        image.info["icc_profile"] = request.profile
    ctx.check()
    save_picture(image, request.path, request.recipe, request.source)
    return request.path


def save_openraster(request: SaveOpenRaster, ctx: JobContext) -> Path:
    """Returns the path. Raises PipelineError, and what was there before still is."""
    layers = []
    for layer in request.layers:
        ctx.check()
        layers.append(
            OraLayer(
                LayerFacts(
                    name=layer.name,
                    x=layer.x,
                    y=layer.y,
                    opacity=layer.opacity,
                    visible=layer.visible,
                    locked=layer.locked,
                    blend=_ORA[layer.blend],
                    attributes=layer.attributes,
                ),
                _read_raw(layer.pixels),
            )
        )
    merged = _read_raw(request.merged)
    picture = OraPicture(merged.width, merged.height, tuple(layers), request.attributes)
    with _explained(request.path):
        write_openraster(request.path, picture, merged)
    return request.path


def encode_png(request: EncodePng, ctx: JobContext) -> Path:
    """Returns where the PNG lies. Raises PipelineError."""
    mode = "L" if request.grey else "RGBA"
    buffer = io.BytesIO()
    image = _read_raw(request.pixels, mode)
    if mode == "RGBA" and _is_opaque(image):
        image = image.convert("RGB")
    image.save(buffer, "PNG", compress_level=3)
    path = request.path or ctx.folder / "pixels.png"
    with _explained(path):
        atomic.write_bytes(path, buffer.getvalue())
    return path


def _open_ora(path: Path, ctx: JobContext) -> OpenedCanvas:
    try:
        picture = read_openraster(path, MAX_PIXELS)
    except UnreadableError as error:
        raise PipelineError(
            "bad_picture", f"“{path.name}” {error}.", "Choose another file."
        ) from error
    except OSError as error:
        raise PipelineError(
            "bad_picture",
            f"“{path.name}” cannot be read: {error.strerror}.",
            "Choose another file.",
        ) from error
    layers = []
    notes = list(picture.notes)
    for number, layer in enumerate(picture.layers):
        ctx.check()
        facts = layer.facts
        if facts.blend not in _OF_ORA:
            notes.append(f"“{facts.name}” blends in a way that is not known here: it is normal.")
        layers.append(
            RawLayer(
                facts.name,
                _write_raw(layer.image, ctx.folder / f"layer{number}.raw"),
                facts.x,
                facts.y,
                facts.visible,
                facts.opacity,
                _OF_ORA.get(facts.blend, Blend.NORMAL),
                facts.locked,
                facts.attributes,
            )
        )
    return OpenedCanvas(
        picture.width,
        picture.height,
        tuple(layers),
        tuple(notes),
        attributes=picture.attributes,
    )


def _fitting(image: Image.Image) -> tuple[Image.Image, str]:
    """The picture with as many pixels as a canvas can have, and a note."""
    scale = math.sqrt(MAX_PIXELS / (image.width * image.height))
    size = int(image.width * scale), int(image.height * scale)
    before = f"{image.width:,} × {image.height:,}"
    note = f"The picture was made smaller: {before} pixels became {size[0]:,} × {size[1]:,}."
    smaller = image.resize(size, Image.Resampling.LANCZOS)
    smaller.info = dict(image.info)
    return smaller, note


def _grey(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # Pillow would cut off what is brighter than 255
        image = image.convert("I").point(lambda value: value / 257)
    return image.convert("L")


def _write_raw(image: Image.Image, path: Path) -> RawPixels:
    """Scratch for the window, which removes it: it need not survive a crash."""
    data = image.tobytes() if image.mode == "L" else image.convert("RGBA").tobytes("raw", "BGRA")
    path.write_bytes(data)
    return RawPixels(path, image.width, image.height)


def _read_raw(pixels: RawPixels, mode: str = "RGBA") -> Image.Image:
    raw = "BGRA" if mode == "RGBA" else "L"
    size = (pixels.width, pixels.height)
    return Image.frombytes(mode, size, pixels.path.read_bytes(), "raw", raw)


def _is_opaque(image: Image.Image) -> bool:
    return image.getchannel("A").getextrema() == (255, 255)


def _begins_with(path: Path, start: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(start)) == start
    except OSError:
        return False  # `open_rgb` says what is wrong with it


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise write_error(path, error) from error
