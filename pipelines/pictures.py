"""Picture files: the one place that writes a finished one, and bounded reading of anybody's."""

from __future__ import annotations

import contextlib
import io
import math
import stat
import struct
import warnings
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps, PngImagePlugin

from pipelines import atomic
from pipelines.api import PipelineError
from pipelines.metadata.encoding import encode
from pipelines.metadata.reader import read_texts
from pipelines.metadata.settings import Settings, Tool
from pipelines.metadata.texts import texts_of
from pipelines.portable import located
from pipelines.write_errors import write_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipelines.recipe import Recipe

__all__ = [
    "LAID_ON_WHITE",
    "MAX_PIXELS",
    "DigitalSource",
    "PictureInfo",
    "Settings",
    "Tool",
    "open_picture",
    "open_rgb",
    "read_info",
    "save_picture",
]

MAX_PIXELS = 64_000_000
LAID_ON_WHITE = "The picture has transparent parts: they were laid on white."

_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
_READABLE = (*sorted(set(_FORMATS.values())), "GIF")
_MAX_SIDE = {"JPEG": 65_500, "WEBP": 16_383}  # pixels: what the formats can hold

# Everything Pillow raises for a damaged file.
DECODER_ERRORS = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError,
    MemoryError, ZeroDivisionError, NotImplementedError, struct.error, zlib.error,
    Image.DecompressionBombError,
)  # fmt: skip


class DigitalSource(StrEnum):
    """How a picture came about, by IPTC's Digital Source Type vocabulary."""

    GENERATED = "trainedAlgorithmicMedia"
    COMPOSITE = "compositeWithTrainedAlgorithmicMedia"  # inpaint, expand
    ENHANCED = "algorithmicallyEnhanced"  # style, enlarge
    EDITED = "humanEdits"  # with tools that no model was trained for: remove


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """What a picture says about itself.

    `width` and `height` are the file's, in pixels and as stored (before EXIF's rotation). `unknown`
    is everything it says beyond `settings`, for a person to read. `request` is the JSON of the
    whole request, for pictures of ours. `raw` is the text as it stands in the file.
    """

    tool: Tool
    width: int
    height: int
    settings: Settings
    unknown: Mapping[str, str]
    request: Mapping[str, Any] | None
    raw: str


# ---- writing -----------------------------------------------------------------------------------


def save_picture(image: Image.Image, path: Path, recipe: Recipe, source: DigitalSource) -> None:
    """Writes a finished picture with all its metadata: PNG, JPEG or WebP by the suffix of `path`.

    Either the whole file is there at last or what was there before. PNG and WebP are lossless;
    JPEG lays a transparent picture on white. Modes other than L, LA, RGB and RGBA become RGB or
    RGBA. A JPEG has no room for an infotext of more than some 32,000 letters: then only the recipe
    is in it. Raises PipelineError: `bad_path` (suffix, folder or name), `too_large` (for the
    format), `disk_full`, `read_only`, `write_failed`.
    """
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise PipelineError(
            "bad_path",
            f"“{path.name}” names no kind of picture that can be written.",
            "Let the name end in .png, .jpg or .webp.",
        )
    limit = _MAX_SIDE.get(form)
    if limit is not None and max(image.size) > limit:
        raise PipelineError(
            "too_large",
            f"A {form} file holds at most {limit:,} pixels a side.",
            "Save it as .png.",
        )
    _write(path, encode(image, form, recipe, source))


def _write(path: Path, data: bytes) -> None:
    try:
        atomic.write_bytes(path, data)
    except OSError as error:
        raise write_error(path, error) from error


# ---- reading -----------------------------------------------------------------------------------


def open_picture(path: Path, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """A PNG, JPEG, WebP or GIF picture with its pixels loaded, whatever its file is called.

    Of an animation it is the first frame. Raises PipelineError: `bad_picture` for everything else
    and for a damaged file, `picture_too_large` for more than `max_pixels`.
    """
    with _opened(path, max_pixels) as image:
        image.load()
        return image


def open_rgb(path: Path, max_pixels: int = MAX_PIXELS) -> tuple[Image.Image, tuple[str, ...]]:
    """A picture as the models take it, RGB or RGBA of 8 bits and upright.

    With it come notes: a sentence for everything that had to be changed. Pixels of an upright
    8-bit RGB or RGBA picture come through bit for bit, its colour profile stays with it.
    Raises PipelineError as `open_picture` does.
    """
    notes = []
    with _opened(path, max_pixels) as image:
        frames = getattr(image, "n_frames", 1)
        tiles = image.tile if isinstance(image, ImageFile.ImageFile) else []
        deep = any("16" in str(tile.args) for tile in tiles)  # "RGB;16B"
        image.load()
        upright = _upright(image)
        flat = _flat(upright or image)
    if frames > 1:
        notes.append(f"The picture is an animation: only the first of its {frames} frames is used.")
    if upright is not None:
        notes.append("The picture was turned upright, as its camera says.")
    if deep:
        notes.append("The picture has 16 bits a channel: it was reduced to 8.")
    if image.mode == "CMYK":
        notes.append("The picture was for print (CMYK): its colours were converted to RGB.")
    if image.mode == "P":
        notes.append("The picture has a palette: it was converted to full colour.")
    return flat, tuple(notes)


def _upright(image: Image.Image) -> Image.Image | None:
    """The picture turned as its EXIF says; None if it is upright or its EXIF is damaged."""
    with contextlib.suppress(*DECODER_ERRORS):
        if image.getexif().get(ExifTags.Base.Orientation, 1) != 1:
            return ImageOps.exif_transpose(image)
    return None


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in ("RGB", "RGBA") and "transparency" not in image.info:
        return image
    profile = image.info.get("icc_profile")
    if image.mode == "CMYK" and profile:
        with contextlib.suppress(ImageCms.PyCMSError):  # a damaged profile: as if there were none
            return _print_to_srgb(image, profile)
    if image.mode.startswith("I"):  # Pillow would cut off what is brighter than 255
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    flat = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode != "P":
        flat.info.pop("icc_profile", None)  # a profile of grey or print fits no RGB
    return flat


def _print_to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    srgb = ImageCms.createProfile("sRGB")
    flat = ImageCms.profileToProfile(image, io.BytesIO(profile), srgb, outputMode="RGB")
    assert flat is not None  # only in-place conversion returns nothing
    flat.info.pop("icc_profile", None)
    return flat


def read_info(path: Path) -> PictureInfo:
    """What a picture says about how it was made. Never raises for what it says, however bad.

    Raises PipelineError `bad_picture` for a file that is no PNG, JPEG, WebP or GIF picture.
    """
    with _opened(path, None) as image:
        width, height = image.size
        texts = texts_of(image)
        if (
            isinstance(image, PngImagePlugin.PngImageFile)
            and width * height <= MAX_PIXELS
            and read_texts(texts).tool is Tool.UNKNOWN
        ):
            # Some programs put their texts behind the pixels; damaged pixels do not matter here.
            with contextlib.suppress(*DECODER_ERRORS):
                image.info.update(image.text)
            texts = texts_of(image)
    found = read_texts(texts)
    request = None if found.request is None else located(found.request)
    return PictureInfo(found.tool, width, height, found.settings, found.unknown, request, found.raw)


@contextlib.contextmanager
def _opened(path: Path, max_pixels: int | None) -> Iterator[Image.Image]:
    """A picture while its file is open; turns what its decoder raises into a PipelineError."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # reading from a pipe could wait for ever
            raise _no_picture(path, "it is no file")
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of damage; what it can read is enough
            with Image.open(file, formats=_READABLE) as image:
                width, height = image.size
                if max_pixels is not None and width * height > max_pixels:
                    scale = math.sqrt(max_pixels / (width * height))
                    raise PipelineError(
                        "picture_too_large",
                        f"“{path.name}” is too large: {width:,} × {height:,} pixels.",
                        "Make it smaller: "
                        f"{int(width * scale):,} × {int(height * scale):,} pixels still fit.",
                    )
                yield image
    except FileNotFoundError as error:
        raise PipelineError(
            "bad_picture", f"“{path.name}” is not there.", "Choose another picture."
        ) from error
    except DECODER_ERRORS as error:
        raise _no_picture(path, "it is damaged or of another kind") from error


def _no_picture(path: Path, reason: str) -> PipelineError:
    return PipelineError(
        "bad_picture",
        f"“{path.name}” cannot be read as a picture: {reason}.",
        "Choose a PNG, JPEG, WebP or GIF picture.",
    )
